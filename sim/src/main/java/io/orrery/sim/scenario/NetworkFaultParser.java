package io.orrery.sim.scenario;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines of {@link NetworkFault}. */
final class NetworkFaultParser implements FamilyParser {
    private static final List<String> LINK = List.of("cut", "delay", "duplicate", "healthy", "loss", "mend", "reorder");
    private static final List<String> POLICY = List.of("delay", "duplicate", "healthy", "loss", "reorder");

    private final List<NodeId> nodes;

    NetworkFaultParser(List<NodeId> nodes) {
        this.nodes = nodes;
    }

    @Override
    public List<String> firstWords() {
        return List.of("heal", "isolate", "link", "partition", "rejoin", "stream");
    }

    @Override
    public Fault parse(String first, Words words) {
        return switch (first) {
            case "heal" -> new NetworkFault.Healing();
            case "isolate" -> new NetworkFault.Isolation(words.node(nodes));
            case "link" -> link(words);
            case "partition" -> partition(words);
            case "rejoin" -> new NetworkFault.Rejoining(words.node(nodes));
            default -> stream(words);
        };
    }

    private Fault link(Words words) {
        if (words.take("*")) {
            return new NetworkFault.Weather(policy(words, words.oneOf(POLICY)));
        }
        List<NodeId> direction = words.direction(nodes);
        NodeId from = direction.get(0);
        NodeId to = direction.get(1);
        String what = words.oneOf(LINK);
        return switch (what) {
            case "cut" -> new NetworkFault.Cut(from, to);
            case "mend" -> new NetworkFault.Mending(from, to);
            default -> new NetworkFault.Condition(from, to, policy(words, what));
        };
    }

    private static LinkPolicy policy(Words words, String first) {
        LinkPolicy policy = LinkPolicy.LAN;
        String item = first;
        while (!item.equals("healthy")) {
            policy = policyItem(words, item, policy);
            if (!words.hasNext()) {
                break;
            }
            item = words.oneOf(POLICY);
        }
        return policy;
    }

    private static LinkPolicy policyItem(Words words, String item, LinkPolicy policy) {
        if (item.equals("delay")) {
            long[] bounds = words.durations("a delay", LinkPolicy.DELAY_NANOS_MAX);
            return policy.delay(bounds[0], bounds[1]);
        }
        int ppm = words.ppm("a probability", 0, 1_000_000);
        return switch (item) {
            case "loss" -> policy.loss(ppm);
            case "duplicate" -> policy.duplicate(ppm);
            default -> policy.reorder(ppm);
        };
    }

    private Fault partition(Words words) {
        List<List<NodeId>> groups = new ArrayList<>();
        List<NodeId> named = new ArrayList<>();
        do {
            List<NodeId> group = words.nodeList(nodes);
            for (NodeId node : group) {
                if (named.contains(node)) {
                    throw words.error("expected each node in one group, found " + node + " twice");
                }
                named.add(node);
            }
            groups.add(group);
        } while (words.take("|"));
        Check.that(!groups.isEmpty(), "a partition has a group");
        return new NetworkFault.Partition(groups);
    }

    private Fault stream(Words words) {
        List<NodeId> direction = words.direction(nodes);
        words.oneOf(List.of("reset"));
        return new NetworkFault.StreamReset(direction.get(0), direction.get(1));
    }
}
