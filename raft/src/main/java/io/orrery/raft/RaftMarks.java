package io.orrery.raft;

import io.orrery.kernel.trace.Mark;
import io.orrery.raft.log.WalMarks;
import io.orrery.raft.snapshot.SnapshotMarks;
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
    /** Proposals waited until as many had come as the last batch had. */
    public static final Mark PROPOSALS_GATHERED = new Mark("raft.proposals-gathered");
    /** A deposed leader gave up proposals of which it does not know the end. */
    public static final Mark OUTCOME_UNKNOWN = new Mark("raft.outcome-unknown");
    /** Entries were dropped because the disk was behind. */
    public static final Mark APPEND_HELD_BACK = new Mark("raft.append-held-back");
    /** A leader whose disk gave no answer for an election timeout stepped down. */
    public static final Mark FROZEN_DISK_STEP_DOWN = new Mark("raft.frozen-disk-step-down");
    /** A replica did not campaign, since its disk gave no answer. */
    public static final Mark NO_CAMPAIGN_DISK_FROZEN = new Mark("raft.no-campaign-disk-frozen");
    /** A leader whose disk was full began to hand over. */
    public static final Mark FULL_DISK_HAND_OVER = new Mark("raft.full-disk-hand-over");
    /** A replica started that may have forgotten what it voted or acknowledged. */
    public static final Mark FORGETFUL_START = new Mark("raft.forgetful-start");
    /** A replica started on an empty disk, and not for the first time as far as it was told: it joins, or its disk was lost. */
    public static final Mark EMPTY_DISK = new Mark("raft.empty-disk");
    /** A replica has nothing to remember, since the group did not count on its vote. */
    public static final Mark NOT_COUNTED_ON = new Mark("raft.not-counted-on");
    /** A replica that may have forgotten something was asked for its vote. */
    public static final Mark VOTE_REJECTED_FORGOT = new Mark("raft.vote-rejected-forgot");
    /** A replica that had forgotten something votes again. */
    public static final Mark REMEMBERED = new Mark("raft.remembered");
    /** A command was refused because the leader's disk was full. */
    public static final Mark REFUSED_DISK_FULL = new Mark("raft.refused-disk-full");
    /** Commands were dropped because the follower's disk was full. */
    public static final Mark APPEND_HELD_BACK_DISK_FULL = new Mark("raft.append-held-back-disk-full");
    /** A leader removed itself and stepped down. */
    public static final Mark REMOVED_LEADER_STEPPED_DOWN = new Mark("raft.removed-leader-stepped-down");
    /** A leader handed over. */
    public static final Mark TRANSFERRED = new Mark("raft.transferred");
    /** A candidate's time was up before its own vote was durable. */
    public static final Mark CAMPAIGN_WAITED_FOR_DISK = new Mark("raft.campaign-waited-for-disk");
    /** A replica that does not vote campaigned, for it had the longest log. */
    public static final Mark NON_VOTER_NEEDED = new Mark("raft.non-voter-needed");
    /** A majority refused a pre-vote. */
    public static final Mark PREVOTE_LOST = new Mark("raft.prevote-lost");
    /** A majority refused a vote. */
    public static final Mark VOTE_LOST = new Mark("raft.vote-lost");
    /** A vote of a later term was refused because a leader had just been heard. */
    public static final Mark VOTE_REJECTED_STICKINESS = new Mark("raft.vote-rejected-stickiness");
    /** A leader of an earlier term spoke, and was told that it is over. */
    public static final Mark STALE_LEADER_TOLD = new Mark("raft.stale-leader-told");
    /** A follower campaigned because its leader asked it to. */
    public static final Mark TRANSFER_CAMPAIGN = new Mark("raft.transfer-campaign");
    /** A leader gave up handing over: its successor had not caught up in time. */
    public static final Mark TRANSFER_EXPIRED = new Mark("raft.transfer-expired");

    /** A leader had reads waiting and had committed nothing of its term. */
    public static final Mark READ_WAITED_FOR_OWN_COMMIT = new Mark("raft.read-waited-for-own-commit");
    /** Reads had been asked for when the leader was lost, and had to be asked for again. */
    public static final Mark READ_LOST_LEADER = new Mark("raft.read-lost-leader");
    /** A follower or learner learnt from its leader from where on its state may be read. */
    public static final Mark FOLLOWER_READ = new Mark("raft.follower-read");
    /** A read waited too long. */
    public static final Mark READ_TIMED_OUT = new Mark("raft.read-timed-out");
    /** A read was refused by a limit. */
    public static final Mark READ_OVERLOADED = new Mark("raft.read-overloaded");
    /** A read that might have been answered by a lease met a leader whose lease did not hold. */
    public static final Mark LEASE_NOT_HELD = new Mark("raft.lease-not-held");
    /** The same, because the leader had told another to campaign. */
    public static final Mark LEASE_GIVEN_UP = new Mark("raft.lease-given-up");
    /** A voter refused a vote only because a leader it had heard might hold a lease, or it had just started. */
    public static final Mark VOTE_REJECTED_LEASE = new Mark("raft.vote-rejected-lease");

    /** A command that was proposed again within its session got the result of the first time. */
    public static final Mark SESSION_ANSWERED_AGAIN = new Mark("raft.session-answered-again");
    /** A command came that its client had given up before. */
    public static final Mark SESSION_LATE_COMMAND = new Mark("raft.session-late-command");
    /** A session ended because no command came for too long. */
    public static final Mark SESSION_EXPIRED = new Mark("raft.session-expired");
    /** A command came of a session that had ended. */
    public static final Mark SESSION_UNKNOWN = new Mark("raft.session-unknown");
    /** A client proposed a command again whose end it did not learn. */
    public static final Mark SESSION_RETRIED = new Mark("raft.session-retried");
    /** A session or a command was refused: there were too many. */
    public static final Mark SESSION_REFUSED = new Mark("raft.session-refused");

    public static final Mark LEARNER_ADDED = new Mark("raft.learner-added");
    public static final Mark LEARNER_PROMOTED = new Mark("raft.learner-promoted");
    public static final Mark MEMBER_REMOVED = new Mark("raft.member-removed");
    /** A learner was not promoted, since it lagged. */
    public static final Mark PROMOTION_TOO_EARLY = new Mark("raft.promotion-too-early");
    /** A change of members was refused: the leader had committed nothing of its term. */
    public static final Mark CHANGE_BEFORE_OWN_COMMIT = new Mark("raft.change-before-own-commit");
    /** A change of members was refused: another was not committed yet. */
    public static final Mark CHANGE_OVERLAPPING = new Mark("raft.change-overlapping");
    /** A removed member could not be told, and was given up. */
    public static final Mark REMOVED_UNREACHABLE = new Mark("raft.removed-unreachable");
    /** A forwarded proposal met a node that did not lead, and was sent on. */
    public static final Mark FORWARD_REDIRECTED = new Mark("raft.forward-redirected");
    /** A forwarded proposal found no answer in time. */
    public static final Mark FORWARD_TIMED_OUT = new Mark("raft.forward-timed-out");

    /** Those that only a group with a {@link io.orrery.raft.forward.ProposalForwarder} reaches. */
    public static final List<Mark> FORWARDING = List.of(FORWARD_REDIRECTED, FORWARD_TIMED_OUT);

    /** Those that only a group with sessions reaches. */
    public static final List<Mark> SESSIONS = List.of(
            SESSION_ANSWERED_AGAIN,
            SESSION_LATE_COMMAND,
            SESSION_EXPIRED,
            SESSION_UNKNOWN,
            SESSION_RETRIED,
            SESSION_REFUSED);

    /** Of replicas that may have forgotten. */
    public static final List<Mark> FORGETTING =
            List.of(FORGETFUL_START, EMPTY_DISK, NOT_COUNTED_ON, VOTE_REJECTED_FORGOT, REMEMBERED);

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
                PROPOSALS_GATHERED,
                OUTCOME_UNKNOWN,
                APPEND_HELD_BACK,
                REMOVED_LEADER_STEPPED_DOWN,
                TRANSFERRED,
                CAMPAIGN_WAITED_FOR_DISK,
                NON_VOTER_NEEDED,
                PREVOTE_LOST,
                VOTE_LOST,
                VOTE_REJECTED_STICKINESS,
                READ_WAITED_FOR_OWN_COMMIT,
                READ_LOST_LEADER,
                FOLLOWER_READ,
                READ_TIMED_OUT,
                READ_OVERLOADED,
                LEASE_NOT_HELD,
                LEASE_GIVEN_UP,
                VOTE_REJECTED_LEASE,
                STALE_LEADER_TOLD,
                TRANSFER_CAMPAIGN,
                TRANSFER_EXPIRED,
                LEARNER_ADDED,
                LEARNER_PROMOTED,
                MEMBER_REMOVED,
                PROMOTION_TOO_EARLY,
                CHANGE_BEFORE_OWN_COMMIT,
                CHANGE_OVERLAPPING,
                REMOVED_UNREACHABLE,
                FORWARD_REDIRECTED,
                FORWARD_TIMED_OUT));
        marks.addAll(MembershipMarks.ALL);
        marks.addAll(SESSIONS);
        marks.addAll(FORGETTING);
        marks.addAll(WalMarks.ALL);
        marks.addAll(SnapshotMarks.ALL);
        return Collections.unmodifiableList(marks);
    }
}
