package io.orrery.sim.disk;

import io.orrery.kernel.Storage;
import io.orrery.kernel.Storage.FileStat;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.event.Agenda;
import io.orrery.sim.event.WorldAction;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One node's disk; it survives the node's crashes, in the state they leave it in.
 *
 * <ul>
 *   <li>I1: an operation's effect shows to all later ones; it is durable once a sync (a rename's or deletion's own
 *       completion) has said so, and until then a crash may undo it.
 *   <li>I2: operations on one file complete in the order issued.
 *   <li>I3: latencies and crashes draw from streams of the disk's own.
 * </ul>
 *
 * <p>For one thread.
 */
public final class SimDisk {
    /** What a device writes at once. */
    public static final int SECTOR_BYTES = 512;

    private final Agenda agenda;
    private final ChoiceStream latencies;
    private final ChoiceStream crashes;
    private final ChoiceStream moments;
    private final Directory directory = new Directory();
    private final DiskCounters counters = new DiskCounters();
    private final CRC32C crc = new CRC32C();
    private DiskPolicy policy = DiskPolicy.SSD;
    private boolean failsNextSync;
    private Runnable duringNextSync;
    private long crashCount;
    private long namesDueNanos;

    /**
     * @param choices the disk's own stream
     */
    public SimDisk(Agenda agenda, ChoiceStream choices) {
        this.agenda = agenda;
        this.latencies = choices.fork("latency");
        this.crashes = choices.fork("crash");
        this.moments = choices.fork("moment");
    }

    /** The files under {@code path}, for one incarnation of the node. */
    public Storage open(NodeKernel node, String path) {
        return new SimStorage(this, node, path);
    }

    public DiskPolicy policy() {
        return policy;
    }

    public void policy(DiskPolicy newPolicy) {
        policy = newPolicy;
    }

    /** The next sync to complete fails, which halts the node. */
    public void failNextSync() {
        failsNextSync = true;
    }

    /** Runs an action at a drawn moment while the next sync is under way; null withdraws it. */
    public void duringNextSync(Runnable action) {
        duringNextSync = action;
    }

    /** Ends slowness and forgets a sync that was to fail. */
    public void repair() {
        policy = DiskPolicy.SSD;
        failsNextSync = false;
    }

    public DiskCounters counters() {
        return counters;
    }

    /** The machine loses power: each change not yet durable is lost, kept or torn. */
    public void onCrash() {
        directory.crash(crashes.fork(Long.toString(crashCount)), counters);
        crashCount++;
        namesDueNanos = 0;
        failsNextSync = false;
        duringNextSync = null;
    }

    Inode find(String name) {
        return directory.find(name);
    }

    Inode findOrCreate(String name) {
        Inode inode = directory.find(name);
        return inode != null ? inode : directory.create(name, namesDueNanos);
    }

    long version() {
        return directory.version();
    }

    List<FileStat> list(String prefix) {
        return directory.list(prefix);
    }

    NameChange rename(String from, String to) {
        return directory.rename(from, to);
    }

    NameChange delete(String name) {
        return directory.delete(name);
    }

    void harden(Inode inode, long mark) {
        inode.harden(mark);
        directory.harden(inode);
    }

    void harden(NameChange change) {
        directory.harden(change);
    }

    boolean maybeFailSync() {
        boolean fails = failsNextSync;
        failsNextSync = false;
        if (fails) {
            counters.syncsFailed++;
        }
        return fails;
    }

    /** Completes an operation on a file, after those issued on it before. */
    <T> void complete(DiskOperation<T> operation, Inode inode, boolean sync) {
        long due = Math.max(agenda.nowNanos() + latencyNanos(sync), inode.lastDueNanos());
        inode.lastDueNanos(due);
        agenda.push(due, agenda.nextSequence(), operation);
        if (sync && duringNextSync != null) {
            long lastsNanos = due - agenda.nowNanos();
            agenda.push(agenda.nowNanos() + moments.below(lastsNanos + 1), new WorldAction(duringNextSync));
            duringNextSync = null;
        }
    }

    /** Completes an operation on names, and lets no file created later overtake it. */
    <T> void completeNames(DiskOperation<T> operation, Inode inode, Inode replaced) {
        long due = Math.max(agenda.nowNanos() + latencyNanos(true), namesDueNanos);
        due = Math.max(due, inode == null ? 0 : inode.lastDueNanos());
        due = Math.max(due, replaced == null ? 0 : replaced.lastDueNanos());
        namesDueNanos = due;
        if (inode != null) {
            inode.lastDueNanos(due);
        }
        agenda.push(due, agenda.nextSequence(), operation);
    }

    private long latencyNanos(boolean sync) {
        counters.operations++;
        if (sync) {
            counters.syncs++;
            return policy.extraNanos() + latencies.between(policy.syncNanosMin(), policy.syncNanosMax());
        }
        return policy.extraNanos() + latencies.between(policy.accessNanosMin(), policy.accessNanosMax());
    }

    /** Notes an operation in the run's hash. */
    void fold(int operation, long offset, long length) {
        agenda.fold(offset * 8 + operation ^ Long.rotateLeft(length, 40));
    }

    /** Notes written bytes in the run's hash. */
    void fold(Bytes data) {
        crc.reset();
        crc.update(data.array(), data.offset(), data.length());
        agenda.fold(crc.getValue());
    }

    /** For an operation on a file that does not exist. */
    <T> void completeNothing(DiskOperation<T> operation) {
        long due = Math.max(agenda.nowNanos() + latencyNanos(false), namesDueNanos);
        agenda.push(due, agenda.nextSequence(), operation);
    }
}
