package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.disk.DiskPolicy;

/** Plans {@link DiskFault}s. */
final class DiskPlanner implements FamilyPlanner {
    private static final long FOR_EVER = Long.MAX_VALUE;

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
            case LIMPING_DISK ->
                draft.add(
                        from,
                        new DiskFault.Limp(node, 1_000 * luck.between(50, 2_000)),
                        to,
                        new DiskFault.Repair(node));
            case FROZEN_DISK ->
                draft.add(from, new DiskFault.Freeze(node, true), to, new DiskFault.Freeze(node, false));
            case FULL_DISK -> addFull(from, to, node, 1_000L * luck.below(luck.chance(500_000) ? 50 : 5));
            case LARGE_SECTORS -> draft.add(0, new DiskFault.Sector(node, DiskPolicy.LARGE_SECTOR_BYTES));
            case MISDIRECTED_READ -> addMisread(from, to, node);
            case BAD_SECTOR -> addDamage(from, to, node, new DiskFault.BadSector(node));
            case OVERWRITTEN_LOG -> addOverwritten(from, to, node);
            case ROTTEN_SNAPSHOT -> addDamage(from, to, node, new DiskFault.RotSnapshot(node));
            case BIT_ROT -> addDamage(from, to, node, new DiskFault.Rot(node));
            case MISDIRECTED_WRITE -> addDamage(from, to, node, new DiskFault.Misdirect(node, true));
            case WIPED_DISK -> addWipe(from, to, node);
            case LYING_DISK -> addLie(from, to, node);
            default -> throw new IllegalArgumentException("not a trouble of disks: " + trouble);
        }
    }

    /**
     * The sync to fail is withdrawn before the restart, so that a node that wrote nothing does not halt later. What the next
     * life reads may be in memory only, and what it believes to have synced shows by a loss of power.
     */
    private void addFailedSync(long from, long to, NodeId node) {
        if (draft.budget().maybeTake(node, from, to)) {
            long again = from + (to - from) / 4_000 * 1_000;
            long dark = from + (to - from) / 2_000 * 1_000;
            draft.add(from, new DiskFault.FailedSync(node), again, new DiskFault.Repair(node));
            draft.add(again, new NodeFault.Restart(node));
            draft.add(dark, new NodeFault.Crash(node), to, new NodeFault.Restart(node));
        }
    }

    /** A node that stops for want of space after all, since it starts just then, is started again. */
    private void addFull(long from, long to, NodeId node, long room) {
        draft.add(from, new DiskFault.Full(node, room), to, new DiskFault.Space(node));
        draft.add(to, new NodeFault.Restart(node));
    }

    /** Nodes read when they start. */
    private void addMisread(long from, long to, NodeId node) {
        if (draft.budget().maybeTake(node, from, to)) {
            draft.add(from, new NodeFault.Crash(node), to, new DiskFault.Misdirect(node, false));
            draft.add(to, new NodeFault.Restart(node));
        }
    }

    /** Damage shows when the node starts again; it may not come back after that. */
    private void addDamage(long from, long to, NodeId node, DiskFault damage) {
        if (draft.budget().maybeTake(node, from, FOR_EVER)) {
            draft.add(from, damage);
            draft.add(from + (to - from) / 2_000 * 1_000, new NodeFault.Crash(node), to, new NodeFault.Restart(node));
        }
    }

    /** While the node is down: what it had in memory is gone. */
    private void addOverwritten(long from, long to, NodeId node) {
        if (draft.budget().maybeTake(node, from, FOR_EVER)) {
            draft.add(from, new NodeFault.Crash(node), to, new DiskFault.OverwrittenLog(node));
            draft.add(to, new NodeFault.Restart(node));
        }
    }

    private void addWipe(long from, long to, NodeId node) {
        if (draft.budget().maybeTake(node, from, FOR_EVER)) {
            draft.add(from, new DiskFault.Wipe(node), to, new NodeFault.Restart(node));
        }
    }

    /** The lie shows by a crash. */
    private void addLie(long from, long to, NodeId node) {
        if (draft.budget().maybeTake(node, from, FOR_EVER)) {
            draft.add(from, new DiskFault.Lie(node, true));
            draft.add(
                    from + (to - from) / 2_000 * 1_000, new NodeFault.Crash(node), to, new DiskFault.Lie(node, false));
            draft.add(to, new NodeFault.Restart(node));
        }
    }
}
