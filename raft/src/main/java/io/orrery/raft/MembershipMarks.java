package io.orrery.raft;

import io.orrery.kernel.trace.Mark;
import java.util.List;

/** Rare situations of changes of members and of leaders on purpose; see {@link RaftMarks} for all others. */
public final class MembershipMarks {
    /** A leader put a joint configuration in force. */
    public static final Mark JOINT_ENTERED = new Mark("raft.joint-entered");
    /** A leader left a joint configuration. */
    public static final Mark JOINT_LEFT = new Mark("raft.joint-left");
    /** A leader left a joint configuration that an earlier leader had entered. */
    public static final Mark JOINT_LEFT_BY_SUCCESSOR = new Mark("raft.joint-left-by-successor");
    /** A joint configuration went out of force because its entry was cut off. */
    public static final Mark JOINT_ROLLED_BACK = new Mark("raft.joint-rolled-back");
    /** The end of a joint configuration was cut off, so that it is in force again. */
    public static final Mark JOINT_BACK_IN_FORCE = new Mark("raft.joint-back-in-force");
    /** A replica started with a joint configuration in force. */
    public static final Mark RESTARTED_IN_JOINT = new Mark("raft.restarted-in-joint");
    /** A candidate was elected by both halves of a joint configuration. */
    public static final Mark ELECTED_IN_JOINT = new Mark("raft.elected-in-joint");
    /** The incoming voters alone would have committed, and waited for the outgoing ones. */
    public static final Mark WAITED_FOR_OUTGOING = new Mark("raft.waited-for-outgoing");
    /** A leader that is no incoming voter left a joint configuration. */
    public static final Mark LEADER_REMOVED_IN_JOINT = new Mark("raft.leader-removed-in-joint");
    /** A leader that removed itself asked another to take over. */
    public static final Mark REMOVED_LEADER_HANDED_OVER = new Mark("raft.removed-leader-handed-over");
    /** All voters were replaced at once. */
    public static final Mark VOTERS_REPLACED = new Mark("raft.voters-replaced");
    /** A voter became a learner. */
    public static final Mark VOTER_DEMOTED = new Mark("raft.voter-demoted");
    /** A leader made a learner a voter because it had caught up, without being asked. */
    public static final Mark LEARNER_PROMOTED_ITSELF = new Mark("raft.learner-promoted-itself");
    /** A change was refused because a member runs an earlier release, which could not read it. */
    public static final Mark CHANGE_BEFORE_UPGRADE = new Mark("raft.change-before-upgrade");

    /** A proposal waited for the end of a transfer. */
    public static final Mark PROPOSAL_HELD = new Mark("raft.proposal-held");
    /** A leader began to hand over because another voter has a clearly higher priority. */
    public static final Mark YIELDED_TO_PRIORITY = new Mark("raft.yielded-to-priority");

    /** An operator put a configuration in force without a quorum. */
    public static final Mark QUORUM_FORCED = new Mark("raft.quorum-forced");

    /** All of them, but {@link #QUORUM_FORCED}, which no workload reaches: it is beyond what Raft promises. */
    public static final List<Mark> ALL = List.of(
            JOINT_ENTERED,
            JOINT_LEFT,
            JOINT_LEFT_BY_SUCCESSOR,
            JOINT_ROLLED_BACK,
            JOINT_BACK_IN_FORCE,
            RESTARTED_IN_JOINT,
            ELECTED_IN_JOINT,
            WAITED_FOR_OUTGOING,
            LEADER_REMOVED_IN_JOINT,
            REMOVED_LEADER_HANDED_OVER,
            VOTERS_REPLACED,
            VOTER_DEMOTED,
            LEARNER_PROMOTED_ITSELF,
            CHANGE_BEFORE_UPGRADE,
            PROPOSAL_HELD,
            YIELDED_TO_PRIORITY);

    private MembershipMarks() {}
}
