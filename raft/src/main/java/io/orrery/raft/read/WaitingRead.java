package io.orrery.raft.read;

import io.orrery.kernel.Check;

/** A read that has not ended. */
public final class WaitingRead {
    private final ReadKind kind;
    private final boolean forPeer;
    private final long deadlineNanos;
    private final Read.Callback callback;
    private long ticket;
    private long index;

    /**
     * @param forPeer whether a follower asked for it, which waits itself until it has applied what it needs
     * @param deadlineNanos when it gives up
     */
    public WaitingRead(ReadKind kind, boolean forPeer, long deadlineNanos, Read.Callback callback) {
        this.kind = kind;
        this.forPeer = forPeer;
        this.deadlineNanos = deadlineNanos;
        this.callback = callback;
    }

    public ReadKind kind() {
        return kind;
    }

    public boolean isForPeer() {
        return forPeer;
    }

    public Read.Callback callback() {
        return callback;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    long ticket() {
        return ticket;
    }

    /** What must be applied to answer it; 0 while that is not known. */
    public long index() {
        return index;
    }

    void ask(long newTicket, long atLeast) {
        ticket = newTicket;
        index = atLeast;
    }

    void raiseIndex(long newIndex) {
        Check.that(newIndex >= index, "an index learnt later is no smaller", newIndex, index);
        index = newIndex;
    }
}
