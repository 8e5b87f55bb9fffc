package io.orrery.broker.heal;

import io.orrery.broker.BrokerMarks;
import io.orrery.broker.cluster.ClusterCommand;
import io.orrery.broker.cluster.ClusterCommandCodec;
import io.orrery.broker.cluster.ClusterState;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.Membership;
import io.orrery.gossip.MembershipListener;
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
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Restarts the minority after a split, once for each split: the mode that EMQ X calls autoheal.
 *
 * <pre>
 *   a member that was dead is back as it was ──► who was apart, to the leader of group 0
 *   the leader: no news for a while, most nodes are back ──► {@link HealPlan} ──► a command in the log
 *   each node: the command names this life of it ──► its owner is told to start it anew
 * </pre>
 *
 * <ul>
 *   <li>L1: a decision is a committed command that names the decision before it, so of two leaders' one is void.
 *   <li>L2: it names lives of nodes, not nodes: a node that has restarted does not restart for it again, and a restart that
 *       was missed, since the node was down, is not made up for.
 *   <li>L3: an absence is settled when a decision ends one of the two lives, or that is over anyway, and not before: whoever is
 *       found alive while a decision is on its way, or after it, is decided about next. Of two that were apart never both stay,
 *       so each is settled in the end, and none twice.
 *   <li>L4: nothing is decided while half of the nodes or more are away: the split may not be over. Nor while there is news: that
 *       somebody reports otherwise, and that one who was missed is back.
 * </ul>
 */
public final class Healer implements Protocol {
    private static final Channel CHANNEL = new Channel(10, 0, Delivery.STREAM);
    private static final int TICKS_PER_WAIT = 5;

    private final Kernel kernel;
    private final long waitNanos;
    private final Membership membership;
    private final RaftGroup group;
    private final ProposalForwarder proposals;
    private final ClusterState state;
    private final Port<HealReport> port;
    private final Timer timer;
    private final Absences absences;
    private final TreeMap<NodeId, HealReport> reports = new TreeMap<>();
    private SortedMap<NodeId, SortedSet<NodeId>> views = Collections.emptySortedMap();
    private Runnable onRestart = () -> {};
    private long newsNanos;
    private long healedAt = -1;
    private boolean isDeciding;
    private boolean isToRestart;

    /**
     * @param waitNanos for so long nothing new must have been reported; 0 to never restart anybody
     * @param state the cluster's, as this node has applied it
     */
    public Healer(
            Kernel kernel,
            long waitNanos,
            Membership membership,
            RaftGroup group,
            ProposalForwarder proposals,
            ClusterState state) {
        this.kernel = kernel;
        this.waitNanos = waitNanos;
        this.membership = membership;
        this.group = group;
        this.proposals = proposals;
        this.state = state;
        this.absences = new Absences(membership);
        this.port = kernel.open(CHANNEL, HealReport.codec(), this::onReport);
        this.timer = kernel.timer("heal", this::onTick);
        membership.listen(new MembershipListener() {
            @Override
            public void onChange(Member before, Member after) {
                noteAbsence(before, after);
            }

            @Override
            public void onReaped(Member last) {
                absences.forget(last.node());
            }
        });
    }

    @Override
    public void start() {
        if (waitNanos > 0) {
            timer.restart(waitNanos / TICKS_PER_WAIT);
        }
    }

    /** Who restarts this node when it is to; told at most once, in an event of this node. */
    public void onRestart(Runnable restart) {
        onRestart = restart;
    }

    /** Whether a decision says that this life of the node is over. */
    public boolean isToRestart() {
        return isToRestart;
    }

    /** A member is taken for dead; or one that was turns out to have lived: it, or this node, was cut off. */
    private void noteAbsence(Member before, Member after) {
        long generation = after.incarnation().generation();
        absences.end(after.node(), after.state() == MemberState.LEFT ? generation : generation - 1);
        if (waitNanos == 0) {
            return;
        }
        if (after.state() == MemberState.DEAD) {
            absences.onDeath(after, state.heal().restarts(after.node(), generation));
        } else if (before != null && before.state() == MemberState.DEAD && after.isLive()) {
            absences.onReturn(after);
        }
    }

