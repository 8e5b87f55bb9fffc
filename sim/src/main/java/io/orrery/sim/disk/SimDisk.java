package io.orrery.sim.disk;

import io.orrery.kernel.Check;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.Storage.FileStat;
import io.orrery.kernel.StorageHaltException;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.event.Agenda;
import io.orrery.sim.event.WorldAction;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One node's disk; it survives the node's crashes, in the state they leave it in.
 *
 * <ul>
 *   <li>I1: an operation's effect shows to all later ones; it is durable once a sync (a rename's or deletion's own
 *       completion) has said so, and until then a crash may undo it.
 *   <li>I2: operations on one file complete in the order issued.
 *   <li>I3: latencies, crashes and damage draw from streams of the disk's own; what does not go wrong draws nothing.
 *   <li>I4: what a node says about its disk when it halts is true: see {@link #explains}.
 * </ul>
 *
 * <p>For one thread.
 */
public final class SimDisk {
    private final Agenda agenda;
    private final ChoiceStream latencies;
    private final ChoiceStream crashes;
    private final ChoiceStream moments;
    private final ChoiceStream halts;
    private final Directory directory = new Directory();
    private final DiskCounters counters = new DiskCounters();
    private final DiskFaults faults;
    private final CRC32C crc = new CRC32C();
    private DiskPolicy policy = DiskPolicy.SSD;
    private Runnable duringNextSync;
    private Runnable afterChanges;
    private int changesLeft;
    private long crashCount;
    private long namesDueNanos;
    private long busyUntilNanos;
    private boolean isFrozen;
    private final List<Runnable> frozen = new ArrayList<>();

    /**
     * @param choices the disk's own stream
     */
    public SimDisk(Agenda agenda, ChoiceStream choices) {
        this.agenda = agenda;
        this.latencies = choices.fork("latency");
        this.crashes = choices.fork("crash");
        this.moments = choices.fork("moment");
        this.halts = choices.fork("halt");
        this.faults = new DiskFaults(directory, counters, choices.fork("place"));
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
        faults.failNextSync(true);
    }

    /** Syncs succeed and make nothing durable, until told otherwise or repaired. */
    public void lie(boolean on) {
        faults.lie(on);
    }

    /** The next write lands in another place of the disk; readers do not see that before the next crash. */
    public void misdirectNextWrite() {
        faults.misdirectNextWrite();
    }

    /** The next read is answered with what lies in another place of the disk. */
    public void misdirectNextRead() {
        faults.misdirectNextRead();
    }

    /** The disk takes so many bytes more; then writes fail for want of space. */
    public void full(long afterBytes) {
        Check.argument(afterBytes >= 0, "room is not negative");
        faults.full(afterBytes);
    }

    /** There is space again. */
    public void space() {
        faults.space();
    }

    /** Nothing that is asked of the disk from now on is answered, until it thaws or is repaired; all of it is then done in order. */
    public void freeze(boolean on) {
        isFrozen = on;
        if (!on) {
            frozen.forEach(Runnable::run);
            frozen.clear();
        }
    }

    /** A bit of what is durable flips; says where, or null if nothing is durable. */
    public String rot() {
        return faults.rot();
    }

    /** A bit of a durable file whose name begins like this flips; says where, or null if there is none. */
    public String rotIn(String prefix) {
        return faults.rot(path -> path.startsWith(prefix, path.lastIndexOf('/') + 1));
    }

    /** All that is durable of the last file, by name, whose name begins like this is overwritten with junk; says where, or null. */
    public String overwriteLastIn(String prefix) {
        return faults.overwriteLast(path -> path.startsWith(prefix, path.lastIndexOf('/') + 1), 0, false);
    }

    /** All that is durable of a file from an offset on is overwritten; says where, or null if nothing is durable there. */
    public String overwrite(String file, long from, boolean withZeros) {
        return faults.overwriteLast(
                path -> path.substring(path.lastIndexOf('/') + 1).equals(file), from, withZeros);
    }

    /** A sector of what is durable cannot be read until it is written again; says where, or null if nothing is durable. */
    public String loseSector() {
        return faults.loseSector(policy.sectorBytes());
    }

    /** The disk is replaced by an empty one; the node must be down. */
    public void wipe() {
        directory.wipe();
        faults.onWiped();
        onCrash();
    }

    /** Whether a node that halts for this reason of its disk's has one: I4. */
    public boolean explains(StorageHaltException.Kind reason) {
        return switch (reason) {
            case SYNC -> true;
            case FULL -> faults.wasFull();
            case IO -> faults.hasRefusedReads();
            case CORRUPT -> faults.isDamaged();
        };
    }

    /** Runs an action at a drawn moment while the next sync is under way; null withdraws it. */
    public void duringNextSync(Runnable action) {
        duringNextSync = action;
    }

    /** Ends slowness and all that would go wrong. What is damaged stays damaged, and sectors keep their size. */
    public void repair() {
        policy = DiskPolicy.SSD.sector(policy.sectorBytes());
        faults.repair();
        freeze(false);
    }

    /** Bytes of all files, as long as they are. */
    public long usedBytes() {
        return directory.totalBytes();
    }

    /** Operations issued since the run began. */
    public long operations() {
        return counters.operations;
    }

    /** Runs an action right after so many more operations that change the disk were issued; 0 calls it off. */
    public void afterChanges(int count, Runnable action) {
        changesLeft = count;
        afterChanges = action;
    }

    /** An operation that changes the disk was issued: the last thing of each. */
    void onChangeIssued() {
        if (changesLeft > 0 && --changesLeft == 0) {
            afterChanges.run();
        }
    }

    public DiskCounters counters() {
        return counters;
    }

    /** The machine loses power: each change not yet durable is lost, kept or torn. */
    public void onCrash() {
        directory.crash(policy.sectorBytes(), crashes.fork(Long.toString(crashCount)), counters);
        crashCount++;
        namesDueNanos = 0;
        busyUntilNanos = 0;
        faults.onPowerLoss();
        duringNextSync = null;
        frozen.clear();
    }

    /**
     * The node's process ended and the machine did not: what was written and not synced is in memory still, and so is what a
     * failed sync gave up. Or memory was needed for something else, or the machine was restarted to be sure: as drawn.
     */
    public void onHalt() {
        int fate = halts.below(3);
        if (fate == 0) {
            onCrash();
        } else if (fate == 1) {
            directory.evict(counters);
        }
        faults.onPowerLoss();
        duringNextSync = null;
        frozen.clear();
    }

    /** A new incarnation uses the disk. */
    public void onBoot() {
        faults.onNewLife();
    }

    /** Writes; null if it went well or seems so. */
    Failure write(String name, Inode inode, long offset, Bytes data) {
        return faults.write(name, inode, offset, data, policy.sectorBytes());
    }

    Failure truncate(String name, Inode inode, long length) {
        return faults.truncate(name, inode, length);
    }

    Failure unreadable(String name, Inode inode, long offset, int length) {
        return faults.unreadable(name, inode, offset, length);
    }

    Bytes read(Inode inode, long offset, int length) {
        return faults.read(inode, offset, length, policy.sectorBytes());
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

    /** Makes durable what a sync covers, if it does what it says; false if it fails. */
    boolean maybeSync(Inode inode, long mark) {
        if (faults.maybeFailSync()) {
            inode.drop(mark, halts);
            return false;
        }
        if (faults.maybeLie()) {
            inode.promise(mark);
        } else {
            inode.harden(mark);
            directory.harden(inode);
        }
        return true;
    }

    void harden(NameChange change) {
        if (faults.maybeLie()) {
            directory.promise(change);
        } else {
            directory.harden(change);
        }
    }

    /** Completes an operation on a file, after those issued on it before. */
    <T> void complete(DiskOperation<T> operation, Inode inode, boolean sync, long bytes) {
        if (isFrozen) {
            frozen.add(() -> complete(operation, inode, sync, bytes));
            return;
        }
        long due = Math.max(readyNanos(bytes) + latencyNanos(sync), inode.lastDueNanos());
        inode.lastDueNanos(due);
        agenda.push(due, agenda.nextSequence(), operation);
        if (sync && duringNextSync != null) {
            long lastsNanos = due - agenda.nowNanos();
            agenda.push(agenda.nowNanos() + moments.below(lastsNanos + 1), new WorldAction(duringNextSync));
            duringNextSync = null;
        }
    }

    /** When the device has moved so many bytes, after all that it was asked to move before. */
    private long readyNanos(long bytes) {
        if (policy.bytesPerSecond() == 0) {
            return agenda.nowNanos();
        }
        busyUntilNanos = Math.max(busyUntilNanos, agenda.nowNanos()) + policy.transferNanos(bytes);
        return busyUntilNanos;
    }

    /** Completes an operation on names, and lets no file created later overtake it. */
    <T> void completeNames(DiskOperation<T> operation, Inode inode, Inode replaced) {
        if (isFrozen) {
            frozen.add(() -> completeNames(operation, inode, replaced));
            return;
        }
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
        if (isFrozen) {
            frozen.add(() -> completeNothing(operation));
            return;
        }
        long due = Math.max(agenda.nowNanos() + latencyNanos(false), namesDueNanos);
        agenda.push(due, agenda.nextSequence(), operation);
    }
}
