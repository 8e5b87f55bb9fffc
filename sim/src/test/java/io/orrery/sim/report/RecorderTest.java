package io.orrery.sim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.sim.Simulation;
import io.orrery.sim.report.Recording.ChangeRow;
import io.orrery.sim.report.Recording.CutRow;
import io.orrery.sim.report.Recording.EventRow;
import io.orrery.sim.report.Recording.LifeRow;
import io.orrery.sim.report.Recording.MessageRow;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecorderTest {
    /** A number to say. */
    record Say(long number) {}

    private static final Codec<Say> SAY = new Codec<>() {
        @Override
        public void encode(Say message, Encoder out) {
            out.writeVarLong(message.number());
        }

        @Override
        public Say decode(Decoder in) {
            return new Say(in.readVarLong());
        }
    };

    /** Tells all others how often it has, every ten milliseconds. */
    private static final class Talker implements Protocol {
        private final Kernel kernel;
        private final Port<Say> port;
        private final Timer again;
        private long said;
        private long heard;

        Talker(Kernel kernel) {
            this.kernel = kernel;
            port = kernel.open(new Channel(1000, 0, Delivery.DATAGRAM), SAY, (from, message) -> heard += 1);
            again = kernel.timer("again", this::start);
        }

        @Override
        public void start() {
            said++;
            for (String name : List.of("n1", "n2", "n3")) {
                if (!kernel.self().name().equals(name)) {
                    port.send(NodeId.of(name), new Say(said));
                }
            }
            again.restart(Time.millis(10));
        }

        @Override
        public void describe(Description out) {
            out.value("said", said);
            out.value("heard", heard);
        }
    }

    private static Recording run(Window window, boolean isWatched) {
        Simulation sim = new Simulation(7);
        Recorder recorder = new Recorder(sim, window);
        if (isWatched) {
            sim.observe(recorder);
        }
        for (String name : List.of("n1", "n2", "n3")) {
            sim.addNode(name, Talker::new);
        }
        sim.runFor(Time.millis(100));
        sim.network().isolate(NodeId.of("n1"));
        sim.runFor(Time.millis(100));
        sim.crash(NodeId.of("n2"));
        sim.runFor(Time.millis(100));
        sim.restart(NodeId.of("n2"));
        sim.network().heal();
        sim.runFor(Time.millis(100));
        RunFacts facts = new RunFacts(
                7,
                "talk",
                "",
                "ok",
                "",
                "",
                0,
                0,
                Long.toHexString(sim.traceHash()),
                sim.nowNanos(),
                sim.eventCount(),
                "");
        return recorder.recording(facts);
    }

    private static TreeMap<String, String> state(Recording recording, int node, long event) {
        TreeMap<String, String> state = new TreeMap<>();
        for (ChangeRow change : recording.changes()) {
            if (change.node() == node && change.event() <= event) {
                if (change.value() == null) {
                    state.remove(change.name());
                } else {
                    state.put(change.name(), change.value());
                }
            }
        }
        return state;
    }

    @Test
    void watchingChangesNothing() {
        assertEquals(run(Window.LAST, false).facts(), run(Window.LAST, true).facts());
    }

    @Test
    void everythingOfAShortRunIsRecorded() {
        Recording all = run(Window.LAST, true);
        assertEquals(all.facts().events(), all.events().size());
        assertEquals(0, all.eventsBefore());
        assertEquals(0, all.eventsAfter());
        for (EventRow event : all.events()) {
            assertEquals(event, all.event(event.number()));
        }
        for (MessageRow message : all.messages()) {
            assertEquals("Say", message.kind());
            assertNotNull(all.event(message.event()));
        }
        // The first boot is before the first event.
        assertEquals(
                List.of("boot", "boot", "crash", "boot"),
                all.lives().stream().map(LifeRow::turn).toList());
    }

    @Test
    void cutsAndLossesAreRecordedWithTheirMoments() {
        Recording all = run(Window.LAST, true);
        List<CutRow> cuts = all.cuts();
        assertEquals(8, cuts.size(), "four directions cut and mended");
        assertTrue(cuts.stream()
                .limit(4)
                .allMatch(cut -> cut.isCut() && cut.nanos() >= Time.millis(100) && cut.nanos() < Time.millis(111)));
        assertTrue(cuts.stream().skip(4).noneMatch(CutRow::isCut));
        List<MessageRow> lost =
                all.messages().stream().filter(row -> !row.loss().isEmpty()).toList();
        assertTrue(lost.stream().anyMatch(row -> row.loss().equals("cut") && row.from() == 0));
        assertTrue(lost.stream().anyMatch(row -> row.loss().equals("down") && row.to() == 1));
        assertTrue(lost.stream().allMatch(row -> row.lossNanos() >= row.nanos()));
    }

    @Test
    void aStateIsWhatItsChangesLeadTo() {
        Recording all = run(Window.LAST, true);
        long last = all.facts().events();
        assertEquals("41", state(all, 0, last).get("said"));
        assertTrue(Long.parseLong(state(all, 1, last).get("said")) < 15, "n2 began anew");
        long crashed = all.lives().get(2).event();
        assertTrue(state(all, 1, crashed).isEmpty(), "a node that is down has no state");
    }

    @Test
    void aWindowsStatesLivesAndCutsAreThoseOfTheWholeRun() {
        Recording all = run(Window.LAST, true);
        Window during = Window.LAST.time(Time.millis(220), Time.millis(280));
        Recording part = run(during, true);
        assertFalse(part.events().isEmpty());
        assertEquals(all.facts().events(), part.eventsBefore() + part.events().size() + part.eventsAfter());
        assertTrue(part.events().stream()
                .allMatch(event -> event.nanos() >= Time.millis(220) && event.nanos() <= Time.millis(280)));
        for (EventRow event : part.events()) {
            assertEquals(event, all.event(event.number()));
            for (int node = 0; node < 3; node++) {
                assertEquals(state(all, node, event.number()), state(part, node, event.number()), "at " + event);
            }
        }
        assertEquals("crash", part.lives().get(0).turn());
        assertEquals(4, part.cuts().stream().filter(CutRow::isCut).count());
    }

    @Test
    void noMoreEventsAreKeptThanAskedForTheLastOrTheFirst() {
        long total = run(Window.LAST, true).facts().events();
        Recording last = run(Window.LAST.keeping(50, false), true);
        assertEquals(50, last.events().size());
        assertEquals(total, last.events().get(49).number());
        assertEquals(total - 50, last.eventsBefore());
        Recording first = run(Window.LAST.keeping(50, true), true);
        assertEquals(1, first.events().get(0).number());
        assertEquals(50, first.events().size());
        assertEquals(total - 50, first.eventsAfter());
        Recording numbered = run(Window.LAST.events(20, 29), true);
        assertEquals(20, numbered.events().get(0).number());
        assertEquals(10, numbered.events().size());
    }
}
