package io.orrery.raft;

import io.orrery.kernel.codec.Encoder;
import io.orrery.raft.log.EntryBatch;

/**
 * Cuts a leader's log into messages. Peers that keep up need the same entries one after the other, so the last slice is kept: it
 * is still right as long as the log has not grown, for a leader never overwrites its own entries.
 */
final class Slices {
    private static final int BYTES_MAX = 64 * 1024 * 1024;

    private final Replica replica;
    private Encoder out = newEncoder();
    private EntryBatch entries = EntryBatch.EMPTY;
    private long first;
    private long logEnd;
    private boolean isUsed;

    Slices(Replica replica) {
        this.replica = replica;
    }

    private static Encoder newEncoder() {
        return new Encoder(0, BYTES_MAX);
    }

    /** Entries from {@code next} on that fit a message; at least one, since there is one. Right until the next slice is cut. */
    EntryBatch from(long next) {
        long last = replica.log.lastIndex();
        if (next != first || last != logEnd) {
            RaftConfig.Limits limits = replica.config.limits();
            entries = replica.log.slice(next, limits.messageEntriesMax(), limits.messageBytesMax(), out);
            first = next;
            logEnd = last;
            isUsed = true;
        }
        return entries;
    }

    /** Gives memory back where nothing was cut since it was asked to last. */
    void maybeForget() {
        if (!isUsed) {
            out = newEncoder();
            entries = EntryBatch.EMPTY;
            first = 0;
        }
        isUsed = false;
    }
}
