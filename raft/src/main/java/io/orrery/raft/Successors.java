package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.progress.Progress;

/**
 * Who can lead next where an operator moves leadership, and in words who cannot. What is refused here would make clients wait
 * for an election timeout in vain: see {@link Transfer}.
 */
final class Successors {
    private static final long MILLI = 1_000_000;

    private final Replica replica;
    private final Leadership leadership;

    /**
     * @param leadership of this replica, which leads
     */
    Successors(Replica replica, Leadership leadership) {
        this.replica = replica;
        this.leadership = leadership;
    }

    /** Why leadership is not to be handed to the node now; empty if it may be tried. */
    String whyNot(NodeId node) {
        Configuration configuration = replica.configuration();
        if (node.equals(replica.self())) {
            return node + " is the leader already";
        }
        if (configuration.isLearner(node)) {
            return node + " is a learner: it has the log, but no vote";
        }
        if (!configuration.voters().contains(node)) {
            return configuration.isVoter(node)
                    ? node + " stops being a voter: the change of members is under way"
                    : node + " is no voter";
        }
        Transfer transfer = leadership.transfer();
        if (transfer.isUnderWay()) {
            return "leadership is being handed to " + transfer.target() + " already";
        }
        return whyUnfit(leadership.peer(node));
    }

    private String whyUnfit(Peer peer) {
        long now = replica.kernel.nowNanos();
        long electionNanos = replica.config.timing().electionNanos();
        long silentNanos = now - peer.progress.heardNanos();
        if (silentNanos > electionNanos) {
            return peer.node + " has not been heard from for " + silentNanos / MILLI + " ms";
        }
        if (peer.isUnreachable) {
            return peer.node + " cannot be reached, and was heard last " + silentNanos / MILLI + " ms ago";
        }
        if (peer.isForgetful(now, electionNanos)) {
            return peer.node + " lost a part of its log, and withholds its vote until it has that again";
        }
        if (peer.progress.state() == Progress.State.SNAPSHOT) {
            return peer.node + " is behind: it fetches a snapshot";
        }
        return "";
    }

    /** Whom the node, once it leads, is to hand leadership on to, by priority; null for nobody, or if its own is not known. */
    NodeId preferredTo(NodeId node) {
        Peer successor = leadership.peer(node);
        if (successor == null || successor.priority == AppendAck.PRIORITY_UNKNOWN) {
            return null;
        }
        int bar = successor.priority + Transfer.CLEARLY;
        NodeId best = replica.config.priority() >= bar ? replica.self() : null;
        int highest = Math.max(bar - 1, replica.config.priority());
        for (NodeId voter : replica.configuration().voters()) {
            Peer peer = leadership.peer(voter);
            if (peer != null && !voter.equals(node) && peer.priority > highest) {
                best = voter;
                highest = peer.priority;
            }
        }
        return best;
    }
}
