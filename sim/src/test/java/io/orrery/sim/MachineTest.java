package io.orrery.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.sim.network.LinkPolicy;
import io.orrery.sim.scenario.Fault;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What each line about processes and clocks does to a node. */
class MachineTest {
    private static final NodeId N1 = NodeId.of("n1");
    private static final NodeId N2 = NodeId.of("n2");

    private final Simulation sim = new Simulation(1);

    /** Applies one fault as a scenario writes it. */
    private boolean fault(String line) {
        Fault fault = Scenario.parse("seed 1 nodes 2 workload a horizon 60s\nat 0s " + line + "\n")
                .plan()
                .faults()
                .get(0)
                .fault();
        return fault.apply(sim);
    }

    private void addLetters() {
        sim.addNode("n1", Letters::new);
        sim.addNode("n2", Letters::new);
        sim.network().policy(LinkPolicy.LAN.delay(Time.micros(100), Time.micros(100)));
        sim.runFor(Time.millis(1));
    }

    private void send(int count) {
        sim.onNode(N1, () -> {
            for (int i = 0; i < count; i++) {
                sim.protocol(N1, Letters.class).send(Delivery.STREAM, N2, i);
            }
        });
    }

    private List<Letters.Letter> received() {
        return sim.protocol(N2, Letters.class).received();
    }

    /** When the letters came, in microseconds after the first. */
    private List<Long> spacing() {
        List<Long> spacing = new ArrayList<>();
        received()
                .forEach(letter ->
                        spacing.add((letter.atNanos() - received().get(0).atNanos()) / 1_000));
        return spacing;
    }

    // Pauses

    @Test
    void pausedNodeRunsNothingForAsLongAsTheLineSaysAndThenEverything() {
        addLetters();
        for (String pause : List.of("1ms", "800ms", "60s")) {
            int before = received().size();
            long beginNanos = sim.nowNanos();
            fault("pause n2 " + pause);
            send(3);
            assertTrue(sim.runUntil(() -> received().size() == before + 3, Time.seconds(70)));
            long waited = sim.nowNanos() - beginNanos;
            assertEquals(pause, Time.text(waited));
        }
    }

    // Work that takes time

    @Test
    void burdenedNodeRunsItsEventsOneAfterAnother() {
        addLetters();
        fault("busy n2 3ms for 2s");
        send(5);
        sim.runFor(Time.seconds(1));
        assertEquals(List.of(0L, 3_000L, 6_000L, 9_000L, 12_000L), spacing());
    }

    @Test
    void workIsDrawnFromASpreadAndIsOverInTime() {
        addLetters();
        fault("busy n2 exp 5ms for 20ms");
        send(200);
        sim.runFor(Time.seconds(1));
        assertEquals(
                LongStream.range(0, 200).boxed().toList(),
                sim.protocol(N2, Letters.class).numbers());
        List<Long> spacing = spacing();
        assertTrue(spacing.get(2) > 0 && !spacing.get(2).equals(2 * spacing.get(1)), "drawn: " + spacing.subList(0, 3));
        assertTrue(spacing.get(199) < 100_000, "over after 20 ms, but for the last event's work: " + spacing.get(199));
    }

    @Test
    void timerThatIsDueDuringALongEventFiresAfterIt() {
        NodeId n1 = sim.addNode("n1", Alarms::new);
        Alarms alarms = sim.protocol(n1, Alarms.class);
        fault("busy n1 500ms for 1ms");
        long start = sim.clockNanos(n1);
        sim.onNode(n1, () -> alarms.timer("a").restart(Time.millis(10)));
        sim.runFor(Time.seconds(2));
        assertEquals(List.of(new Alarms.Ring("a", start + Time.millis(500))), alarms.rings);
    }

