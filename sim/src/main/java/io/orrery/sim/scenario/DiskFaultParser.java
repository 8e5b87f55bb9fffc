package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.List;

/** Reads the lines of {@link DiskFault}. */
final class DiskFaultParser implements FamilyParser {
    private static final List<String> DISK = List.of("fail-sync", "healthy", "slow");
    private static final long DELAY_NANOS_MAX = Time.seconds(60);

    private final List<NodeId> nodes;

    DiskFaultParser(List<NodeId> nodes) {
        this.nodes = nodes;
    }

    @Override
    public List<String> firstWords() {
        return List.of("disk");
    }

    @Override
    public Fault parse(String first, Words words) {
        NodeId node = words.node(nodes);
        return switch (words.oneOf(DISK)) {
            case "fail-sync" -> new DiskFault.FailedSync(node);
            case "healthy" -> new DiskFault.Repair(node);
            default -> new DiskFault.Slow(node, words.duration("a delay", DELAY_NANOS_MAX));
        };
    }
}
