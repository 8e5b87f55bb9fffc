package io.orrery.raft.message;

import io.orrery.kernel.NodeId;

/**
 * A follower asks its leader from where on its state is recent enough to be read (dissertation, section 6.4).
 *
 * @param id of the request, unique over all incarnations of the asking node; repeated when the request is
 * @param lease whether the leader's lease suffices, if it holds
 */
public record RequestReadIndex(long term, long id, boolean lease) implements RaftMessage {
    @Override
    public void dispatch(NodeId from, Handler handler) {
        handler.onRequestReadIndex(from, this);
    }
}
