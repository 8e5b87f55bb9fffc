package io.orrery.sim.tutorial;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import java.util.List;
import java.util.TreeSet;

// tutorial begins
/** Counts nodes, not messages: a node that says twice that it keeps the total is still one node. */
final class SoberCounter extends HastyCounter {
    private final NodeId self;
    private final TreeSet<NodeId> keepers = new TreeSet<>();

    SoberCounter(Kernel kernel, List<NodeId> nodes) {
        super(kernel, nodes);
        self = kernel.self();
    }

    @Override
    void increment() {
        keepers.clear();
        keepers.add(self);
        super.increment();
    }

    @Override
    int copiesWith(NodeId from) {
        keepers.add(from);
        return keepers.size();
    }
}
// tutorial ends