    @Test
    void nodeAtWorkLosesPowerAsAnyOtherAndOwesNoTimeAfterwards() {
        addLetters();
        fault("busy n2 10s for 1ms");
        send(1);
        sim.runFor(Time.micros(500));
        assertEquals(1, received().size());
        send(3);
        sim.runFor(Time.seconds(1));
        assertEquals(1, received().size());
        sim.crash(N2);
        sim.restart(N2);
        fault("busy n2 1ms for 10ms");
        sim.runFor(Time.seconds(4));
        fault("busy n2 1ms for 1s");
        send(3);
        sim.runFor(Time.millis(100));
        assertEquals(List.of(0L, 1_000L, 2_000L), spacing());
    }

    @Test
    void healingEndsWorkAtOnce() {
        addLetters();
        fault("busy n2 10s for 60s");
        send(3);
        sim.runFor(Time.seconds(1));
        assertEquals(1, received().size());
        sim.healAll();
        sim.runFor(Time.millis(1));
        assertEquals(3, received().size());
    }

    // Crashes at a counted moment

    @Test
    void powerFailsRightAfterTheCountedEvent() {
        for (int count : new int[] {1, 2, 17}) {
            Simulation own = new Simulation(count);
            own.addNode("n1", Ticking::new);
            own.runFor(Time.millis(3));
            long before = own.eventCount();
            own.machine(N1).crashAfterEvents(count);
            own.runFor(Time.seconds(1));
            assertFalse(own.isUp(N1));
            assertEquals(count, own.eventCount() - before);
        }
    }

    /** Writes five bytes to files of their own, and a word about it, in one event. */
    private static final class Writer implements Protocol {
        private final Kernel kernel;

        private Writer(Kernel kernel) {
            this.kernel = kernel;
        }

        @Override
        public void start() {}

        private void write() {
            for (int i = 1; i <= 5; i++) {
                kernel.storage().write("file" + i, 0, Bytes.ofUtf8("x"), (none, failure) -> {});
            }
            kernel.trace().transition("written", "all");
        }
    }

    private int filesAfter(int writes, long seed) {
        Simulation own = new Simulation(seed);
        own.addNode("n1", Writer::new);
        own.runFor(Time.millis(1));
        own.machine(N1).crashAfterWrites(writes);
        Writer writer = own.protocol(N1, Writer.class);
        own.onNode(N1, writer::write);
        assertFalse(own.isUp(N1), "power failed in the middle of the event");
        own.restart(N1);
        List<String> files = new ArrayList<>();
        Writer next = own.protocol(N1, Writer.class);
        own.onNode(
                N1,
                () -> next.kernel.storage().list((found, failure) -> found.forEach(file -> files.add(file.name()))));
        own.runFor(Time.seconds(1));
        for (String file : files) {
            assertTrue(file.compareTo("file" + writes) <= 0, file + " was written after the power failed");
        }
        return files.size();
    }

    @Test
    void powerFailsBetweenAnyTwoWritesOfOneEvent() {
        for (int writes = 1; writes <= 4; writes++) {
            int most = 0;
            for (long seed = 0; seed < 40; seed++) {
                most = Math.max(most, filesAfter(writes, seed));
            }
            assertEquals(writes, most, "of " + writes + " writes all are kept in some run, and no more");
        }
    }

    @Test
    void powerLossTakesAllThatAreNamedAtOneInstant() {
        sim.addNode("n1", Writer::new);
        sim.addNode("n2", Ticking::new);
        fault("power-loss n2,n1");
        assertFalse(sim.isUp(N1));
        assertFalse(sim.isUp(N2));
        fault("restart n1");
        fault("restart n2");
        fault("power-loss n1,n2 syncing");
        sim.runFor(Time.millis(10));
        assertTrue(sim.isUp(N1) && sim.isUp(N2), "nothing is synced");
        Writer writer = sim.protocol(N1, Writer.class);
        sim.onNode(N1, () -> {
            writer.write();
            writer.kernel.storage().sync("file1", (none, failure) -> {});
        });
        assertTrue(sim.runUntil(() -> !sim.isUp(N1), Time.millis(10)));
        assertFalse(sim.isUp(N2));
    }

