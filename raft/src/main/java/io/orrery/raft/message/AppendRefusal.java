package io.orrery.raft.message;

import io.orrery.kernel.NodeId;

/**
 * The follower's log does not match at the entry that an AppendEntries built on, or the sender's term is over (then only
 * {@code term} means something).
 *
 * @param refusedIndex the prevIndex that was refused
 * @param hintIndex the logs can match at most up to here (section 5.3, conflict optimization)
 * @param hintTerm the follower's term at hintIndex
 */
public record AppendRefusal(long term, long refusedIndex, long hintIndex, long hintTerm) implements RaftMessage {
    @Override
    public long enteredTerm() {
        return term;
    }

    @Override
    public void dispatch(NodeId from, Handler handler) {
        handler.onAppendRefusal(from, this);
    }
}
