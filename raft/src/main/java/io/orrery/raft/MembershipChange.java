package io.orrery.raft;

import io.orrery.kernel.NodeId;

/**
 * A change of one member (dissertation, section 4.1): any majority of the old configuration overlaps any majority of the
 * new one, so the change needs no joint phase.
 */
public record MembershipChange(Kind kind, NodeId node) {
    /** What may change. */
    public enum Kind {
        /** The node receives the log and does not vote. */
        ADD_LEARNER,
        /** The learner, once caught up, votes. */
        PROMOTE,
        /** The node, voter or learner, leaves; a leader that removes itself steps down when the change is committed. */
        REMOVE
    }

    public static MembershipChange addLearner(NodeId node) {
        return new MembershipChange(Kind.ADD_LEARNER, node);
    }

    public static MembershipChange promote(NodeId node) {
        return new MembershipChange(Kind.PROMOTE, node);
    }

    public static MembershipChange remove(NodeId node) {
        return new MembershipChange(Kind.REMOVE, node);
    }

    Configuration applyTo(Configuration configuration) {
        return switch (kind) {
            case ADD_LEARNER -> configuration.withLearner(node);
            case PROMOTE -> configuration.withPromoted(node);
            case REMOVE -> configuration.without(node);
        };
    }

    /** The four ends of a change. */
    public enum Status {
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
