package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.progress.CatchUp;
import io.orrery.raft.progress.Progress;

/** Another member, or one that is leaving, as its leader sees it. */
final class Peer {
    final NodeId node;
    final Progress progress;

    /** Index of the configuration entry that removed the node; 0 while it is a member. */
    long removedAt;

    /** Of a learner that is to vote when it has caught up; else null. */
    CatchUp catchUp;

    /** As the peer said last; unknown of one that has not answered, or runs an earlier release. */
    int priority = AppendAck.PRIORITY_UNKNOWN;

    /** Whether the transport refused the last message to it, and it has not answered since. */
    boolean isUnreachable;

    /** Whether it answered in a version that has no joint configurations. */
    boolean runsEarlierRelease;

    /** As the peer said last; 0 if it does not say. */
    long appliedIndex;

    /** When it last asked what it may have forgotten; the least number if it has not. */
    private long recalledNanos = Long.MIN_VALUE;

    /** Whether it was sent entries since the last heartbeat. */
    boolean isSpokenTo;

    /** The last round of reads that it was told of. */
    long roundSent;

    /** Up to this round of reads it has answered. */
    long roundAnswered;

    Peer(NodeId node, Progress progress) {
        this.node = node;
        this.progress = progress;
    }

    void onRecall(long nowNanos) {
        recalledNanos = nowNanos;
    }

    /** Whether it withholds its vote, as far as it has said: it asks in each election timeout until it votes. */
    boolean isForgetful(long nowNanos, long electionNanos) {
        return recalledNanos > nowNanos - 2 * electionNanos;
    }

    /** Whether it was removed and has been told that this is committed: it needs to hear no more. */
    boolean knowsOfRemoval() {
        return removedAt > 0 && progress.commitSent() >= removedAt;
    }

    /** As tools print it. */
    PeerStatus status() {
        return new PeerStatus(
                node,
                progress.state(),
                progress.match(),
                progress.next(),
                appliedIndex,
                priority,
                removedAt > 0,
                progress.heardNanos());
    }
}
