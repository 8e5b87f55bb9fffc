package io.orrery.raft.log;

import io.orrery.kernel.Check;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.codec.Bytes;

/**
 * Takes space for the segment that is written before it is needed: zeros ahead of the last batch, written and synced a piece at a
 * time. A batch then lies where the file has its blocks already, so that its sync writes no metadata, and a disk that has no
 * space says so here and not in the middle of an append.
 *
 * <p>Zeros, and not a request to the file system to set blocks aside: such blocks are turned into written ones at the first
 * sync that covers them, which is the metadata that was to be saved.
 *
 * <ul>
 *   <li>I1: one piece at a time is under way; a batch's sync waits for no more than that.
 *   <li>I2: zeros go only where no batch was issued. What is issued later lies over them.
 *   <li>I3: nothing is added to a segment once it is being closed.
 * </ul>
 */
final class Runway {
    private static final int PIECE_BYTES = 1 << 20;
    private static final Bytes ZEROS = Bytes.wrap(new byte[PIECE_BYTES]);

    /** So many zeros to write; at most a piece. */
    static Bytes zeros(int length) {
        return ZEROS.slice(0, length);
    }

    /** Hears of the space. */
    interface Listener {
        /** The segment's file is so long now, or on its way to be. */
        void onExtended(long bytes);

        /** There is as much space as is wanted. */
        void onFilled();

        /** There is none. */
        void onRunwayRefused();
    }

    private final Storage storage;
    private final long segmentBytes;
    private final long aheadBytes;
    private final Listener listener;
    /** Null while there is no segment to extend. */
    private String file;

    private long written;
    private long end;
    private boolean isFilling;
    private boolean isBusy;
    private boolean isRefused;
    private boolean pieceIsRefused;

    Runway(Storage storage, WalConfig config, Listener listener) {
        this.storage = storage;
        this.segmentBytes = config.segmentBytes();
        this.aheadBytes = config.aheadBytes();
        this.listener = listener;
    }

    /** A batch of this segment was issued. */
    void onIssued(String segmentFile, long endOfBatch, long fileBytes) {
        if (!segmentFile.equals(file)) {
            file = segmentFile;
            end = fileBytes;
            isFilling = false;
            isRefused = false;
        }
        written = endOfBatch;
        end = Math.max(end, endOfBatch);
        maybeExtend();
    }

    /** I3: the segment is about to be closed, or the node has none yet. */
    void stop() {
        file = null;
        isRefused = false;
    }

    /** Whether the disk had no space when it was last asked. */
    boolean isRefused() {
        return isRefused;
    }

    /** Asks the disk again. */
    void retry() {
        Check.that(isRefused, "the disk is asked again after it refused");
        isRefused = false;
        maybeExtend();
    }

    private void maybeExtend() {
        if (isBusy || isRefused || file == null) {
            return;
        }
        isFilling |= end < Math.min(segmentBytes, written + aheadBytes / 2);
        long wanted = Math.min(segmentBytes, written + aheadBytes);
        if (isFilling && end < wanted) {
            extend((int) Math.min(PIECE_BYTES, wanted - end));
        } else if (isFilling) {
            isFilling = false;
            listener.onFilled();
        }
    }

    private void extend(int length) {
        Check.that(end >= written, "I2: zeros go behind what was issued", end, written);
        Check.that(!isBusy, "I1: one piece at a time");
        isBusy = true;
        String extended = file;
        long from = end;
        end += length;
        listener.onExtended(end);
        storage.write(extended, from, zeros(length), (nothing, failure) -> onWritten(extended, from, failure));
        storage.sync(extended, (nothing, failure) -> onSynced(extended, failure));
    }

    private void onWritten(String extended, long from, Failure failure) {
        if (failure != null && failure.kind() == Failure.Kind.FULL) {
            pieceIsRefused = extended.equals(file);
            end = pieceIsRefused ? Math.max(from, written) : end;
        } else {
            WalRecovery.refuse(failure, "write ", extended);
        }
    }

    private void onSynced(String extended, Failure failure) {
        WalRecovery.refuse(failure, "sync ", extended);
        isBusy = false;
        isRefused |= pieceIsRefused && extended.equals(file);
        boolean isToBeSaid = pieceIsRefused && isRefused;
        pieceIsRefused = false;
        if (isToBeSaid) {
            listener.onRunwayRefused();
        }
        maybeExtend();
    }
}
