package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.Releases;
import java.util.List;

/** Plans a cluster of mixed releases: some nodes start as an earlier one, and most of those are upgraded, one by one. */
final class ReleasePlanner {
    private static final int UPGRADED_PPM = 750_000;
    private static final int DOWN_MILLIS_MAX = 3_000;

    private final PlanDraft draft;

    ReleasePlanner(PlanDraft draft) {
        this.draft = draft;
    }

    void add(Prng luck) {
        List<NodeId> old = draft.shuffledNodes(luck);
        old = old.subList(0, 1 + luck.below(old.size()));
        for (NodeId node : old) {
            draft.add(0, new NodeFault.Version(node, luck.below(Releases.NEWEST - 1) + 1));
            long at = luck.between(draft.startNanos(), draft.endNanos()) / 1_000 * 1_000;
            long to = Math.min(at + Time.millis(1 + luck.below(DOWN_MILLIS_MAX)), draft.endNanos());
            if (luck.chance(UPGRADED_PPM) && draft.budget().maybeTake(node, at, to)) {
                draft.add(at, new NodeFault.Crash(node));
                draft.add(at, new NodeFault.Version(node, Releases.NEWEST));
                draft.add(to, new NodeFault.Restart(node));
            }
        }
    }
}