    @Test
    void restartCallsOffWhatStillWaitsForItsMoment() {
        sim.addNode("n1", Ticking::new);
        sim.addNode("n2", Ticking::new);
        fault("crash n1 after 1000 events");
        fault("crash n2 after 3 writes");
        fault("restart n1");
        fault("restart n2");
        sim.runFor(Time.seconds(1));
        assertTrue(sim.isUp(N1));
        assertTrue(sim.isUp(N2));
    }

    // Releases

    /** Sends a number on demand; since version 2 twice. */
    private static final class Growing implements Protocol {
        private static final Codec<Long> CODEC = new Codec<>() {
            @Override
            public int version() {
                return 2;
            }

            @Override
            public void encode(Long message, Encoder out) {
                out.writeLong(message);
                if (out.version() == 2) {
                    out.writeLong(message);
                }
            }

            @Override
            public Long decode(Decoder in) {
                return in.readLong() + (in.version() == 2 ? 1000 * in.readLong() : 0);
            }
        };

        private final Port<Long> port;
        private final List<Long> got = new ArrayList<>();

        private Growing(Kernel kernel) {
            port = kernel.open(new Channel(1000, 1, Delivery.STREAM), CODEC, (from, message) -> got.add(message));
        }

        @Override
        public void start() {}
    }

    private void talk(long number) {
        sim.onNode(N1, () -> sim.protocol(N1, Growing.class).port.send(N2, number));
        sim.onNode(N2, () -> sim.protocol(N2, Growing.class).port.send(N1, number));
        sim.runFor(Time.millis(10));
    }

    @Test
    void nodeOfAnEarlierReleaseSpeaksItsVersionUntilItIsUpgraded() {
        fault("version n2 1");
        sim.addNode("n1", Growing::new);
        sim.addNode("n2", Growing::new);
        talk(1);
        talk(2);
        assertEquals(List.of(1L, 2L), sim.protocol(N1, Growing.class).got);
        assertEquals(List.of(1L, 2L), sim.protocol(N2, Growing.class).got);
        fault("version n2 2");
        talk(3);
        assertEquals(3L, sim.protocol(N2, Growing.class).got.get(2), "not before it boots again");
        sim.crash(N2);
        sim.restart(N2);
        talk(4);
        talk(5);
        assertEquals(List.of(1L, 2L, 3L, 4L, 5005L), sim.protocol(N1, Growing.class).got);
        assertEquals(List.of(4L, 5005L), sim.protocol(N2, Growing.class).got);
    }

    // Clocks

    @Test
    void clocksDriftBothWaysByTheirLine() {
        sim.addNode("n1", Alarms::new);
        sim.addNode("n2", Alarms::new);
        fault("clock n1 drift +500ppm");
        fault("clock n2 drift -500ppm");
        long first = sim.clockNanos(N1);
        long second = sim.clockNanos(N2);
        sim.runFor(Time.seconds(100));
        assertEquals(Time.seconds(100) + Time.millis(50), sim.clockNanos(N1) - first);
        assertEquals(Time.seconds(100) - Time.millis(50), sim.clockNanos(N2) - second);
    }

    @Test
    void skewIsFromTheTruthAndStepsAreFromWhatTheClockShows() {
        sim.addNode("n1", Alarms::new);
        sim.runFor(Time.seconds(5));
        long truth = SimNode.WALL_ORIGIN_MILLIS + 5_000;
        fault("clock n1 skew +250ms");
        assertEquals(truth + 250, sim.wallMillis(N1));
        fault("clock n1 step -3s");
        assertEquals(truth - 2_750, sim.wallMillis(N1));
        fault("clock n1 step +1500ms");
        assertEquals(truth - 1_250, sim.wallMillis(N1));
        long monotonic = sim.clockNanos(N1);
        fault("clock n1 skew -60s");
        assertEquals(truth - 60_000, sim.wallMillis(N1));
        assertEquals(monotonic, sim.clockNanos(N1));
    }
}
