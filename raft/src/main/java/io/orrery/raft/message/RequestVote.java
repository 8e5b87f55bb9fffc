package io.orrery.raft.message;

import io.orrery.kernel.NodeId;

/**
 * Asks for a vote (section 5.2). Sent only when the candidate's own vote and term are durable.
 *
 * @param lastIndex of the candidate's last entry
 * @param lastTerm of the candidate's last entry
 * @param transfer whether the leader itself asked for this election: then voters do not hold on to it (dissertation,
 *     sections 3.10 and 4.2.3)
 */
public record RequestVote(long term, long lastIndex, long lastTerm, boolean transfer) implements RaftMessage {
    @Override
    public void dispatch(NodeId from, Handler handler) {
        handler.onRequestVote(from, this);
    }
}
