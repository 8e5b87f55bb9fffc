package io.orrery.raft.log;

import io.orrery.kernel.Check;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Storage.Failure;

/**
 * One file beside the segments, whose space is already taken: the next segment is written into it. A released segment is put
 * there, so that writing it again allocates nothing; where there is none, a smaller one of zeros is made, so that there is
 * space for votes, truncations and changes of members when the disk is full.
 *
 * <p>What the file holds means nothing: a record is valid in its own segment and at its own offset only.
 *
 * <ul>
 *   <li>I1: one operation at a time changes the file.
 * </ul>
 */
final class Spare {
    static final String FILE = "spare.log";

    private static final int PIECE_BYTES = 256 * 1024;

    /** Hears of the spare. */
    interface Listener {
        /** There is one. */
        void onSpareReady();

        /** None could be made for want of space. */
        void onNoSpace();
    }

    private final Storage storage;
    private final int reserveBytes;
    private final Listener listener;
    private boolean busy;
    private long bytes;

    /**
     * @param reserveBytes size of one that is made of zeros
     */
    Spare(Storage storage, int reserveBytes, Listener listener) {
        this.storage = storage;
        this.reserveBytes = reserveBytes;
        this.listener = listener;
    }

    /** The file as it was found; 0 bytes for none. */
    void onRecovered(long foundBytes) {
        bytes = foundBytes < reserveBytes ? 0 : foundBytes;
        maybeMake();
    }

    boolean isReady() {
        return !busy && bytes > 0;
    }

    /** 0 while it cannot be taken. */
    long bytes() {
        return busy ? 0 : bytes;
    }

    /** Makes one of zeros, unless there is one; the listener hears how that ended. */
    void maybeMake() {
        if (!busy && bytes == 0) {
            busy = true;
            fill(0);
        }
    }

    private void fill(long from) {
        if (from == reserveBytes) {
            storage.sync(FILE, (nothing, failure) -> {
                WalRecovery.refuse(failure, "sync " + FILE);
                onReady(reserveBytes);
            });
            return;
        }
        int length = (int) Math.min(PIECE_BYTES, reserveBytes - from);
        storage.write(FILE, from, Runway.zeros(length), (nothing, failure) -> {
            if (failure != null && failure.kind() == Failure.Kind.FULL) {
                giveUp();
            } else {
                WalRecovery.refuse(failure, "write " + FILE);
                fill(from + length);
            }
        });
    }

    /** A part of it would only take space from what needs it more. */
    private void giveUp() {
        storage.delete(FILE, (nothing, failure) -> {
            WalRecovery.refuse(failure, "delete " + FILE);
            busy = false;
            listener.onNoSpace();
        });
    }

    private void onReady(long newBytes) {
        busy = false;
        bytes = newBytes;
        listener.onSpareReady();
    }

    /** The spare becomes a segment. */
    void take(String segmentFile, Runnable done) {
        Check.that(isReady(), "a spare that is there is taken");
        busy = true;
        storage.rename(FILE, segmentFile, (nothing, failure) -> {
            WalRecovery.refuse(failure, "rename " + FILE + " to " + segmentFile);
            busy = false;
            bytes = 0;
            done.run();
        });
    }

    /** A released segment is deleted: one that is damaged would begin a next one with what no segment begins with. */
    void drop(String segmentFile) {
        storage.delete(segmentFile, (nothing, failure) -> WalRecovery.refuse(failure, "delete " + segmentFile));
    }

    /** A released segment becomes the spare, if that is better than the one there is; else it is deleted. */
    void put(String segmentFile, long segmentBytes) {
        if (busy || segmentBytes <= bytes || segmentBytes < reserveBytes) {
            drop(segmentFile);
            return;
        }
        busy = true;
        storage.rename(segmentFile, FILE, (nothing, failure) -> {
            WalRecovery.refuse(failure, "rename " + segmentFile + " to " + FILE);
            onReady(segmentBytes);
        });
    }
}
