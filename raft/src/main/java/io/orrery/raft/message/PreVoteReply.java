package io.orrery.raft.message;

import io.orrery.kernel.NodeId;

/**
 * Answers {@link RequestPreVote}.
 *
 * @param term that of the request if granted, else the voter's own
 */
public record PreVoteReply(long term, boolean granted) implements RaftMessage {
    @Override
    public long enteredTerm() {
        return granted ? 0 : term;
    }

    @Override
    public void dispatch(NodeId from, Handler handler) {
        handler.onPreVoteReply(from, this);
    }
}
