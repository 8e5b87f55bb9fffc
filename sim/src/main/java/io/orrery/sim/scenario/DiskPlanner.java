package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;

/** Plans {@link DiskFault}s. */
final class DiskPlanner implements FamilyPlanner {
    private final PlanDraft draft;
    private final FaultProfile profile;

    DiskPlanner(PlanDraft draft, FaultProfile profile) {
        this.draft = draft;
        this.profile = profile;
    }

    @Override
    public void addStart() {
        if (profile.diskExtraNanos() > 0) {
            for (NodeId node : draft.nodes()) {
                draft.add(0, new DiskFault.Slow(node, profile.diskExtraNanos()));
            }
        }
    }

    @Override
    public void add(Trouble trouble, Prng luck, long from, long to) {
        NodeId node = draft.drawNode(luck);
        switch (trouble) {
            case FAILED_SYNC -> addFailedSync(from, to, node);
            case SLOW_DISK ->
                draft.add(
                        from,
                        new DiskFault.Slow(node, Time.micros(luck.between(1_000, 100_000))),
                        to,
                        new DiskFault.Repair(node));
            default -> throw new IllegalArgumentException("not a trouble of disks: " + trouble);
        }
    }

    /** The sync to fail is withdrawn before the restart, so that a node that wrote nothing does not halt later. */
    private void addFailedSync(long from, long to, NodeId node) {
        if (draft.budget().maybeTake(node, from, to)) {
            draft.add(from, new DiskFault.FailedSync(node), to, new DiskFault.Repair(node));
            draft.add(to, new NodeFault.Restart(node));
        }
    }
}
