package io.orrery.raft;

import io.orrery.raft.log.Entry;
import java.util.List;

/**
 * Cuts a leader's log into messages. Peers that keep up need the same entries one after the other, so the last slice is kept: it
 * is still right as long as the log has not grown, for a leader never overwrites its own entries.
 */
final class Slices {
    private final Replica replica;
    private List<Entry> entries = List.of();
    private long first;
    private long logEnd;

    Slices(Replica replica) {
        this.replica = replica;
    }

    /** Entries from {@code next} on that fit a message; at least one, since there is one. */
    List<Entry> from(long next) {
        long last = replica.log.lastIndex();
        if (next != first || last != logEnd) {
            RaftConfig.Limits limits = replica.config.limits();
            entries = replica.log.slice(next, limits.messageEntriesMax(), limits.messageBytesMax());
            first = next;
            logEnd = last;
        }
        return entries;
    }

    /** Keeps no entry alive that the log may have compacted. */
    void forget() {
        entries = List.of();
        first = 0;
    }
}
