package io.orrery.broker.cluster;

import io.orrery.broker.BrokerMarks;
import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.raft.Configuration;
import io.orrery.raft.MembershipChange;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.forward.ProposalForwarder;

/**
 * What the leader of Raft group 0 does for nodes that come and go: one step a request, one change at a time. What it refuses
 * or forgets, the other side asks for again.
 */
final class LeaderDuties {
    private final Kernel kernel;
    private final Membership membership;
    private final RaftGroup group;
    private final ProposalForwarder forwarder;
    private final Port<KeeperMessage> port;
    private boolean changing;
    private String cleaned = "";

    LeaderDuties(
            Kernel kernel,
            Membership membership,
            RaftGroup group,
            ProposalForwarder forwarder,
            Port<KeeperMessage> port) {
        this.kernel = kernel;
        this.membership = membership;
        this.group = group;
        this.forwarder = forwarder;
        this.port = port;
    }

    void onRequest(NodeId from, KeeperMessage message) {
        if (message instanceof KeeperMessage.JoinRequest join) {
            onJoin(from, join.role());
        } else if (message instanceof KeeperMessage.RemoveRequest remove) {
            onRemove(from, remove);
        }
    }

    private void onJoin(NodeId from, NodeRole role) {
        Member member = membership.member(from);
        if (changing || member == null || !member.isLive()) {
            kernel.trace().reached(BrokerMarks.JOIN_PUT_OFF);
            return;
        }
        Configuration configuration = group.configuration();
        if (!configuration.isMember(from)) {
            change(MembershipChange.addLearner(from), false);
        } else if (configuration.isLearner(from) && role == NodeRole.PRIMARY) {
            change(MembershipChange.promote(from), true);
        }
    }

    private void change(MembershipChange change, boolean promotes) {
        changing = true;
        group.change(change, outcome -> {
            changing = false;
            if (kernel.trace().isOn()) {
                kernel.trace().transition("group-change", change + " " + outcome.status() + " " + outcome.reason());
            }
            if (promotes && outcome.status() == MembershipChange.Status.COMMITTED) {
                kernel.trace().reached(BrokerMarks.NODE_PROMOTED);
            }
        });
    }

    private void onRemove(NodeId from, KeeperMessage.RemoveRequest remove) {
        Member member = membership.member(remove.node());
        if (!remove.node().equals(from) && member != null && member.isLive()) {
            kernel.trace().reached(BrokerMarks.REMOVAL_OF_LIVE_REFUSED);
            String reason = remove.node() + " is running: let it leave";
            port.send(from, new KeeperMessage.RemoveDone(remove.request(), reason));
            return;
        }
        maybeRemove(remove.node(), reason -> port.send(from, new KeeperMessage.RemoveDone(remove.request(), reason)));
    }

    /** Forgets a node that has not run for long. */
    void clean(NodeId node, long afterNanos) {
        maybeRemove(node, reason -> {
            if (reason.isEmpty()) {
                cleaned = node + " has not run for " + afterNanos / 1_000_000_000L
                        + " s: removed from the cluster (cluster.autoclean). When it runs again, it joins again";
                kernel.trace().transition("clean", cleaned);
            }
        });
    }

    /** The last node that was forgotten because it did not run, for people; empty if none was. */
    String cleaned() {
        return cleaned;
    }

    /** First in the cluster's state, then in the group; whoever asked hears how that ended, or asks again. */
    private void maybeRemove(NodeId node, RemovalCallback done) {
        if (changing) {
            return;
        }
        changing = true;
        Configuration before = group.configuration();
        ClusterCommand command = new ClusterCommand.RemoveNode(node);
        forwarder.propose(ClusterCommandCodec.INSTANCE.encode(command), outcome -> {
            changing = false;
            if (outcome.status() != Proposal.Status.COMMITTED) {
                return;
            }
            if (before.isMember(node)) {
                removeFromGroup(node, done);
            } else {
                done.onRemoved("");
            }
        });
    }

    private void removeFromGroup(NodeId node, RemovalCallback done) {
        changing = true;
        group.change(MembershipChange.remove(node), outcome -> {
            changing = false;
            switch (outcome.status()) {
                case COMMITTED -> {
                    kernel.trace().reached(BrokerMarks.NODE_REMOVED);
                    done.onRemoved("");
                }
                case REFUSED -> done.onRemoved(outcome.reason());
                case NOT_LEADER, UNKNOWN -> {}
            }
        });
    }
}
