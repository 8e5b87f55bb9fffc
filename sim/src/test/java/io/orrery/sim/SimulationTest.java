package io.orrery.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
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
}
