package io.orrery.raft.message;

import io.orrery.kernel.NodeId;

/**
 * The leader asks a caught-up follower to campaign at once (dissertation, section 3.10).
 */
public record TimeoutNow(long term) implements RaftMessage {
    @Override
    public void dispatch(NodeId from, Handler handler) {
        handler.onTimeoutNow(from, this);
    }
}
