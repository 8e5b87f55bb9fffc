package io.orrery.raft.message;

import io.orrery.kernel.NodeId;

/**
 * Asks whether a vote would be granted, before a term is spent on asking for one (dissertation, section 9.6).
 *
 * @param term the one that the sender would campaign in: its own plus one
 * @param lastIndex of the sender's last entry
 * @param lastTerm of the sender's last entry
 */
public record RequestPreVote(long term, long lastIndex, long lastTerm) implements RaftMessage {
    @Override
    public void dispatch(NodeId from, Handler handler) {
        handler.onRequestPreVote(from, this);
    }
}