    private long generation() {
        return membership.self().incarnation().generation();
    }

    private void onTick() {
        noteDecision();
        if (!absences.isEmpty() && !isToRestart) {
            HealReport report = new HealReport(healedAt, generation(), absences.apart());
            if (group.isLeader()) {
                onReport(kernel.self(), report);
            } else if (group.leader() != null) {
                port.send(group.leader(), report);
            }
        }
        if (group.isLeader()) {
            maybeDecide();
        }
        timer.restart(waitNanos / TICKS_PER_WAIT);
    }

    /** L2, L3. */
    private void noteDecision() {
        HealRecord last = state.heal();
        if (last.index() == healedAt) {
            return;
        }
        healedAt = last.index();
        last.restarts().forEach(absences::settle);
        if (last.restarts(kernel.self(), generation()) && !isToRestart) {
            isToRestart = true;
            kernel.trace().reached(BrokerMarks.MINORITY_RESTARTED);
            kernel.trace().transition("restart-by-heal", "decision " + healedAt);
            kernel.defer(onRestart);
        }
    }

    private void onReport(NodeId from, HealReport report) {
        Member sender = from.equals(kernel.self()) ? membership.self() : membership.member(from);
        if (waitNanos == 0
                || sender == null
                || !sender.isLive()
                || report.healedAt() < state.heal().index()) {
            return;
        }
        reports.put(from, report);
    }

    /** L3, L4: who missed whom, of lives that go on. */
    private void updateViews() {
        reports.entrySet().removeIf(entry -> !isPresent(entry.getKey(), entry.getValue()));
        TreeMap<NodeId, SortedSet<NodeId>> now = new TreeMap<>();
        reports.forEach((node, report) -> {
            TreeSet<NodeId> present = new TreeSet<>();
            report.missed().forEach((other, generation) -> {
                if (goesOn(other, generation)) {
                    present.add(other);
                }
            });
            now.put(node, present);
        });
        if (!now.equals(views)) {
            views = now;
            newsNanos = kernel.nowNanos();
        }
    }

    private void maybeDecide() {
        updateViews();
        int nodes = Math.max(state.nodes().size(), membership.livePeers().size() + 1);
        boolean isMost = 2 * (membership.livePeers().size() + 1) > nodes;
        if (isDeciding || reports.isEmpty() || !isMost || kernel.nowNanos() - newsNanos < waitNanos) {
            return;
        }
        HealPlan plan = HealPlan.decide(views);
        if (plan.isEmpty()) {
            return;
        }
        TreeMap<NodeId, Long> restarts = new TreeMap<>();
        plan.restarts().forEach(node -> restarts.put(node, generationOf(node)));
        isDeciding = true;
        kernel.trace().transition("heal", "stay " + plan.stays() + ", restart " + plan.restarts());
        ClusterCommand command = new ClusterCommand.HealSplit(state.heal().index(), restarts);
        proposals.propose(ClusterCommandCodec.INSTANCE.encode(command), outcome -> isDeciding = false);
    }

    private boolean isPresent(NodeId node, HealReport report) {
        return report.healedAt() >= state.heal().index() && goesOn(node, report.generation());
    }

    /** Whether that life of the node is there, and no decision ends it. */
    private boolean goesOn(NodeId node, long generation) {
        return generationOf(node) == generation && !state.heal().restarts(node, generation);
    }

    /** Of a live member; 0 if it is none. */
    private long generationOf(NodeId node) {
        Member member = node.equals(kernel.self()) ? membership.self() : membership.member(node);
        return member == null || !member.isLive() ? 0 : member.incarnation().generation();
    }

    @Override
    public void checkInvariants() {
        Check.that(waitNanos > 0 || absences.isEmpty(), "a node that restarts nobody reports nothing");
    }
}
