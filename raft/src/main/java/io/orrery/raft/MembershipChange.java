package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A change of any number of members at once. Where at most one voter comes or goes it takes effect in one step (dissertation,
 * section 4.1: any majority of before and any of after share a node); else the group goes through a joint configuration,
 * which the leader leaves by itself (section 4.3).
 *
 * @param steps what happens to whom; each node is named once
 */
public record MembershipChange(List<Step> steps) {
    /** What may happen to a node. */
    public enum Kind {
        /** The node receives the log and does not vote. */
        ADD_LEARNER,
        /** The node receives the log, and votes when it has caught up, without being asked again (section 4.2.1). */
        ADD_PROMOTABLE,
        /** The node votes at once. Until it has the log, commits may wait for it: prefer ADD_PROMOTABLE. */
        ADD_VOTER,
        /** The learner, once caught up, votes. */
        PROMOTE,
        /** The voter receives the log and votes no more. */
        DEMOTE,
        /** The node, voter or learner, leaves; a leader that removes itself steps down when that is committed. */
        REMOVE
    }

    /** What happens to one node. */
    public record Step(Kind kind, NodeId node) {
        @Override
        public String toString() {
            return kind + " " + node;
        }
    }

    public MembershipChange {
        steps = Collections.unmodifiableList(new ArrayList<>(steps));
        Check.argument(!steps.isEmpty(), "a change changes something");
        Check.argument(
                steps.stream().map(Step::node).distinct().count() == steps.size(), "a change names each node once");
    }

    private static MembershipChange of(Kind kind, NodeId node) {
        return new MembershipChange(List.of(new Step(kind, node)));
    }

    public static MembershipChange addLearner(NodeId node) {
        return of(Kind.ADD_LEARNER, node);
    }

    public static MembershipChange addPromotable(NodeId node) {
        return of(Kind.ADD_PROMOTABLE, node);
    }

    public static MembershipChange addVoter(NodeId node) {
        return of(Kind.ADD_VOTER, node);
    }

    public static MembershipChange promote(NodeId node) {
        return of(Kind.PROMOTE, node);
    }

    public static MembershipChange demote(NodeId node) {
        return of(Kind.DEMOTE, node);
    }

    public static MembershipChange remove(NodeId node) {
        return of(Kind.REMOVE, node);
    }

    /**
     * What makes exactly these the voters: others are removed, learners promoted, strangers added. Refused if members change
     * in between.
     *
     * @throws IllegalArgumentException if they are the voters already
     */
    public static MembershipChange replaceVoters(Configuration configuration, List<NodeId> voters) {
        List<Step> steps = new ArrayList<>();
        for (NodeId node : voters) {
            if (!configuration.isVoter(node)) {
                steps.add(new Step(configuration.isLearner(node) ? Kind.PROMOTE : Kind.ADD_VOTER, node));
            }
        }
        for (NodeId node : configuration.voters()) {
            if (!voters.contains(node)) {
                steps.add(new Step(Kind.REMOVE, node));
            }
        }
        return new MembershipChange(steps);
    }

    /** Both at once. */
    public MembershipChange and(MembershipChange other) {
        List<Step> both = new ArrayList<>(steps);
        both.addAll(other.steps);
        return new MembershipChange(both);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            text.append(text.isEmpty() ? "" : ", ").append(step);
        }
        return text.toString();
    }

    /** The four ends of a change. */
    public enum Status {
        /** The change is over: of one that went through a joint configuration, that is left. */
        COMMITTED,
        /** This replica does not lead; nothing was changed. */
        NOT_LEADER,
        /** The change is not possible now, for the reason given; nothing was changed. */
        REFUSED,
        /** The leader was deposed before it knew; the change may or may not hold. */
        UNKNOWN
    }

    /**
     * A change's end.
     *
     * @param reason why it was refused; else empty
     * @param leader who may lead, if this replica does not; null where nobody is known
     */
    public record Outcome(Status status, String reason, NodeId leader) {
        static Outcome refused(String reason) {
            return new Outcome(Status.REFUSED, reason, null);
        }

        /** How the change ended, from how its entry did. */
        static Outcome of(Proposal.Outcome entry) {
            return switch (entry.status()) {
                case COMMITTED -> new Outcome(Status.COMMITTED, "", null);
                case NOT_LEADER -> new Outcome(Status.NOT_LEADER, "", entry.leader());
                case OVERLOADED -> refused("the leader is overloaded");
                case UNKNOWN -> new Outcome(Status.UNKNOWN, "", null);
            };
        }
    }

    /** Hears how a change ended, in a later event. */
    @FunctionalInterface
    public interface Callback {
        void onOutcome(Outcome outcome);
    }
}
