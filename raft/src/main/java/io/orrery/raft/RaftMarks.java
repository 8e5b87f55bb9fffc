package io.orrery.raft;

import io.orrery.kernel.trace.Mark;
import io.orrery.raft.log.WalMarks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rare situations of Raft that tests are expected to reach. */
public final class RaftMarks {
    /** A pre-vote was refused because a leader had just been heard. */
    public static final Mark PREVOTE_REJECTED_STICKINESS = new Mark("raft.prevote-rejected-stickiness");
    /** A vote or pre-vote was refused because the candidate's log was behind. */
    public static final Mark VOTE_REJECTED_LOG = new Mark("raft.vote-rejected-log");
    /** A vote was refused because the term's vote had gone to another. */
    public static final Mark VOTE_REJECTED_TAKEN = new Mark("raft.vote-rejected-taken");
    /** A candidate ran out of time without a majority. */
    public static final Mark SPLIT_VOTE = new Mark("raft.split-vote");
    /** A candidate found that another had won its term. */
    public static final Mark CANDIDATE_YIELDED = new Mark("raft.candidate-yielded");
    /** A leader that heard from no majority stepped down. */
    public static final Mark CHECKQUORUM_STEP_DOWN = new Mark("raft.checkquorum-step-down");
    /** A leader heard of a later term. */
    public static final Mark LEADER_DEPOSED = new Mark("raft.leader-deposed");
    /** A majority held an entry of an earlier term, and it was not committed by counting. */
    public static final Mark FIGURE8_WAIT = new Mark("raft.figure8-wait");
    /** A follower cut off entries that contradicted the leader's. */
    public static final Mark CONFLICT_TRUNCATED = new Mark("raft.conflict-truncated");
    /** A configuration went out of force because its entry was cut off. */
    public static final Mark CONFIGURATION_ROLLED_BACK = new Mark("raft.configuration-rolled-back");
    /** A follower refused entries because its log ended before them, or differed. */
    public static final Mark APPEND_REFUSED = new Mark("raft.append-refused");
    /** A disk completion came for a term that was over. */
    public static final Mark STALE_COMPLETION_IGNORED = new Mark("raft.stale-completion-ignored");
    /** A majority stored an entry before the leader's own disk did. */
    public static final Mark COMMITTED_BEFORE_OWN_SYNC = new Mark("raft.committed-before-own-sync");
    /** A proposal was refused by a limit. */
    public static final Mark OVERLOADED = new Mark("raft.overloaded");
    /** A deposed leader gave up proposals of which it does not know the end. */
    public static final Mark OUTCOME_UNKNOWN = new Mark("raft.outcome-unknown");
    /** Entries were dropped because the disk was behind. */
    public static final Mark APPEND_HELD_BACK = new Mark("raft.append-held-back");
    /** A leader removed itself and stepped down. */
    public static final Mark REMOVED_LEADER_STEPPED_DOWN = new Mark("raft.removed-leader-stepped-down");
    /** A leader handed over. */
    public static final Mark TRANSFERRED = new Mark("raft.transferred");
    /** A forwarded proposal met a node that did not lead, and was sent on. */
    public static final Mark FORWARD_REDIRECTED = new Mark("raft.forward-redirected");
    /** A forwarded proposal found no answer in time. */
    public static final Mark FORWARD_TIMED_OUT = new Mark("raft.forward-timed-out");

    /** All of them, and those of the log. */
    public static final List<Mark> ALL = all();

    private RaftMarks() {}

    private static List<Mark> all() {
        List<Mark> marks = new ArrayList<>(List.of(
                PREVOTE_REJECTED_STICKINESS,
                VOTE_REJECTED_LOG,
                VOTE_REJECTED_TAKEN,
                SPLIT_VOTE,
                CANDIDATE_YIELDED,
                CHECKQUORUM_STEP_DOWN,
                LEADER_DEPOSED,
                FIGURE8_WAIT,
                CONFLICT_TRUNCATED,
                CONFIGURATION_ROLLED_BACK,
                APPEND_REFUSED,
                STALE_COMPLETION_IGNORED,
                COMMITTED_BEFORE_OWN_SYNC,
                OVERLOADED,
                OUTCOME_UNKNOWN,
                APPEND_HELD_BACK,
                REMOVED_LEADER_STEPPED_DOWN,
                TRANSFERRED,
                FORWARD_REDIRECTED,
                FORWARD_TIMED_OUT));
        marks.addAll(WalMarks.ALL);
        return Collections.unmodifiableList(marks);
    }
}
