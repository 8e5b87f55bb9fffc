package io.orrery.sim.network;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Letters;
import io.orrery.sim.Simulation;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Nodes that send each other numbers, and lines of a plan that are applied to their network. */
final class LetterWorld {
    final Simulation sim;

    LetterWorld(long seed, int nodeCount) {
        sim = new Simulation(seed);
        for (int i = 1; i <= nodeCount; i++) {
            sim.addNode("n" + i, Letters::new);
        }
        sim.runFor(Time.millis(1));
    }

    /** Applies one fault as a scenario writes it. */
    LetterWorld fault(String line) {
        Scenario scenario =
                Scenario.parse("seed 1 nodes " + sim.nodes().size() + " workload a horizon 60s\nat 0s " + line + "\n");
        Check.that(scenario.plan().faults().get(0).fault().apply(sim), "the fault does something");
        return this;
    }

    LetterWorld send(Delivery delivery, String from, String to, int first, int count) {
        sim.onNode(NodeId.of(from), () -> {
            for (int i = 0; i < count; i++) {
                sim.protocol(NodeId.of(from), Letters.class).send(delivery, NodeId.of(to), first + i);
            }
        });
        return this;
    }

    LetterWorld pass(long nanos) {
        sim.runFor(nanos);
        return this;
    }

    List<Letters.Letter> letters(String node) {
        return sim.protocol(NodeId.of(node), Letters.class).received();
    }

    List<Long> received(String node) {
        return sim.protocol(NodeId.of(node), Letters.class).numbers();
    }

    static List<Long> numbers(int first, int count) {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add((long) first + i);
        }
        return numbers;
    }

    /** One line for each node: which nodes reach it, by numbers, both by datagram and by stream. */
    String reach() {
        StringBuilder text = new StringBuilder();
        List<NodeId> nodes = sim.nodes();
        for (NodeId to : nodes) {
            text.append(text.isEmpty() ? "" : " ").append(to.name()).append(':');
            for (int from = 0; from < nodes.size(); from++) {
                if (!nodes.get(from).equals(to)) {
                    boolean heard = hears(Delivery.DATAGRAM, nodes.get(from), to);
                    Check.that(heard == hears(Delivery.STREAM, nodes.get(from), to), "streams and datagrams agree");
                    text.append(heard ? String.valueOf(from + 1) : "");
                }
            }
        }
        return text.toString();
    }

    private boolean hears(Delivery delivery, NodeId from, NodeId to) {
        int before = received(to.name()).size();
        send(delivery, from.name(), to.name(), 0, 1).pass(Time.millis(2));
        return received(to.name()).size() > before;
    }
}
