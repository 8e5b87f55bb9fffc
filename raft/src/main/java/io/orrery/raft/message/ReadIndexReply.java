package io.orrery.raft.message;

import io.orrery.kernel.NodeId;

/**
 * Answers {@link RequestReadIndex}.
 *
 * @param id of the request
 * @param status INDEX: all that was committed when the request was received is at or before {@code index}
 * @param index 0 unless the status is INDEX
 */
public record ReadIndexReply(long term, long id, Status status, long index) implements RaftMessage {
    /** How the leader answers. On the wire by its place. */
    public enum Status {
        INDEX,
        /** The one that was asked does not lead, or not any more. */
        NOT_LEADER,
        /** The leader has too many reads waiting. */
        OVERLOADED
    }

    @Override
    public void dispatch(NodeId from, Handler handler) {
        handler.onReadIndexReply(from, this);
    }
}
