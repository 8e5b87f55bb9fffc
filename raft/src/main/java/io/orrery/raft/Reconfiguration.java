package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.log.Entry;
import io.orrery.raft.progress.CatchUp;
import java.util.Collections;

/**
 * How a leader changes members: what users ask for, the end of a joint configuration, and learners that vote when they have
 * caught up (dissertation, chapter 4).
 *
 * <ul>
 *   <li>I1: a configuration follows when the one before it is committed, and the leader has committed in its term.
 * </ul>
 */
final class Reconfiguration {
    private final Replica replica;
    private final Leadership leadership;
    private boolean entered;
    private MembershipChange.Callback waiting;

    Reconfiguration(Replica replica, Leadership leadership) {
        this.replica = replica;
        this.leadership = leadership;
    }

    /** Puts a new configuration into the log, or refuses it; the callback hears once how that ends. */
    boolean maybeChange(MembershipChange change, MembershipChange.Callback done) {
        String objection = objectionTo(change);
        if (objection != null) {
            replica.note("refuse-change", change + ": " + objection);
            replica.kernel.defer(() -> done.onOutcome(MembershipChange.Outcome.refused(objection)));
            return false;
        }
        Configuration next = ConfigurationChange.apply(replica.configuration(), change);
        replica.note("change", change + " gives " + next);
        noteSteps(change);
        if (next.isJoint()) {
            noteJoint(next);
            waiting = done;
            append(next, outcome -> {
                if (!outcome.isCommitted()) {
                    done.onOutcome(MembershipChange.Outcome.of(outcome));
                }
            });
        } else {
            append(next, outcome -> done.onOutcome(MembershipChange.Outcome.of(outcome)));
        }
        return true;
    }

    private void append(Configuration next, Proposal.Callback done) {
        replica.proposals().add(replica.append(Entry.Kind.CONFIG, next.encode()), 0, done);
        leadership.onConfiguration();
    }

    private void noteSteps(MembershipChange change) {
        for (MembershipChange.Step step : change.steps()) {
            replica.reached(
                    switch (step.kind()) {
                        case ADD_LEARNER, ADD_PROMOTABLE, ADD_VOTER -> RaftMarks.LEARNER_ADDED;
                        case PROMOTE -> RaftMarks.LEARNER_PROMOTED;
                        case DEMOTE -> MembershipMarks.VOTER_DEMOTED;
                        case REMOVE -> RaftMarks.MEMBER_REMOVED;
                    });
        }
    }

    private void noteJoint(Configuration joint) {
        entered = true;
        replica.reached(MembershipMarks.JOINT_ENTERED);
        if (Collections.disjoint(joint.voters(), joint.outgoing())) {
            replica.reached(MembershipMarks.VOTERS_REPLACED);
        }
    }

    /** Section 4.3: when the joint configuration is committed, the new one may follow; no leader waits to be asked. */
    void maybeLeaveJoint() {
        Configuration joint = replica.configuration();
        if (!joint.isJoint() || replica.configurations.latestIndex() > replica.commitIndex()) {
            return;
        }
        Configuration next = ConfigurationChange.leaveJoint(joint);
        replica.note("leave-joint", next.toString());
        replica.reached(entered ? MembershipMarks.JOINT_LEFT : MembershipMarks.JOINT_LEFT_BY_SUCCESSOR);
        if (!next.isVoter(replica.self())) {
            replica.reached(MembershipMarks.LEADER_REMOVED_IN_JOINT);
        }
        MembershipChange.Callback done = waiting;
        waiting = null;
        append(next, outcome -> {
            if (done != null) {
                done.onOutcome(MembershipChange.Outcome.of(outcome));
            }
        });
    }

    /** Section 4.2.1: a learner that was added to vote does so when it has caught up. */
    boolean maybePromote(Peer learner) {
        CatchUp catchUp = learner.catchUp;
        long last = replica.log.lastIndex();
        boolean isReady = catchUp != null
                && catchUp.maybeCaughtUp(learner.progress.match(), last, replica.kernel.nowNanos())
                && !isForgetful(learner)
                && isSettled();
        if (!isReady) {
            return false;
        }
        MembershipChange change = MembershipChange.promote(learner.node);
        replica.note(
                "promote-itself",
                learner.node + " caught up in round " + catchUp.rounds() + ", of "
                        + catchUp.lastRoundNanos() / Time.micros(1) + "us, lag="
                        + (last - learner.progress.match()));
        replica.reached(MembershipMarks.LEARNER_PROMOTED_ITSELF);
        append(ConfigurationChange.apply(replica.configuration(), change), outcome -> {});
        return true;
    }

    /** I1. */
    private boolean isSettled() {
        return leadership.hasCommittedInTerm() && replica.configurations.latestIndex() <= replica.commitIndex();
    }

    /** Why the change is not possible now; null if it is. */
    private String objectionTo(MembershipChange change) {
        if (!leadership.hasCommittedInTerm()) {
            replica.reached(RaftMarks.CHANGE_BEFORE_OWN_COMMIT);
            return "the leader has not committed an entry of its term yet";
        }
        if (replica.configurations.latestIndex() > replica.commitIndex()) {
            replica.reached(RaftMarks.CHANGE_OVERLAPPING);
            return "another change is under way";
        }
        String objection = ConfigurationChange.objection(replica.configuration(), change);
        objection = objection == null ? objectionToLag(change) : objection;
        return objection == null ? objectionToRelease(change) : objection;
    }

    /** A voter that withholds its vote, or lags, is needed for a majority, and is of no use for one (see {@link Memory}). */
    private String objectionToLag(MembershipChange change) {
        for (MembershipChange.Step step : change.steps()) {
            if (step.kind() == MembershipChange.Kind.PROMOTE) {
                boolean isSelf = step.node().equals(replica.self());
                long match = isSelf ? replica.acknowledgeable() : leadership.matchIndex(step.node());
                long lag = replica.log.lastIndex() - match;
                if (lag > replica.config.limits().catchUpEntriesMax()) {
                    replica.reached(RaftMarks.PROMOTION_TOO_EARLY);
                    return step.node() + " lags " + lag + " entries";
                }
                // However short the log: whoever answers has asked first what it may have forgotten.
                if (match == 0) {
                    replica.reached(RaftMarks.PROMOTION_TOO_EARLY);
                    return step.node() + " has not answered";
                }
                if (isForgetful(leadership.peer(step.node()))) {
                    replica.reached(RaftMarks.PROMOTION_TOO_EARLY);
                    return step.node() + " does not know yet whether it may vote";
                }
            }
        }
        return null;
    }

    /** Where a member runs an earlier release, which answers no such question, the learner may have to ask until its upgrade. */
    private boolean isForgetful(Peer peer) {
        return peer != null
                && leadership.anyOfEarlierRelease() == null
                && peer.isForgetful(
                        replica.kernel.nowNanos(), replica.config.timing().electionNanos());
    }

    /** A member that has answered in an earlier version could not read the entry, and would wait for its upgrade. */
    private String objectionToRelease(MembershipChange change) {
        Configuration next = ConfigurationChange.apply(replica.configuration(), change);
        NodeId old = ConfigurationForm.isNew(next) ? leadership.anyOfEarlierRelease() : null;
        if (old == null) {
            return null;
        }
        replica.reached(MembershipMarks.CHANGE_BEFORE_UPGRADE);
        return old + " runs an earlier release, which cannot read this change";
    }
}
