package io.orrery.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.trace.Mark;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static Simulation pingPong(long seed) {
        Simulation sim = new Simulation(seed);
        NodeId b = NodeId.of("b");
        NodeId a = NodeId.of("a");
        sim.addNode("b", kernel -> new PingPong(kernel, a, Delivery.STREAM));
        sim.addNode("a", kernel -> new PingPong(kernel, b, Delivery.STREAM));
        return sim;
    }

    @Test
    void sameSeedTakesTheSameSteps() {
        Simulation first = pingPong(1);
        Simulation second = pingPong(1);
        first.runFor(Time.seconds(1));
        second.runFor(Time.seconds(1));
        assertTrue(first.eventCount() > 1000, "something happened");
        assertEquals(first.traceHash(), second.traceHash());
        assertEquals(first.eventCount(), second.eventCount());
    }

    @Test
    void anotherSeedTakesOtherSteps() {
        Simulation first = pingPong(1);
        Simulation second = pingPong(2);
        first.runFor(Time.seconds(1));
        second.runFor(Time.seconds(1));
        assertNotEquals(first.traceHash(), second.traceHash());
    }

    @Test
    void runUntilStopsAtTheEventThatMakesTheConditionHold() {
        Simulation sim = pingPong(1);
        NodeId a = NodeId.of("a");
        assertTrue(sim.runUntil(() -> sim.protocol(a, PingPong.class).received() == 3, Time.seconds(1)));
        assertEquals(3, sim.protocol(a, PingPong.class).received());
        assertFalse(sim.runUntil(() -> false, Time.millis(5)));
    }

    @Test
    void crashedNodeIsSilentUntilRestarted() {
        Simulation sim = pingPong(1);
        NodeId a = NodeId.of("a");
        sim.runFor(Time.millis(10));
        sim.crash(a);
        assertFalse(sim.isUp(a));
        long events = sim.eventCount();
        sim.runFor(Time.seconds(1));
        assertEquals(events, sim.eventCount());
        sim.restart(a);
        assertEquals(0, sim.protocol(a, PingPong.class).received());
        assertTrue(sim.runUntil(() -> sim.protocol(a, PingPong.class).received() > 10, Time.seconds(1)));
    }

    @Test
    void watchingARunDoesNotChangeIt() {
        Simulation watched = pingPong(1);
        Simulation plain = pingPong(1);
        List<String> lines = new ArrayList<>();
        watched.traceTo(lines::add);
        watched.eventsTo(lines::add);
        for (Simulation sim : List.of(watched, plain)) {
            sim.network().policy(LinkPolicy.LAN.delay(0, Time.millis(1)));
            sim.runFor(Time.millis(100));
            sim.crash(NodeId.of("a"));
            sim.restart(NodeId.of("a"));
            sim.runFor(Time.millis(100));
        }
        assertTrue(lines.size() > 50);
        assertEquals(plain.traceHash(), watched.traceHash());
    }

    /** Fails or is noticed when told to. */
    private static final class Fragile implements Protocol {
        private static final Mark POKED = new Mark("test.poked");

        private final Kernel kernel;
        private boolean broken;
        private boolean wrong;

        Fragile(Kernel kernel) {
            this.kernel = kernel;
        }

        @Override
        public void start() {
            kernel.scope("child").trace().transition("born", "");
        }

        void poke() {
            kernel.trace().reached(POKED);
            wrong = true;
        }

        @Override
        public void checkInvariants() {
            Check.that(!broken, "I1: not broken");
        }
    }

    private static Simulation fragile() {
        Simulation sim = new Simulation(9);
        sim.addNode("n1", Fragile::new);
        sim.addNode("n2", Fragile::new);
        sim.runFor(Time.millis(1));
        return sim;
    }

    private static final NodeId N2 = NodeId.of("n2");

    @Test
    void brokenInvariantEndsTheRunAfterTheEventThatBrokeIt() {
        Simulation sim = fragile();
        long before = sim.eventCount();
        sim.after(Time.millis(5), () -> sim.onNode(N2, () -> sim.protocol(N2, Fragile.class).broken = true));
        SimulationFailure failed = assertThrows(SimulationFailure.class, () -> sim.runFor(Time.seconds(1)));
        assertEquals(
                new Failure(Failure.Kind.HALT, "I1: not broken", N2, Time.millis(6), 9, before + 1), failed.failure());
        assertEquals(
                "HALT at 0.006000s on n2: I1: not broken (seed 9, event " + (before + 1) + ")", failed.getMessage());
        assertThrows(SimulationFailure.class, () -> sim.runFor(1), "a run that failed is over");
    }

    @Test
    void exceptionInAnEventHaltsTheNode() {
        Simulation sim = fragile();
        SimulationFailure failed = assertThrows(
                SimulationFailure.class,
                () -> sim.onNode(N2, () -> {
                    throw new IllegalStateException("oops");
                }));
        assertEquals(Failure.Kind.HALT, failed.failure().kind());
        assertEquals("java.lang.IllegalStateException: oops", failed.failure().message());
        assertEquals(IllegalStateException.class, failed.getCause().getClass());
    }

    @Test
    void checkerIsAskedAfterEveryEventAndEndsTheRun() {
        Simulation sim = fragile();
        List<NodeId> asked = new ArrayList<>();
        sim.addChecker((world, node) -> {
            asked.add(node);
            Check.that(!world.protocol(node, Fragile.class).wrong, "nobody is wrong");
        });
        sim.onNode(NodeId.of("n1"), () -> {});
        SimulationFailure failed = assertThrows(
                SimulationFailure.class,
                () -> sim.onNode(N2, () -> sim.protocol(N2, Fragile.class).poke()));
        assertEquals(Failure.Kind.SAFETY, failed.failure().kind());
        assertEquals(N2, failed.failure().node());
        assertEquals(List.of(NodeId.of("n1"), N2), asked);
        assertEquals(1, sim.marks().get(Fragile.POKED));
    }

    @Test
    void checkersLookAtTheWholeRunInTheEnd() {
        Simulation sim = fragile();
        sim.addChecker(new Checker() {
            @Override
            public void afterEvent(Simulation world, NodeId node) {}

            @Override
            public void atEnd(Simulation world) {
                Check.that(world.eventCount() > 1_000_000, "much happened");
            }
        });
        SimulationFailure failed = assertThrows(SimulationFailure.class, sim::finish);
        assertEquals(Failure.Kind.SAFETY, failed.failure().kind());
    }

    @Test
    void actionsOfTheWorldThatThrowEndTheRun() {
        Simulation sim = fragile();
        sim.after(Time.millis(5), () -> Check.that(false, "the workload saw it"));
        SimulationFailure failed = assertThrows(SimulationFailure.class, () -> sim.runFor(Time.seconds(1)));
        assertEquals(Failure.Kind.SAFETY, failed.failure().kind());
        assertEquals("the workload saw it", failed.failure().message());
    }

    @Test
    void taskForANodeFromInsideAnEventRunsAsAnEventOfItsOwn() {
        Simulation sim = fragile();
        List<String> order = new ArrayList<>();
        sim.onNode(N2, () -> {
            sim.onNode(NodeId.of("n1"), () -> order.add("inner"));
            order.add("outer");
        });
        sim.runFor(1);
        assertEquals(List.of("outer", "inner"), order);
    }

    @Test
    void traceHasALinePerTransitionWithTimeNodeAndScope() {
        Simulation sim = new Simulation(9);
        List<String> lines = new ArrayList<>();
        sim.traceTo(lines::add);
        sim.runFor(Time.micros(1_204_512));
        sim.addNode("n1", Fragile::new);
        sim.runFor(1);
        assertEquals(List.of("   1.204512s n1 boot incarnation=1", "   1.204512s n1 child born"), lines);
    }

    @Test
    void healingEndsEveryFault() {
        Simulation sim = fragile();
        NodeId n1 = NodeId.of("n1");
        sim.network().partition(List.of(List.of(n1), List.of(N2)));
        sim.network().policy(n1, N2, LinkPolicy.LAN.loss(1_000_000));
        sim.disk(n1).policy(sim.disk(n1).policy().extra(Time.millis(40)));
        sim.machine(n1).drift(500);
        sim.pause(n1, Time.seconds(100));
        sim.crash(N2);
        sim.healAll();
        assertFalse(sim.network().isCut(n1, N2));
        assertEquals(LinkPolicy.LAN, sim.network().policy(n1, N2));
        assertEquals(0, sim.disk(n1).policy().extraNanos());
        assertTrue(sim.isUp(N2));
        List<String> ran = new ArrayList<>();
        sim.onNode(n1, () -> ran.add("at once"));
        assertEquals(List.of("at once"), ran);
        long local = sim.clockNanos(n1);
        sim.runFor(Time.seconds(1));
        assertEquals(local + Time.seconds(1), sim.clockNanos(n1));
    }

    @Test
    void streamOfALabelDependsOnSeedAndLabelAlone() {
        Simulation sim = fragile();
        long drawn = sim.choices("clients").next(1L << 60);
        sim.runFor(Time.seconds(1));
        assertEquals(drawn, sim.choices("clients").next(1L << 60));
        assertEquals(drawn, new Simulation(9).choices("clients").next(1L << 60));
        assertNotEquals(drawn, sim.choices("other").next(1L << 60));
    }
}
