package io.orrery.broker.cluster;

import io.orrery.broker.BrokerMarks;
import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Timer;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.forward.ProposalForwarder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Keeps the members of Raft group 0 in step with the cluster.
 *
 * <p>A node that is not in the group's configuration asks to be: it sends a JoinRequest to the leader it was told of, or to a
 * member drawn at random, which redirects it. Each request takes the node one step further on the leader's side: learner,
 * then voter if it is primary; so a lost request, or a leader lost in between, only costs a repetition. Once in the group
 * the node registers itself in the cluster's state.
 *
 * <p>A removal goes the same way to the leader, which forgets the node in the cluster's state first and then in the group.
 */
public final class ClusterKeeper implements Protocol {
    private static final int PROTOCOL = 7;

    private final Kernel kernel;
    private final KeeperConfig config;
    private final NodeRole role;
    private final Membership membership;
    private final RaftGroup group;
    private final ProposalForwarder forwarder;
    private final Port<KeeperMessage> port;
    private final Timer timer;
    private final LeaderDuties duties;
    private final Cleaner cleaner;
    private final TreeMap<Long, Removal> removals = new TreeMap<>();
    private NodeId hint;
    private boolean started;
    private boolean settled;
    private boolean leaving;
    private boolean registered;
    private boolean registering;
    private long requests;

    /** A removal that this node asked for. */
    private record Removal(NodeId node, long deadlineNanos, RemovalCallback done) {}

    public ClusterKeeper(
            Kernel kernel,
            KeeperConfig config,
            NodeRole role,
            Membership membership,
            RaftGroup group,
            ProposalForwarder forwarder,
            ClusterState state) {
        this.kernel = kernel;
        this.config = config;
        this.role = role;
        this.membership = membership;
        this.group = group;
        this.forwarder = forwarder;
        this.port = kernel.open(new Channel(PROTOCOL, 0, Delivery.STREAM), new KeeperCodec(), this::onMessage);
        this.timer = kernel.timer("keeper", this::onTick);
        this.duties = new LeaderDuties(kernel, membership, group, forwarder, port);
        this.cleaner = new Cleaner(kernel, config.cleanNanos(), membership, group, state);
    }

    @Override
    public void start() {
        started = true;
        timer.restart(0);
    }

    /** Whether this node has the place in the group that its role asks for. */
    public boolean isSettled() {
        return role == NodeRole.PRIMARY
                ? group.configuration().isVoter(kernel.self())
                : group.configuration().isMember(kernel.self());
    }

    /** Whether this node's record is in the cluster's state as it is now. */
    public boolean isRegistered() {
        return registered;
    }

    /** The last node that was forgotten because it did not run, for people; empty if none was. */
    public String cleaned() {
        return duties.cleaned();
    }

    /** Asks to join, also after this node was removed. */
    public void join() {
        leaving = false;
        registered = false;
        timer.restart(0);
    }

    /** Has a node forgotten: this one, which then asks no more to join, or one that is not running. */
    public void remove(NodeId node, RemovalCallback done) {
        if (removals.size() >= config.removalsMax()) {
            kernel.defer(() -> done.onRemoved("too many removals at one time"));
            return;
        }
        if (node.equals(kernel.self())) {
            leaving = true;
        }
        removals.put(++requests, new Removal(node, kernel.nowNanos() + config.timeoutNanos(), done));
        timer.restart(0);
    }

    private void onTick() {
        if (membership.self().incarnation().generation() > 0) {
            noteSettled();
            if (needsPlace()) {
                noteAsking();
                ask(new KeeperMessage.JoinRequest(role));
            }
            if (!registered && !leaving && group.configuration().isMember(kernel.self())) {
                register();
            }
            askForRemovals();
            NodeId gone = cleaner.due();
            if (gone != null) {
                duties.clean(gone, config.cleanNanos());
            }
        }
        timer.restart(config.retryNanos());
    }

    private void noteAsking() {
        if (isSettled()) {
            kernel.trace().reached(BrokerMarks.LEADERLESS_MEMBER_ASKED);
        }
    }

