package io.orrery.sim.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CoverageProbeTest {
    /** Passes a token on that grows; remembers who sent it. */
    private static final class Ring implements Protocol {
        private final List<String> names;
        private final Kernel kernel;
        private final Port<Long> port;
        private final Timer timer;
        private long token;
        private NodeId from;
        private boolean putIntoWords;

        Ring(Kernel kernel, List<String> names) {
            this.names = names;
            this.kernel = kernel;
            Codec<Long> codec = Codec.of((n, out) -> out.writeLong(n), in -> in.readLong());
            port = kernel.open(new Channel(1000, 0, Delivery.DATAGRAM), codec, this::onToken);
            timer = kernel.timer("pass", this::pass);
        }

        @Override
        public void start() {
            if (kernel.self().name().equals(names.get(0))) {
                pass();
            }
        }

        private void onToken(NodeId sender, long value) {
            from = sender;
            token = value;
            putIntoWords |= kernel.trace().isOn();
            timer.restart(Time.millis(10));
        }

        private void pass() {
            int next = (names.indexOf(kernel.self().name()) + 1) % names.size();
            port.send(NodeId.of(names.get(next)), token + 1);
        }

        @Override
        public void describe(Description out) {
            out.value("role", token % 2 == 0 ? "EVEN" : "ODD");
            out.value("token", token);
            out.value("from", from);
            for (String name : names) {
                out.begin(name);
                out.value("known", name.equals(kernel.self().name()) || from != null && name.equals(from.name()));
                out.end();
            }
        }
    }

    private static Simulation ring(long seed, List<String> names, List<String> order) {
        Simulation sim = new Simulation(seed);
        for (String name : order) {
            sim.addNode(name, kernel -> new Ring(kernel, names));
        }
        return sim;
    }

    private static Footprint footprint(long seed, boolean withPartition) {
        List<String> names = List.of("n1", "n2", "n3");
        Simulation sim = new Simulation(seed);
        CoverageProbe probe = CoverageProbe.of(sim, "ring", new DescribedStates());
        for (String name : names) {
            sim.addNode(name, kernel -> new Ring(kernel, names));
        }
        sim.runFor(Time.seconds(1));
        if (withPartition) {
            sim.network().isolate(NodeId.of("n2"));
            sim.note("fault", "isolate n2");
        }
        sim.runFor(Time.seconds(1));
        return probe.footprint();
    }

    @Test
    void footprintIsTheSameWheneverTheRunIs() {
        Footprint first = footprint(5, true);
        assertTrue(first.size() > 3, first.toString());
        assertEquals(first, footprint(5, true));
        for (int i = 1; i < first.size(); i++) {
            assertTrue(first.event(i) > first.event(i - 1), "states are in the order of their first visits");
        }
    }

    @Test
    void shapeOfThePartitionIsPartOfTheState() {
        Coverage coverage = new Coverage();
        coverage.add(footprint(5, false));
        assertNotEquals(0, coverage.add(footprint(5, true)));
    }

    @Test
    void watchingChangesNothingAndPutsNothingIntoWords() {
        List<String> names = List.of("n1", "n2", "n3");
        Simulation plain = ring(9, names, names);
        plain.runFor(Time.seconds(1));
        Simulation watched = new Simulation(9);
        CoverageProbe probe = CoverageProbe.of(watched, "ring", new DescribedStates());
        for (String name : names) {
            watched.addNode(name, kernel -> new Ring(kernel, names));
        }
        watched.runFor(Time.seconds(1));
        assertEquals(plain.traceHash(), watched.traceHash());
        assertTrue(probe.footprint().size() > 0);
        for (NodeId node : watched.nodes()) {
            assertFalse(watched.protocol(node, Ring.class).putIntoWords, "nobody reads transitions");
        }
    }

    @Test
    void describedStateIsTheSameUnderOtherNamesAndInAnotherOrder() {
        List<List<String>> namings = List.of(List.of("n1", "n2", "n3"), List.of("b", "c", "a"), List.of("x", "z", "y"));
        List<Long> values = new ArrayList<>();
        for (List<String> names : namings) {
            List<String> sorted = new ArrayList<>(names);
            sorted.sort(null);
            Simulation sim = ring(1, names, sorted);
            sim.runUntil(() -> sim.protocol(NodeId.of(names.get(2)), Ring.class).token == 5, Time.seconds(10));
            values.add(described(sim));
        }
        assertEquals(values.get(0), values.get(1));
        assertEquals(values.get(0), values.get(2));
    }

    @Test
    void describedStateTellsWordsAndWhoIsNamedAndHowFarNumbersAreApart() {
        List<String> names = List.of("n1", "n2", "n3");
        TreeSet<Long> seen = new TreeSet<>();
        Simulation sim = ring(1, names, names);
        seen.add(described(sim));
        sim.runUntil(() -> sim.protocol(NodeId.of("n2"), Ring.class).token == 1, Time.seconds(10));
        seen.add(described(sim));
        sim.runUntil(() -> sim.protocol(NodeId.of("n3"), Ring.class).token == 2, Time.seconds(10));
        seen.add(described(sim));
        assertEquals(3, seen.size());
    }

    private static long described(Simulation sim) {
        AbstractState state = new AbstractState();
        state.clear(sim.nodes().size());
        new DescribedStates().sketch(sim, state);
        return state.value();
    }
}
