package io.orrery.kernel.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Frame;
import io.orrery.kernel.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The laws of {@link Kernel}, on the smallest world there can be: one queue, no network, no disk. */
class NodeKernelTest {
    private static final Channel CHANNEL = new Channel(1000, 0, Delivery.STREAM);
    private static final Codec<Long> NUMBER = new Codec<>() {
        @Override
        public void encode(Long message, Encoder out) {
            out.writeLong(message);
        }

        @Override
        public Long decode(Decoder in) {
            return in.readLong();
        }
    };

    /** A queue, a clock, and a note of what was sent and who halted. */
    private static final class TinyWorld implements World {
        private final EventQueue<NodeEvent> queue = new EventQueue<>();
        private final List<byte[]> sent = new ArrayList<>();
        private Throwable haltedBy;
        private long now;
        private int events;

        @Override
        public long nextSequence() {
            return queue.nextSequence();
        }

        @Override
        public void schedule(NodeEvent event, long dueNanos, long sequence) {
            queue.push(dueNanos, sequence, event);
        }

        @Override
        public boolean transmit(NodeKernel from, NodeId to, Delivery delivery, byte[] frame, int length) {
            return sent.add(Arrays.copyOf(frame, length));
        }

        @Override
        public Storage storage(NodeKernel node, String path) {
            return null;
        }

        @Override
        public Trace trace(NodeKernel node, String path) {
            return Trace.OFF;
        }

        @Override
        public void halted(NodeKernel node, Throwable why) {
            haltedBy = why;
        }

        void runUntil(long time) {
            while (!queue.isEmpty() && queue.firstTime() <= time) {
                now = Math.max(now, queue.firstTime());
                long sequence = queue.firstSequence();
                NodeEvent event = queue.pop();
                if (event.ripen(sequence)) {
                    events++;
                    event.node().run(event, now, now);
                }
            }
        }
    }

    private final TinyWorld world = new TinyWorld();
    private final List<String> log = new ArrayList<>();

    private NodeKernel boot(Consumer<Kernel> onStart) {
        NodeKernel node = new NodeKernel(NodeId.of("n1"), world, new Prng(1));
        node.boot(
                kernel -> new Protocol() {
                    @Override
                    public void start() {
                        onStart.accept(kernel);
                    }
                },
                world.now,
                0);
        return node;
    }

    @Test
    void sendingToOneselfArrivesLaterAsAnEventOfItsOwn() {
        boot(kernel -> {
            Port<Long> port =
                    kernel.open(CHANNEL, NUMBER, (from, message) -> log.add("got " + message + " of " + from));
            port.send(kernel.self(), 5L);
            log.add("sent");
        });
        world.runUntil(10);
        assertThat(log).containsExactly("sent", "got 5 of n1");
    }

    @Test
    void anEventInsideAnotherHaltsTheNode() {
        NodeKernel[] node = new NodeKernel[1];
        node[0] = boot(kernel -> kernel.defer(
                () -> node[0].run(new TaskEvent(node[0], NodeEvent.Kind.OUTSIDE, "x", () -> log.add("nested")), 0, 0)));
        world.runUntil(10);
        assertThat(world.haltedBy).isInstanceOf(Check.Violation.class).hasMessageContaining("I1");
        assertThat(log).isEmpty();
    }

    @Test
    void timersDueTogetherFireInTheOrderTheyWereArmed() {
        boot(kernel -> {
            Timer a = kernel.timer("a", () -> log.add("a"));
            Timer b = kernel.timer("b", () -> log.add("b"));
            Timer c = kernel.timer("c", () -> log.add("c"));
            a.restart(5);
            b.restart(5);
            c.restart(5);
            a.restart(5);
        });
        world.runUntil(10);
        assertThat(log).containsExactly("b", "c", "a");
    }

