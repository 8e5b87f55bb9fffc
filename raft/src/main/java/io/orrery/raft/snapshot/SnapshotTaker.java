package io.orrery.raft.snapshot;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.SnapshotSource;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.codec.Bytes;
import java.util.function.Consumer;

/**
 * Takes one snapshot at a time: fills a slice, writes it, waits for the disk, and so on; then syncs, and renames.
 *
 * <ul>
 *   <li>T1: at most one slice is being written, and one step fills no more than a slice and a piece.
 *   <li>T2: the file gets its name when all of it is durable.
 * </ul>
 *
 * <p>For the node's thread.
 */
public final class SnapshotTaker {
    /** A large file is synced in parts, so that no sync, of which the log's wait in turn, has much to do. */
    private static final long SYNC_BYTES = 4L * 1024 * 1024;

    private final Kernel kernel;
    private final SnapshotFiles files;
    private final SnapshotCounters counters;
    private final Consumer<SnapshotMeta> onTaken;
    private Taking taking;

    /** One snapshot. */
    private static final class Taking {
        private final SnapshotMeta meta;
        private final SnapshotSource source;
        private final SlicePacker packer;
        private final String name;
        private final int sliceBytes;
        private final long startedNanos;
        private boolean isMore = true;
        private int slices;
        private long bytes;
        private long unsynced;
        private long checksum;

        private Taking(SnapshotMeta meta, SnapshotSource source, int sliceBytes, long nowNanos) {
            this.meta = meta;
            this.source = source;
            this.sliceBytes = sliceBytes;
            this.packer = new SlicePacker(sliceBytes);
            this.name = SnapshotName.taking(meta.index(), meta.term());
            this.startedNanos = nowNanos;
        }
    }

    /**
     * @param onTaken hears that a snapshot is complete and durable
     */
    public SnapshotTaker(
            Kernel kernel, SnapshotFiles files, SnapshotCounters counters, Consumer<SnapshotMeta> onTaken) {
        this.kernel = kernel;
        this.files = files;
        this.counters = counters;
        this.onTaken = onTaken;
    }

    public boolean isBusy() {
        return taking != null;
    }

    /** Begins; goes on by itself. */
    public void begin(SnapshotMeta meta, SnapshotSource source, int sliceBytes) {
        Check.that(taking == null, "one snapshot at a time");
        files.deletePrevious();
        Taking begun = new Taking(meta, source, sliceBytes, kernel.nowNanos());
        taking = begun;
        begun.packer.write(meta.encode());
        Bytes header = SnapshotFormat.header(files.group(), meta.index(), meta.term(), sliceBytes);
        files.write(begun.name, 0, header, failure -> onWritten(begun, failure));
    }

    /** Gives up what is being taken, if anything is. */
    public void abandon(String why) {
        if (taking == null) {
            return;
        }
        kernel.trace().transition("abandon-snapshot", "index=" + taking.meta.index() + " " + why);
        counters.abandoned++;
        taking.source.close();
        files.delete(taking.name);
        taking = null;
    }

    private void onWritten(Taking of, Failure failure) {
        if (of != taking) {
            return;
        }
        if (failure != null) {
            kernel.trace().reached(SnapshotMarks.ABANDONED);
            abandon(failure.reason());
        } else if (of.unsynced >= SYNC_BYTES) {
            of.unsynced = 0;
            files.sync(of.name, failed -> onWritten(of, failed));
        } else {
            step(of);
        }
    }

    /** T1. */
    private void step(Taking of) {
        if (of != taking) {
            return;
        }
        if (of.isMore && !of.packer.hasFullSlice()) {
            of.isMore = of.source.writeNext(of.packer, of.sliceBytes);
        }
        if (of.packer.hasFullSlice() || !of.isMore && of.packer.gatheredBytes() > 0) {
            writeSlice(of, of.packer.take());
        } else if (of.isMore) {
            kernel.defer(() -> step(of));
        } else {
            finish(of);
        }
    }

    private void writeSlice(Taking of, Bytes payload) {
        Bytes framed = SnapshotFormat.framed(payload, files.group(), of.meta.index(), of.slices);
        long offset = SnapshotFormat.sliceOffset(of.sliceBytes, of.slices);
        of.slices++;
        of.bytes += payload.length();
        of.unsynced += payload.length();
        of.checksum = SnapshotFormat.chain(of.checksum, payload.crc32c());
        files.write(of.name, offset, framed, failure -> onWritten(of, failure));
    }

    /** T2. */
    private void finish(Taking of) {
        SnapshotId id = new SnapshotId(of.meta.index(), of.meta.term(), of.bytes, of.sliceBytes, of.checksum);
        String name = SnapshotName.complete(id.index(), id.term());
        files.write(
                of.name,
                SnapshotFormat.footerOffset(id),
                SnapshotFormat.footer(id),
                failure -> ifGood(
                        of,
                        failure,
                        () -> files.sync(
                                of.name,
                                failed -> ifGood(
                                        of,
                                        failed,
                                        () -> files.rename(
                                                of.name, name, last -> ifGood(of, last, () -> onRenamed(of, id)))))));
    }

    private void ifGood(Taking of, Failure failure, Runnable next) {
        if (of != taking) {
            return;
        }
        if (failure != null) {
            kernel.trace().reached(SnapshotMarks.ABANDONED);
            abandon(failure.reason());
        } else {
            next.run();
        }
    }

    private void onRenamed(Taking of, SnapshotId id) {
        taking = null;
        of.source.close();
        counters.taken++;
        counters.takeNanosLast = kernel.nowNanos() - of.startedNanos;
        kernel.trace().reached(SnapshotMarks.TAKEN);
        if (kernel.trace().isOn()) {
            kernel.trace().transition("take-snapshot", id.toString());
        }
        files.onComplete(id);
        onTaken.accept(of.meta);
    }
}
