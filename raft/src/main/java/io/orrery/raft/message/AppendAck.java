package io.orrery.raft.message;

import io.orrery.kernel.NodeId;

/**
 * The follower's log is equal to the leader's up to {@code receivedIndex}, and durable up to {@code durableIndex}. Sent in
 * answer to a heartbeat, and whenever a sync has made more entries durable.
 *
 * @param durableIndex what the leader may count; at most receivedIndex
 * @param appliedIndex up to here the follower has applied its log; for tools. 0 from a peer that speaks version 1
 */
public record AppendAck(long term, long receivedIndex, long durableIndex, long appliedIndex) implements RaftMessage {
    /** As version 1 has it. */
    public AppendAck(long term, long receivedIndex, long durableIndex) {
        this(term, receivedIndex, durableIndex, 0);
    }

    @Override
    public long enteredTerm() {
        return term;
    }

    @Override
    public void dispatch(NodeId from, Handler handler) {
        handler.onAppendAck(from, this);
    }
}