    @Test
    void puttingATimerOffCostsNoEventAndKeepsOneEntryInTheQueue() {
        Timer[] timer = new Timer[1];
        boot(kernel -> {
            timer[0] = kernel.timer("t", () -> log.add("fired at " + kernel.nowNanos()));
            for (int i = 0; i < 1000; i++) {
                timer[0].restart(100 + i);
            }
        });
        world.runUntil(0);
        assertThat(world.queue.size()).isEqualTo(1);
        int before = world.events;
        world.runUntil(1098);
        assertThat(log).isEmpty();
        assertThat(world.events).isEqualTo(before);
        assertThat(timer[0].isArmed()).isTrue();
        world.runUntil(1099);
        assertThat(log).containsExactly("fired at 1099");
        assertThat(timer[0].isArmed()).isFalse();
    }

    @Test
    void aTimerRestartedToAnEarlierDeadlineFiresOnceAndThen() {
        boot(kernel -> {
            Timer timer = kernel.timer("t", () -> log.add("fired at " + kernel.nowNanos()));
            timer.restart(100);
            timer.restart(10);
        });
        world.runUntil(1000);
        assertThat(log).containsExactly("fired at 10");
    }

    @Test
    void aCancelledTimerDoesNotFireEvenWhenItWasDue() {
        boot(kernel -> {
            Timer second = kernel.timer("second", () -> log.add("second"));
            Timer first = kernel.timer("first", second::cancel);
            first.restart(5);
            second.restart(5);
        });
        world.runUntil(10);
        assertThat(log).isEmpty();
    }

    @Test
    void aCancelledTimerCanBeArmedAgainWhileItsOldEntryIsQueued() {
        boot(kernel -> {
            Timer timer = kernel.timer("t", () -> log.add("fired at " + kernel.nowNanos()));
            timer.restart(5);
            timer.cancel();
            timer.restart(7);
        });
        world.runUntil(100);
        assertThat(log).containsExactly("fired at 7");
    }

    @Test
    void aDeadIncarnationRunsNoEvent() {
        NodeKernel node = boot(kernel -> {
            kernel.timer("t", () -> log.add("expired")).restart(5);
            kernel.defer(() -> log.add("deferred"));
        });
        node.run(new TaskEvent(node, NodeEvent.Kind.OUTSIDE, "kill", node::kill), 0, 0);
        world.runUntil(10);
        assertThat(log).isEmpty();
    }

    @Test
    void aBrokenRuleHaltsTheNodeAndNothingElse() {
        NodeKernel node = boot(kernel -> Check.that(false, "I7: never"));
        world.runUntil(10);
        assertThat(node.isDead()).isTrue();
        assertThat(world.haltedBy).hasMessage("I7: never");
    }

    @Test
    void timeStandsStillInsideAnEventAndTheClockNeverFalls() {
        NodeKernel node = boot(kernel -> {});
        world.runUntil(10);
        node.run(new TaskEvent(node, NodeEvent.Kind.OUTSIDE, "later", () -> {}), 50, 0);
        assertThatThrownBy(() -> node.run(new TaskEvent(node, NodeEvent.Kind.OUTSIDE, "earlier", () -> {}), 49, 0))
                .isInstanceOf(Check.Violation.class);
    }

    @Test
    void framesThatDoNotDecodeOrHaveNoPortAreCountedAndDropped() {
        NodeKernel node = boot(kernel -> {
            Port<Long> port = kernel.open(CHANNEL, NUMBER, (from, message) -> log.add("got " + message));
            port.send(NodeId.of("n2"), 9L);
        });
        world.runUntil(10);
        byte[] good = world.sent.get(0);
        byte[] bad = good.clone();
        bad[bad.length - 1] ^= 1;
        node.receive(NodeId.of("n2"), good, 0, good.length);
        node.receive(NodeId.of("n2"), bad, 0, bad.length);
        node.receive(NodeId.of("n2"), new byte[3], 0, 3);
        assertThat(log).containsExactly("got 9");
        assertThat(node.counters().received()).isEqualTo(3);
        assertThat(node.counters().malformed()).isEqualTo(2);
        assertThat(node.counters().sent()).isEqualTo(1);
    }

    /** A number; from version 2 on with a second one, which is zero for those who do not send it. */
    private static final Codec<Long> GROWN = new Codec<>() {
        @Override
        public int version() {
            return 2;
        }

        @Override
        public void encode(Long message, Encoder out) {
            out.writeLong(message);
            if (out.version() >= 2) {
                out.writeLong(message + 1);
            }
        }

        @Override
        public Long decode(Decoder in) {
            return in.readLong() * 1000 + (in.version() >= 2 ? in.readLong() : 0);
        }
    };

