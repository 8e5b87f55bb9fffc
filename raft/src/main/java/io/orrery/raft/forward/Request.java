package io.orrery.raft.forward;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Proposal;

/** A proposal that waits for a leader, or for the leader's answer. */
final class Request {
    final long id;
    final Bytes command;
    final Proposal.Callback callback;
    final long deadlineNanos;

    /** The leader it was sent to; null while it certainly has no effect. */
    NodeId sentTo;

    long sentNanos;
    int redirects;
    int quickRetries;

    Request(long id, Bytes command, Proposal.Callback callback, long deadlineNanos) {
        this.id = id;
        this.command = command;
        this.callback = callback;
        this.deadlineNanos = deadlineNanos;
    }
}
