package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.raft.Configuration;
import io.orrery.raft.MembershipChange;
import io.orrery.raft.MembershipChange.Kind;
import io.orrery.raft.MembershipChange.Step;
import io.orrery.raft.RaftGroup;
import io.orrery.sim.Simulation;
import io.orrery.sim.scenario.FaultBudget;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Members of a Raft group that come and go, and leadership that is handed over, asked of whoever believes to lead. In the end
 * all nodes are made voters again.
 *
 * <ul>
 *   <li>H1: never fewer voters than half of all nodes are asked for, and of any voters asked for a majority are nodes that the
 *       plan does not stop for good: else the group would rightly be at an end. Half, so that all voters can be replaced.
 * </ul>
 */
final class RaftChurn {
    private static final long RESTORE_NANOS = Time.millis(50);
    private static final int LEADER_PPM = 250_000;

    private final Simulation sim;
    private final Function<NodeId, RaftGroup> groups;
    private final int votersMin;
    private final SortedSet<NodeId> mortal;
    private boolean isOver;

    RaftChurn(Simulation sim, Scenario scenario, Function<NodeId, RaftGroup> groups) {
        this.sim = sim;
        this.groups = groups;
        this.votersMin = Math.max(1, scenario.nodeCount() / 2);
        this.mortal = FaultBudget.mayLose(scenario);
    }

    /** One change, of what is possible as the leader sees it. */
    void operate(Prng luck) {
        NodeId leader = leader();
        int kind = luck.below(100);
        int choice = luck.below(1_000_000);
        boolean ofLeader = luck.chance(LEADER_PPM);
        if (leader == null) {
            return;
        }
        Configuration configuration = groups.apply(leader).configuration();
        NodeId subject = ofLeader ? leader : pick(configuration.voters(), choice);
        boolean spares = configuration.voters().size() > votersMin;
        if (kind < 10) {
            onLeader(leader, RaftGroup::maybeHandOver);
        } else if (kind < 20) {
            NodeId to = pick(configuration.voters(), choice);
            onLeader(leader, group -> group.maybeTransferTo(to));
        } else if (kind < 40 && spares) {
            change(leader, MembershipChange.remove(subject));
        } else if (kind < 45 && !configuration.learners().isEmpty()) {
            change(leader, MembershipChange.remove(pick(configuration.learners(), choice)));
        } else if (kind < 52 && spares) {
            change(leader, MembershipChange.demote(subject));
        } else if (kind < 70) {
            exchange(leader, configuration, choice);
        } else {
            restoreOne(leader, configuration, choice);
        }
    }

    /** Makes a drawn set of nodes the voters, all at once; some of those who go learn on. */
    private void exchange(NodeId leader, Configuration configuration, int choice) {
        List<NodeId> voters = new ArrayList<>(sim.survivors());
        Prng draw = new Prng(choice);
        while (voters.size() > votersMin && !draw.chance(300_000)) {
            voters.remove(draw.below(voters.size()));
        }
        boolean isSame = configuration.voters().equals(voters.stream().sorted().toList());
        if (voters.isEmpty() || configuration.isJoint() || isSame) {
            return;
        }
        List<Step> steps = new ArrayList<>();
        for (Step step : MembershipChange.replaceVoters(configuration, voters).steps()) {
            boolean demotes = step.kind() == Kind.REMOVE && draw.chance(300_000);
            steps.add(demotes ? new Step(Kind.DEMOTE, step.node()) : step);
        }
        change(leader, new MembershipChange(steps));
    }

    /** A learner whose disk is lost never catches up: the others do not wait for it. */
    private void restoreOne(NodeId leader, Configuration configuration, int choice) {
        List<NodeId> learners = new ArrayList<>(configuration.learners());
        learners.removeIf(sim::isLost);
        learners.removeAll(configuration.promotable());
        List<NodeId> strangers = new ArrayList<>(sim.survivors());
        strangers.removeIf(configuration::isMember);
        if (!learners.isEmpty()) {
            change(leader, MembershipChange.promote(pick(learners, choice)));
        } else if (!strangers.isEmpty()) {
            NodeId joiner = pick(strangers, choice);
            change(
                    leader,
                    choice % 2 == 0 ? MembershipChange.addLearner(joiner) : MembershipChange.addPromotable(joiner));
        }
    }

    private static NodeId pick(List<NodeId> nodes, int choice) {
        return nodes.get(choice % nodes.size());
    }

    private void change(NodeId leader, MembershipChange change) {
        onLeader(leader, group -> {
            // Others may have changed it meanwhile: H1 holds when the change is made.
            if (keepsEnough(group.configuration(), change)) {
                group.change(change, outcome -> {});
            }
        });
    }

    /** H1. */
    private boolean keepsEnough(Configuration configuration, MembershipChange change) {
        TreeSet<NodeId> voters = new TreeSet<>(configuration.voters());
        TreeSet<NodeId> promotable = new TreeSet<>(configuration.promotable());
        for (Step step : change.steps()) {
            switch (step.kind()) {
                case ADD_LEARNER -> {}
                case ADD_PROMOTABLE -> promotable.add(step.node());
                case ADD_VOTER, PROMOTE -> voters.add(step.node());
                case DEMOTE, REMOVE -> {
                    voters.remove(step.node());
                    promotable.remove(step.node());
                }
            }
        }
        TreeSet<NodeId> immortal = new TreeSet<>(voters);
        immortal.removeAll(mortal);
        // Those that promote themselves do so when they like: the worst is that only those do which the plan stops.
        TreeSet<NodeId> stopped = new TreeSet<>(voters);
        stopped.addAll(promotable);
        stopped.retainAll(mortal);
        boolean isFewer = voters.size() < configuration.voters().size();
        return isOver || (!isFewer || voters.size() >= votersMin) && immortal.size() > stopped.size();
    }

    private interface Action {
        void on(RaftGroup group);
    }

    private void onLeader(NodeId leader, Action action) {
        boolean restores = isOver;
        sim.onNode(leader, () -> {
            if (restores == isOver) {
                action.on(groups.apply(leader));
            }
        });
    }

    /** Of those who believe to lead, the one of the latest term; null for nobody. */
    NodeId leader() {
        NodeId leader = null;
        for (NodeId node : sim.nodes()) {
            boolean leads = sim.isUp(node) && groups.apply(node).isLeader();
            if (leads
                    && (leader == null
                            || groups.apply(node).term() > groups.apply(leader).term())) {
                leader = node;
            }
        }
        return leader;
    }

    /** No change from here on, also none that waits for a node to wake up. */
    void end() {
        isOver = true;
    }

    /** Makes all nodes voters again, one after the other, for as long as the run lasts. */
    void restore() {
        NodeId leader = leader();
        if (leader != null) {
            restoreOne(leader, groups.apply(leader).configuration(), 0);
        }
        sim.after(RESTORE_NANOS, this::restore);
    }
}
