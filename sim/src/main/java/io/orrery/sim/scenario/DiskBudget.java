package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import java.util.List;
import java.util.TreeSet;

/**
 * What the protocols promise today of each fault of a disk, so that a good copy of what was acknowledged always remains.
 *
 * <ul>
 *   <li>Slow, limping, torn, a failed sync, one read of another place: nothing durable is gone. The node may stop, and comes
 *       back by a restart. Like a crash: at most a minority at once.
 *   <li>Out of space, or frozen: the node goes on, and is of use again when there is space or the disk answers; on any number
 *       of nodes at once.
 *   <li>A sector that cannot be read: recovery keeps what is intact around it, and the node may have forgotten what it voted
 *       and acknowledged. Until it cannot contradict that it is no voter, which may be for good; an earlier release does not
 *       start. Like a node that is down from then on: at most a minority together with those that are down.
 *   <li>The last segment of the log overwritten as a whole: no torn write leaves that, and the node has forgotten like that.
 *   <li>A snapshot that rots: noticed by its checksums, and fetched from the others, as long as a majority has its own: so of the
 *       voters of a group, too.
 *   <li>Rot and misdirected writes: noticed by checksums, and the node forgets like that; except in the last batch of the log,
 *       which looks like a torn write and is cut. Not promised: {@link #LAST_BATCH}.
 *   <li>A wiped disk: the node knows that it may have forgotten votes and entries that others count on. Like a sector that
 *       cannot be read: at most a minority for good. Promised by {@link #REMEMBERING} workloads; not by others: {@link #MEMORY}.
 *   <li>Syncs that lie: nothing tells the node. Not promised: {@link #MEMORY}.
 * </ul>
 */
final class DiskBudget {
    static final String LAST_BATCH = "a damaged last batch of the log looks like a torn write, and is cut";
    static final String MEMORY = "a node that forgot what it acknowledged votes as if it remembered";

    /** Workloads whose nodes know that they come back on another disk. */
    private static final List<String> REMEMBERING = List.of("raft", "groups");

    private DiskBudget() {}

    /** Why the kind of trouble goes beyond what the workload promises; null if it does not. */
    static String unpromised(Trouble trouble, String workload) {
        return trouble == Trouble.WIPED_DISK && REMEMBERING.contains(workload) ? null : trouble.unpromised;
    }

    /** Why the fault goes beyond what the workload promises; null if it does not. */
    static String unpromised(Fault fault, String workload) {
        if (fault instanceof DiskFault.Rot || fault instanceof DiskFault.Misdirect misdirect && misdirect.write()) {
            return LAST_BATCH;
        }
        if (fault instanceof DiskFault.Wipe) {
            return REMEMBERING.contains(workload) ? null : MEMORY;
        }
        return fault instanceof DiskFault.Lie lie && lie.on() ? MEMORY : null;
    }

    /** Notes the node that waits for space or an answer of its disk from now on, or no more. */
    static void noteWaiting(Fault fault, TreeSet<NodeId> waiting) {
        if (fault instanceof DiskFault.Full full) {
            waiting.add(full.node());
        } else if (fault instanceof DiskFault.Space space) {
            waiting.remove(space.node());
        } else if (fault instanceof DiskFault.Freeze freeze && freeze.on()) {
            waiting.add(freeze.node());
        } else if (fault instanceof DiskFault.Freeze thaw) {
            waiting.remove(thaw.node());
        } else if (fault instanceof DiskFault.Repair repair) {
            waiting.remove(repair.node());
        }
    }

    /** Notes the node that the fault may stop for a while, or for good. */
    static void note(Fault fault, TreeSet<NodeId> down, TreeSet<NodeId> lost) {
        if (fault instanceof DiskFault.FailedSync failed) {
            down.add(failed.node());
        } else if (fault instanceof DiskFault.BadSector bad) {
            lost.add(bad.node());
        } else if (fault instanceof DiskFault.OverwrittenLog overwritten) {
            lost.add(overwritten.node());
        } else if (fault instanceof DiskFault.RotSnapshot rot) {
            lost.add(rot.node());
        } else if (fault instanceof DiskFault.Wipe wipe) {
            lost.add(wipe.node());
        }
    }
}