    private void noteSettled() {
        if (settled != isSettled()) {
            settled = !settled;
            if (kernel.trace().isOn()) {
                String what = settled ? "settled" : "unsettled";
                kernel.trace().transition(what, group.configuration().toString());
            }
        }
    }

    /**
     * Whether to ask for a place in the group. Also when this node has one by its own log and yet no leader speaks to it: it
     * may have been forgotten while it was down or out of reach. Asking is harmless if it was not. What counts is who speaks,
     * not who spoke last: one that does not campaign, as a learner or a replica that has forgotten its votes, believes in its last
     * leader for ever.
     */
    private boolean needsPlace() {
        return !leaving && (!isSettled() || group.leaderHeard() == null);
    }

    private void register() {
        if (registering) {
            return;
        }
        registering = true;
        ClusterCommand command =
                new ClusterCommand.RegisterNode(kernel.self(), membership.self().address(), role);
        forwarder.propose(ClusterCommandCodec.INSTANCE.encode(command), outcome -> {
            registering = false;
            registered |= outcome.isCommitted();
        });
    }

    private void askForRemovals() {
        List<Long> late = new ArrayList<>();
        removals.forEach((request, removal) -> {
            if (kernel.nowNanos() >= removal.deadlineNanos) {
                late.add(request);
            } else {
                ask(new KeeperMessage.RemoveRequest(request, removal.node));
            }
        });
        for (long request : late) {
            kernel.trace().reached(BrokerMarks.REMOVAL_TIMED_OUT);
            endRemoval(request, "no leader answered in time");
        }
    }

    private void endRemoval(long request, String reason) {
        Removal removal = removals.remove(request);
        if (removal == null) {
            return;
        }
        if (kernel.trace().isOn()) {
            kernel.trace().transition("removal", "node=" + removal.node + " failed=" + reason);
        }
        removal.done.onRemoved(reason);
    }

    /** Sends to the leader as far as it is known, else to any live member. */
    private void ask(KeeperMessage message) {
        NodeId target = isSettled() ? group.leaderHeard() : null;
        if (target == null) {
            target = isLive(hint) ? hint : anyone();
        }
        if (target != null) {
            port.send(target, message);
        }
        hint = null;
    }

    private boolean isLive(NodeId node) {
        Member member = node == null ? null : membership.member(node);
        return member != null && member.isLive();
    }

    private NodeId anyone() {
        List<NodeId> live = new ArrayList<>();
        for (Member member : membership.members().values()) {
            if (member.isLive() && !member.node().equals(kernel.self())) {
                live.add(member.node());
            }
        }
        return live.isEmpty() ? null : live.get(kernel.prng().below(live.size()));
    }

    private void onMessage(NodeId from, KeeperMessage message) {
        if (message instanceof KeeperMessage.Redirect redirect) {
            onRedirect(redirect);
        } else if (message instanceof KeeperMessage.RemoveDone done) {
            endRemoval(done.request(), done.reason());
        } else if (group.isLeader()) {
            duties.onRequest(from, message);
        } else if (group.leader() != null && !group.leader().equals(from)) {
            kernel.trace().reached(BrokerMarks.JOIN_REDIRECTED);
            port.send(from, new KeeperMessage.Redirect(group.leader()));
        }
    }

    /** Knows better now whom to ask, and does so at once. */
    private void onRedirect(KeeperMessage.Redirect redirect) {
        boolean waiting = needsPlace() || !removals.isEmpty();
        if (waiting
                && hint == null
                && isLive(redirect.leader())
                && !redirect.leader().equals(kernel.self())) {
            hint = redirect.leader();
            if (needsPlace()) {
                port.send(hint, new KeeperMessage.JoinRequest(role));
            }
            removals.forEach(
                    (request, removal) -> port.send(hint, new KeeperMessage.RemoveRequest(request, removal.node)));
        }
    }

    @Override
    public void checkInvariants() {
        Check.that(!started || timer.isArmed(), "a keeper always looks again");
    }
}
