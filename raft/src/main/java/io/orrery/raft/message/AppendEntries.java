package io.orrery.raft.message;

import io.orrery.kernel.NodeId;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.EntryBatch;
import java.util.List;

/**
 * Replicates entries, and is the leader's heartbeat when it has none (section 5.3).
 *
 * @param prevIndex of the entry before the first of {@code entries}
 * @param prevTerm of that entry
 * @param commitIndex the leader's
 * @param round the last round of reads that the leader has begun in its term, which the answer repeats; 0 for none, and from
 *     a peer that speaks version 2
 * @param entries with indexes from prevIndex + 1 on and terms that neither fall nor exceed {@code term}; borrowed, as those
 *     of a frame are
 */
public record AppendEntries(long term, long prevIndex, long prevTerm, long commitIndex, long round, EntryBatch entries)
        implements RaftMessage {
    /** Of entries that are objects. */
    public AppendEntries(long term, long prevIndex, long prevTerm, long commitIndex, long round, List<Entry> entries) {
        this(term, prevIndex, prevTerm, commitIndex, round, EntryBatch.of(entries));
    }

    /** As version 2 has it. */
    public AppendEntries(long term, long prevIndex, long prevTerm, long commitIndex, List<Entry> entries) {
        this(term, prevIndex, prevTerm, commitIndex, 0, EntryBatch.of(entries));
    }

    /** The same, to be kept beyond the event. */
    public AppendEntries kept() {
        return new AppendEntries(term, prevIndex, prevTerm, commitIndex, round, entries.kept());
    }

    /** The last index this message speaks of. */
    public long lastIndex() {
        return prevIndex + entries.size();
    }

    @Override
    public long enteredTerm() {
        return term;
    }

    @Override
    public void dispatch(NodeId from, Handler handler) {
        handler.onAppendEntries(from, this);
    }
}
