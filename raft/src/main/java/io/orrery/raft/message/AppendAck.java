package io.orrery.raft.message;

import io.orrery.kernel.NodeId;

/**
 * The follower's log is equal to the leader's up to {@code receivedIndex}, and durable up to {@code durableIndex}. Sent in
 * answer to a heartbeat, and whenever a sync has made more entries durable.
 *
 * @param durableIndex what the leader may count; at most receivedIndex
 */
public record AppendAck(long term, long receivedIndex, long durableIndex) implements RaftMessage {
    @Override
    public void dispatch(NodeId from, Handler handler) {
        handler.onAppendAck(from, this);
    }
}
