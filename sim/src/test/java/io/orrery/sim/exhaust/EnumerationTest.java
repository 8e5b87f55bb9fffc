package io.orrery.sim.exhaust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Program;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class EnumerationTest {
    private static final List<NodeId> NODES = List.of(NodeId.of("n1"), NodeId.of("n2"));

    /** n1 sends the numbers 1 and 2; n2 counts what it gets. */
    private static final class Sending implements Protocol {
        private final Kernel kernel;
        private final Port<Long> port;
        private final boolean wantsOrder;
        private long count;
        private long highest;

        Sending(Kernel kernel, Delivery delivery, boolean wantsOrder) {
            this.kernel = kernel;
            this.wantsOrder = wantsOrder;
            Codec<Long> codec = Codec.of((n, out) -> out.writeLong(n), in -> in.readLong());
            port = kernel.open(new Channel(1000, 0, delivery), codec, this::onNumber);
        }

        @Override
        public void start() {
            if (kernel.self().name().equals("n1")) {
                port.send(NODES.get(1), 1L);
                port.send(NODES.get(1), 2L);
            }
        }

        private void onNumber(NodeId from, long number) {
            Check.that(!wantsOrder || number > highest, "numbers rise", number);
            count++;
            highest = Math.max(highest, number);
        }

        @Override
        public void describe(Description out) {
            out.value("count", count);
        }
    }

    private static Supplier<Model> sending(Delivery delivery, boolean wantsOrder) {
        return () -> model(kernel -> new Sending(kernel, delivery, wantsOrder));
    }

    private static Model model(Program program) {
        return new Model() {
            @Override
            public Program program(NodeId node) {
                return program;
            }

            @Override
            public void check(NodeId node, Protocol protocol) {}
        };
    }

    private static Bounds bounds(int depth, int losses) {
        return new Bounds(depth, 10, 0, losses, 0, 0, 1000);
    }

    private static Enumeration.Outcome run(Supplier<Model> models, Bounds bounds, boolean isExact) {
        return new Enumeration(models, NODES, bounds, isExact).run(states -> true);
    }

    @Test
    void twoMessagesInAnyOrderHaveFourStatesAndFiveHistories() {
        Enumeration.Outcome described = run(sending(Delivery.DATAGRAM, false), bounds(10, 0), false);
        // Both under way; either has arrived; both have.
        assertEquals(4, described.states());
        assertEquals(4, described.transitions());
        assertEquals(2, described.depth());
        assertTrue(described.isComplete());
        assertEquals(
                5, run(sending(Delivery.DATAGRAM, false), bounds(10, 0), true).states());
    }

    @Test
    void oneLossAddsThreeStates() {
        // Either was lost, with the other under way or there: which one was lost no longer shows then.
        Enumeration.Outcome outcome = run(sending(Delivery.DATAGRAM, false), bounds(10, 1), false);
        assertEquals(7, outcome.states());
        assertTrue(outcome.isComplete());
    }

    @Test
    void streamKeepsItsOrderAndIsLostFromAPointOn() {
        assertEquals(
                3, run(sending(Delivery.STREAM, true), bounds(10, 0), false).states());
        // Nothing arrived, one did, both did; lost with none there, and with one.
        assertEquals(
                5, run(sending(Delivery.STREAM, true), bounds(10, 1), false).states());
    }

    @Test
    void boundsEndTheSearchAndItSaysWhetherAllWithinThemWasSeen() {
        Enumeration.Outcome shallow = run(sending(Delivery.DATAGRAM, false), bounds(1, 0), false);
        assertEquals(3, shallow.states());
        assertTrue(shallow.isComplete());
        Bounds few = new Bounds(10, 10, 0, 0, 0, 0, 2);
        assertFalse(run(sending(Delivery.DATAGRAM, false), few, false).isComplete());
        Enumeration stopped = new Enumeration(sending(Delivery.DATAGRAM, false), NODES, bounds(10, 0), false);
        assertFalse(stopped.run(states -> states < 2).isComplete());
    }

    @Test
    void failureIsFoundByTheFewestMoves() {
        Enumeration.Outcome outcome = run(sending(Delivery.DATAGRAM, true), bounds(10, 0), false);
        assertEquals("n2: numbers rise [1]", outcome.failure());
        assertEquals("[deliver n1>n2, number 2, deliver n1>n2]", outcome.moves().toString());
        assertFalse(outcome.isComplete());
        assertNull(run(sending(Delivery.STREAM, true), bounds(10, 0), false).failure());
    }

    /** Puts its timer off once; counts how often it fired. */
    private static final class Waiting implements Protocol {
        private final Timer timer;
        private long fired;

        Waiting(Kernel kernel) {
            timer = kernel.timer("wait", () -> fired++);
        }

        @Override
        public void start() {
            timer.restart(Time.millis(1));
            timer.restart(Time.millis(5));
        }

        @Override
        public void describe(Description out) {
            out.value("fired", fired);
        }
    }

    @Test
    void timerThatWasPutOffFiresOnce() {
        Bounds timers = new Bounds(10, 0, 5, 0, 0, 0, 1000);
        Enumeration.Outcome outcome = run(() -> model(Waiting::new), timers, false);
        assertEquals(4, outcome.states(), "each of two timers has fired or not");
        assertTrue(outcome.isComplete());
    }

    /** Keeps a number, and says so before or after the sync. */
    private static final class Keeping implements Protocol {
        private final Kernel kernel;
        private final boolean syncs;
        private boolean isReady;
        private long value;

        Keeping(Kernel kernel, boolean syncs) {
            this.kernel = kernel;
            this.syncs = syncs;
        }

        @Override
        public void start() {
            kernel.storage().read("value", 0, 1, (bytes, failure) -> {
                value = bytes.length();
                isReady = true;
            });
        }

        void keep() {
            kernel.storage().write("value", 0, Bytes.ofUtf8("x"), (none, failure) -> {
                if (syncs) {
                    kernel.storage().sync("value", (synced, failed) -> value = 1);
                } else {
                    value = 1;
                }
            });
        }

        @Override
        public void describe(Description out) {
            out.value("value", value);
        }
    }

    private static Supplier<Model> keeping(boolean syncs) {
        return () -> new Model() {
            private long promised;

            @Override
            public Program program(NodeId node) {
                return kernel -> new Keeping(kernel, syncs);
            }

            @Override
            public void check(NodeId node, Protocol protocol) {
                Keeping keeping = (Keeping) protocol;
                if (keeping.isReady && node.equals(NODES.get(0))) {
                    Check.that(keeping.value >= promised, "what was kept is there", promised);
                    promised = keeping.value;
                }
            }

            @Override
            public void operate(NodeId node, Protocol protocol, int number) {
                ((Keeping) protocol).keep();
            }
        };
    }

    @Test
    void crashTakesWhatWasNotSynced() {
        Bounds crash = new Bounds(10, 0, 0, 0, 1, 1, 1000);
        Enumeration.Outcome careless = run(keeping(false), crash, false);
        assertEquals("n1: what was kept is there [1]", careless.failure());
        assertEquals("[operation on n1, crash and restart n1]", careless.moves().toString());
        assertTrue(run(keeping(true), crash, false).isComplete());
    }
}
