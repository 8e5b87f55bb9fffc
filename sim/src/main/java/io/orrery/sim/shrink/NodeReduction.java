package io.orrery.sim.shrink;

import io.orrery.kernel.NodeId;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Takes out nodes, two at once where there are many: five that fail seldom fail as four, and may as three. */
final class NodeReduction implements Reduction {
    private static final int PAIRS_FROM_NODES = 5;

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public void reduce(Trials trials) {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = trials.maybeKeepOne(candidates(trials.scenario()));
        }
    }

    private static List<Scenario> candidates(Scenario scenario) {
        List<Scenario> candidates = new ArrayList<>();
        List<NodeId> nodes = scenario.nodes();
        if (nodes.size() >= PAIRS_FROM_NODES) {
            for (int i = nodes.size() - 1; i > 0; i--) {
                for (int j = i - 1; j >= 0; j--) {
                    Scenario fewer = NodeRemoval.without(scenario, nodes.get(i));
                    candidates.add(NodeRemoval.without(fewer, nodes.get(j)));
                }
            }
        }
        for (int i = nodes.size() - 1; i >= 0 && nodes.size() > 1; i--) {
            candidates.add(NodeRemoval.without(scenario, nodes.get(i)));
        }
        return candidates;
    }
}
