package io.orrery.raft.message;

import io.orrery.kernel.NodeId;

/**
 * The follower's log is equal to the leader's up to {@code receivedIndex}, and durable up to {@code durableIndex}. Sent in
 * answer to a heartbeat, and whenever a sync has made more entries durable.
 *
 * @param durableIndex what the leader may count; at most receivedIndex
 * @param appliedIndex up to here the follower has applied its log; for tools. 0 from a peer that speaks version 1
 * @param round the highest round of reads of which the follower has received a message in this term; 0 for none, and from a
 *     peer that speaks version 2
 * @param priority the follower's, see {@code RaftConfig}; {@link #PRIORITY_UNKNOWN} from a peer that speaks version 3
 */
public record AppendAck(long term, long receivedIndex, long durableIndex, long appliedIndex, long round, int priority)
        implements RaftMessage {
    /** Of a peer that does not say: it cannot read joint configurations either. */
    public static final int PRIORITY_UNKNOWN = -1;

    /** As version 1 has it. */
    public AppendAck(long term, long receivedIndex, long durableIndex) {
        this(term, receivedIndex, durableIndex, 0, 0);
    }

    /** As version 2 has it. */
    public AppendAck(long term, long receivedIndex, long durableIndex, long appliedIndex) {
        this(term, receivedIndex, durableIndex, appliedIndex, 0);
    }

    /** As version 3 has it. */
    public AppendAck(long term, long receivedIndex, long durableIndex, long appliedIndex, long round) {
        this(term, receivedIndex, durableIndex, appliedIndex, round, PRIORITY_UNKNOWN);
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
