package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Plans {@link NodeFault}s. */
final class NodePlanner implements FamilyPlanner {
    /** Of crashes, how many strike when the disk has something to lose. */
    private static final int SYNCING_PPM = 600_000;

    /** Of power losses, how many strike only some of the nodes. */
    private static final int PARTIAL_PPM = 400_000;

    private final PlanDraft draft;

    NodePlanner(PlanDraft draft) {
        this.draft = draft;
    }

    @Override
    public void add(Trouble trouble, Prng luck, long from, long to) {
        NodeId node = draft.drawNode(luck);
        switch (trouble) {
            case CRASH ->
                addOutage(
                        from,
                        to,
                        node,
                        luck.chance(SYNCING_PPM) ? new NodeFault.CrashSyncing(node) : new NodeFault.Crash(node));
            case POWER_LOSS -> addPowerLoss(luck, from, to);
            case PAUSE -> draft.add(from, new NodeFault.Pause(node, to - from));
            default -> throw new IllegalArgumentException("not a trouble of nodes: " + trouble);
        }
    }

    private void addOutage(long from, long to, NodeId node, Fault fault) {
        if (draft.budget().maybeTake(node, from, to)) {
            draft.add(from, fault, to, new NodeFault.Restart(node));
        }
    }

    /** All nodes, or a few; they come back within moments of each other, in any order. */
    private void addPowerLoss(Prng luck, long from, long to) {
        List<NodeId> struck = draft.shuffledNodes(luck);
        if (luck.chance(PARTIAL_PPM)) {
            struck = struck.subList(0, 1 + luck.below(struck.size()));
        }
        boolean syncing = luck.chance(SYNCING_PPM);
        draft.add(from, new NodeFault.PowerLoss(Collections.unmodifiableList(new ArrayList<>(struck)), syncing));
        for (NodeId node : struck) {
            long back = Math.min(draft.endNanos(), to + Time.micros(luck.below(300_000)));
            draft.add(back, new NodeFault.Restart(node));
        }
    }
}
