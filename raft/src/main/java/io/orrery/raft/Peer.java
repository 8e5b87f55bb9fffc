package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.raft.progress.Progress;

/** Another member, or one that is leaving, as its leader sees it. */
final class Peer {
    final NodeId node;
    final Progress progress;

    /** Index of the configuration entry that removed the node; 0 while it is a member. */
    long removedAt;

    /** As the peer said last; 0 if it does not say. */
    long appliedIndex;

    Peer(NodeId node, Progress progress) {
        this.node = node;
        this.progress = progress;
    }

    /** Whether it was removed and has been told that this is committed: it needs to hear no more. */
    boolean knowsOfRemoval() {
        return removedAt > 0 && progress.commitSent() >= removedAt;
    }

    /** As tools print it. */
    PeerStatus status() {
        return new PeerStatus(
                node,
                progress.state() == Progress.State.PROBE,
                progress.match(),
                progress.next(),
                appliedIndex,
                progress.heardNanos());
    }
}
