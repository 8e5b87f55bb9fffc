package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import java.util.List;
import java.util.stream.Collectors;

/** Nodes and groups of nodes as a scenario writes them: {@code n1,n2 | n3}. */
final class NodeNames {
    private NodeNames() {}

    static String of(List<NodeId> nodes) {
        return nodes.stream().map(NodeId::name).collect(Collectors.joining(","));
    }

    static String groups(List<List<NodeId>> groups) {
        return groups.stream().map(NodeNames::of).collect(Collectors.joining(" | "));
    }
}
