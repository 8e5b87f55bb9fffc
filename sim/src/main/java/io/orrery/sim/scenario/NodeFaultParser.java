package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Releases;
import io.orrery.sim.choice.Spread;
import java.util.List;

/** Reads the lines of {@link NodeFault}. */
final class NodeFaultParser implements FamilyParser {
    private static final long PAUSE_NANOS_MAX = Time.seconds(60);

    private final List<NodeId> nodes;

    NodeFaultParser(List<NodeId> nodes) {
        this.nodes = nodes;
    }

    @Override
    public List<String> firstWords() {
        return List.of("busy", "crash", "pause", "power-loss", "restart", "version");
    }

    @Override
    public Fault parse(String first, Words words) {
        return switch (first) {
            case "busy" -> busy(words);
            case "crash" -> crash(words);
            case "pause" -> new NodeFault.Pause(words.node(nodes), words.duration("a pause", PAUSE_NANOS_MAX));
            case "power-loss" -> new NodeFault.PowerLoss(words.nodeList(nodes), words.take("syncing"));
            case "version" ->
                new NodeFault.Version(words.node(nodes), (int) words.number("a version", 1, Releases.NEWEST));
            default -> new NodeFault.Restart(words.node(nodes));
        };
    }

    private Fault crash(Words words) {
        NodeId node = words.node(nodes);
        if (words.take("after")) {
            int count = (int) words.number("a count", 1, NodeFault.CrashAfter.COUNT_MAX);
            boolean events = words.oneOf(List.of("events", "writes")).equals("events");
            return new NodeFault.CrashAfter(
                    node, count, events ? NodeFault.Countdown.EVENTS : NodeFault.Countdown.WRITES);
        }
        return words.take("syncing") ? new NodeFault.CrashSyncing(node) : new NodeFault.Crash(node);
    }

    private Fault busy(Words words) {
        NodeId node = words.node(nodes);
        Spread each = SpreadText.parseOrConstant(words, "a time for each event");
        words.oneOf(List.of("for"));
        return new NodeFault.Busy(node, each, words.duration("a time to be busy", PAUSE_NANOS_MAX));
    }
}
