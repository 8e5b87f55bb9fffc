package io.orrery.raft.message;

import io.orrery.kernel.NodeId;

/**
 * Answers {@link RequestVote}. A vote is granted only when it is durable.
 *
 * @param term the voter's own
 */
public record VoteReply(long term, boolean granted) implements RaftMessage {
    @Override
    public long enteredTerm() {
        return term;
    }

    @Override
    public void dispatch(NodeId from, Handler handler) {
        handler.onVoteReply(from, this);
    }
}
