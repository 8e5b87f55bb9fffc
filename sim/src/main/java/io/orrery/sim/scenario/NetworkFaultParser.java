package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.choice.Spread;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines of {@link NetworkFault}, {@link SplitFault} and {@link ClogFault}. */
final class NetworkFaultParser implements FamilyParser {
    private static final List<String> LINK = withItems("clog", "cut", "far", "mend", "unclog");
    private static final long FLAP_NANOS_MIN = Time.millis(1);
    private static final long NANOS_MAX = Time.seconds(60);

    private final List<NodeId> nodes;

    NetworkFaultParser(List<NodeId> nodes) {
        this.nodes = nodes;
    }

    private static List<String> withItems(String... own) {
        List<String> words = new ArrayList<>(PolicyText.ITEMS);
        words.addAll(List.of(own));
        words.sort(null);
        return words;
    }

    @Override
    public List<String> firstWords() {
        return List.of("bridge", "flap", "heal", "isolate", "link", "partition", "rejoin", "ring", "stream", "swizzle");
    }

    @Override
    public Fault parse(String first, Words words) {
        return switch (first) {
            case "bridge" -> bridge(words);
            case "flap" -> flap(words);
            case "heal" -> new NetworkFault.Healing();
            case "isolate" -> new NetworkFault.Isolation(words.node(nodes));
            case "link" -> link(words);
            case "partition" -> partition(words);
            case "rejoin" -> new NetworkFault.Rejoining(words.node(nodes));
            case "ring" -> new SplitFault.Ring(distinctNodes(words, new ArrayList<>()));
            case "swizzle" ->
                new ClogFault.Swizzling(
                        distinctNodes(words, new ArrayList<>()), words.duration("a time to swizzle", NANOS_MAX));
            default -> stream(words);
        };
    }

    private Fault link(Words words) {
        if (words.take("*")) {
            return new NetworkFault.Weather(PolicyText.parse(words, words.oneOf(PolicyText.ITEMS)));
        }
        List<NodeId> direction = words.direction(nodes);
        NodeId from = direction.get(0);
        NodeId to = direction.get(1);
        String what = words.oneOf(LINK);
        return switch (what) {
            case "clog" -> new ClogFault.Clog(from, to);
            case "cut" -> new NetworkFault.Cut(from, to);
            case "far" -> new NetworkFault.Distance(from, to, words.duration("a distance", Spread.NANOS_MAX));
            case "mend" -> new NetworkFault.Mending(from, to);
            case "unclog" -> new ClogFault.Unclog(from, to);
            default -> new NetworkFault.Condition(from, to, PolicyText.parse(words, what));
        };
    }

    private Fault partition(Words words) {
        List<NodeId> named = new ArrayList<>();
        List<NodeId> first = distinctNodes(words, named);
        return words.take(">")
                ? new SplitFault.OneWay(first, distinctNodes(words, named))
                : new NetworkFault.Partition(groups(words, first, named));
    }

    private Fault bridge(Words words) {
        NodeId node = words.node(nodes);
        words.oneOf(List.of(":"));
        List<NodeId> named = new ArrayList<>();
        named.add(node);
        return new SplitFault.Bridge(node, groups(words, distinctNodes(words, named), named));
    }

    private Fault flap(Words words) {
        List<NodeId> named = new ArrayList<>();
        List<List<NodeId>> groups = groups(words, distinctNodes(words, named), named);
        words.oneOf(List.of("every"));
        long every = words.duration("an interval", NANOS_MAX);
        if (every < FLAP_NANOS_MIN) {
            throw words.error("expected an interval of at least 1ms, found '" + Time.text(every) + "'");
        }
        words.oneOf(List.of("for"));
        return new SplitFault.Flapping(groups, every, words.duration("a time to flap", NANOS_MAX));
    }

    private List<List<NodeId>> groups(Words words, List<NodeId> first, List<NodeId> named) {
        List<List<NodeId>> groups = new ArrayList<>();
        groups.add(first);
        while (words.take("|")) {
            groups.add(distinctNodes(words, named));
        }
        return groups;
    }

    /** Nodes that were not named on the line before. */
    private List<NodeId> distinctNodes(Words words, List<NodeId> named) {
        List<NodeId> group = words.nodeList(nodes);
        for (NodeId node : group) {
            if (named.contains(node)) {
                throw words.error("expected each node in one group, found " + node + " twice");
            }
            named.add(node);
        }
        return group;
    }

    private Fault stream(Words words) {
        List<NodeId> direction = words.direction(nodes);
        words.oneOf(List.of("reset"));
        return new NetworkFault.StreamReset(direction.get(0), direction.get(1));
    }
}
