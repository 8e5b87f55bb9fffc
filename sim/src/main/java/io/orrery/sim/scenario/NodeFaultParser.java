package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
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
        return List.of("crash", "pause", "power-loss", "restart");
    }

    @Override
    public Fault parse(String first, Words words) {
        return switch (first) {
            case "crash" -> crash(words);
            case "pause" -> new NodeFault.Pause(words.node(nodes), words.duration("a pause", PAUSE_NANOS_MAX));
            case "power-loss" -> new NodeFault.PowerLoss(words.nodeList(nodes), words.take("syncing"));
            default -> new NodeFault.Restart(words.node(nodes));
        };
    }

    private Fault crash(Words words) {
        NodeId node = words.node(nodes);
        return words.take("syncing") ? new NodeFault.CrashSyncing(node) : new NodeFault.Crash(node);
    }
}
