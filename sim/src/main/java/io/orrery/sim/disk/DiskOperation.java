package io.orrery.sim.disk;

import io.orrery.kernel.Storage.Completion;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;

/**
 * The completion of an operation, as an event of the node that issued it. What the operation makes durable becomes so
 * here, just before the node learns of it.
 */
final class DiskOperation<T> extends NodeEvent {
    private final SimDisk disk;
    private final String file;
    private final T value;
    private final Completion<T> done;
    private Failure failure;
    private Inode synced;
    private long mark;
    private NameChange change;

    DiskOperation(NodeKernel node, SimDisk disk, String file, T value, Completion<T> done) {
        super(node);
        this.disk = disk;
        this.file = file;
        this.value = value;
        this.done = done;
    }

    DiskOperation<T> syncs(Inode inode) {
        synced = inode;
        mark = inode.mark();
        return this;
    }

    DiskOperation<T> hardens(NameChange nameChange) {
        change = nameChange;
        return this;
    }

    /** What went wrong; null if nothing did. */
    DiskOperation<T> fails(Failure why) {
        failure = why;
        return this;
    }

    @Override
    public Kind kind() {
        return Kind.COMPLETE;
    }

    @Override
    public String subject() {
        return file;
    }

    @Override
    protected void happen() {
        if (synced != null && !disk.maybeSync(synced, mark)) {
            node().halt(new DiskFailure(file));
            return;
        }
        if (change != null) {
            disk.harden(change);
        }
        done.onComplete(failure == null ? value : null, failure);
    }
}