    private NodeKernel bootOf(int formatsMax, String name) {
        NodeKernel node = new NodeKernel(NodeId.of(name), world, new Prng(1), formatsMax);
        node.boot(
                kernel -> new Protocol() {
                    private final Port<Long> port =
                            kernel.open(CHANNEL, GROWN, (from, message) -> log.add(name + " got " + message));

                    @Override
                    public void start() {
                        port.send(NodeId.of(name.equals("n9") ? "n1" : "n9"), 7L);
                    }
                },
                0,
                0);
        world.runUntil(10);
        return node;
    }

    @Test
    void peersSpeakTheNewestVersionThatBothReadOnceTheyHaveHeardOfEachOther() {
        NodeKernel[] box = new NodeKernel[1];
        box[0] = boot(kernel -> {
            Port<Long> port = kernel.open(CHANNEL, GROWN, (from, message) -> log.add("got " + message));
            kernel.timer("again", () -> port.send(NodeId.of("n9"), 1L)).restart(20);
            kernel.timer("later", () -> port.send(NodeId.of("n9"), 1L)).restart(40);
            port.send(NodeId.of("n9"), 1L);
        });
        world.runUntil(10);
        bootOf(2, "n9");
        byte[] fromNew = world.sent.get(1);
        bootOf(1, "n9");
        byte[] fromOld = world.sent.get(2);
        deliver(box[0], fromNew);
        world.runUntil(30);
        deliver(box[0], fromOld);
        world.runUntil(50);
        List<Integer> versions = new ArrayList<>();
        for (int i : new int[] {0, 3, 4}) {
            versions.add(Frame.version(world.sent.get(i), 0));
        }
        assertThat(versions).containsExactly(1, 2, 1);
        assertThat(Frame.newest(fromNew, 0)).isEqualTo(2);
        assertThat(Frame.newest(fromOld, 0)).isEqualTo(1);
        assertThat(log).containsExactly("got 7000", "got 7000");
    }

    private static void deliver(NodeKernel node, byte[] frame) {
        node.receive(NodeId.of("n9"), frame, 0, frame.length);
    }

    @Test
    void frameOfAVersionThatIsNotReadIsCountedAndDropped() {
        NodeKernel old = bootOf(1, "n1");
        Encoder out = new Encoder();
        for (int version : new int[] {0, 1, 2, 9}) {
            Frame.encode(CHANNEL, GROWN, version, 2, 5L, new CRC32C(), out);
            deliver(old, Arrays.copyOf(out.buffer(), out.position()));
        }
        assertThat(log).containsExactly("n1 got 5000");
        assertThat(old.counters().unknownVersion()).isEqualTo(3);
        assertThat(old.counters().malformed()).isZero();
    }

    @Test
    void aChannelOpensOnceAndACloseOneIsUnroutable() {
        NodeKernel node = boot(kernel -> {
            Port<Long> port = kernel.open(CHANNEL, NUMBER, (from, message) -> log.add("got"));
            assertThatThrownBy(() -> kernel.open(CHANNEL, NUMBER, (from, message) -> {}))
                    .isInstanceOf(IllegalStateException.class);
            port.send(NodeId.of("n2"), 1L);
            port.close();
        });
        world.runUntil(10);
        byte[] frame = world.sent.get(0);
        node.receive(NodeId.of("n2"), frame, 0, frame.length);
        assertThat(log).isEmpty();
        assertThat(node.counters().unroutable()).isEqualTo(1);
    }

    @Test
    void scopesHaveStreamsOfTheirOwnAndNamesAreUnique() {
        long[] drawn = new long[2];
        boot(kernel -> {
            drawn[0] = kernel.scope("a").prng().nextLong();
            drawn[1] = kernel.scope("b").prng().nextLong();
            assertThatThrownBy(() -> kernel.scope("a")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> kernel.scope("No/Good")).isInstanceOf(IllegalArgumentException.class);
        });
        world.runUntil(10);
        assertThat(world.haltedBy).isNull();
        assertThat(drawn[0]).isNotEqualTo(drawn[1]);
    }
}
