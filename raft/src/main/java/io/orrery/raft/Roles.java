package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.StateMachine;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.log.Ahead;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.Wal;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.message.AppendEntries;
import io.orrery.raft.message.AppendRefusal;
import io.orrery.raft.message.InstallSnapshot;
import io.orrery.raft.message.InstallStatus;
import io.orrery.raft.message.MemoryMessage;
import io.orrery.raft.message.PreVoteReply;
import io.orrery.raft.message.RaftMessage;
import io.orrery.raft.message.ReadIndexReply;
import io.orrery.raft.message.RequestPreVote;
import io.orrery.raft.message.RequestReadIndex;
import io.orrery.raft.message.RequestVote;
import io.orrery.raft.message.SnapshotMessage;
import io.orrery.raft.message.TimeoutNow;
import io.orrery.raft.message.VoteReply;
import io.orrery.raft.quorum.VoteTally;
import io.orrery.raft.rules.RaftRules;

/**
 * Who leads, and what each role does with each message, deadline and completion of the disk.
 *
 * <pre>
 *              election timeout            pre-votes of a majority         votes of a majority
 *   FOLLOWER ------------------> PRE_CANDIDATE ------------> CANDIDATE ------------------> LEADER
 *      ^                               |                         |                           |
 *      +---- a later term, a leader of this term, refused, no majority heard, removed -------+
 * </pre>
 *
 * <ul>
 *   <li>I1: the role's own state ({@link Following}, {@link Campaign}, {@link Leadership}) exists in that role only.
 *   <li>I2: a vote, an acknowledgement or a candidacy leaves this node only when the disk holds what backs it.
 * </ul>
 *
 * <p>Votes, terms and entries go to the write-ahead log; {@link #onDurable} releases what waited for it. It looks at the
 * state as it is then, so a completion for what is over releases nothing.
 */
final class Roles {
    private final Kernel kernel;
    private final RaftConfig config;
    private final Replica replica;
    private final Voter voter;
    private final Patience patience;
    private final Installing installing;
    private final DiskWatch diskWatch;
    final Memory memory;
    private final Reads reads;
    final Recovery recovery;
    private final Timer electionTimer;
    final Pulse pulse;
    private final Timer quorumTimer;
    private Role role = Role.FOLLOWER;
    private Following following;
    private Campaign campaign;
    private Leadership leadership;
    private final Ahead.Task replication = Glance.task(this, this::onReplicationDue);
    private boolean replicationQueued;

    Roles(Kernel kernel, RaftConfig config, Wal wal, StateMachine machine, RaftRules rules, Heart heart) {
        this.kernel = kernel;
        this.config = config;
        this.electionTimer = kernel.timer("election", this::onElectionTimeout);
        this.quorumTimer = kernel.timer("quorum", this::onQuorumTimeout);
        this.installing = new Installing(this);
        this.replica = new Replica(kernel, config, wal, machine, rules, this, new Receiving());
        this.pulse = new Pulse(this, replica, heart, electionTimer, quorumTimer, this::onHeartbeatTimeout);
        this.voter = new Voter(replica);
        this.patience = new Patience(replica);
        this.diskWatch = new DiskWatch(replica);
        this.memory = new Memory(this, replica);
        this.reads = new Reads(this, replica);
        this.recovery = new Recovery(this, replica);
        replica.onApplied(reads::release);
    }

    /** Waits for the log; until then the replica is deaf. */
    void start() {
        replica.wal.whenRecovered(() -> replica.snapshots.recover(this::onRecovered));
    }

    private void onRecovered() {
        replica.onRecovered();
        becomeFollower(replica.term(), null, "started, last=" + replica.log.lastIndex());
        memory.start();
    }

    // ---- Roles

    void becomeFollower(long term, NodeId leader, String why) {
        if (role == Role.LEADER) {
            replica.proposals().abandonBeyond(replica.commitIndex());
        }
        if (term > replica.term()) {
            replica.save(term, null);
        }
        leaveRole();
        role = Role.FOLLOWER;
        following = new Following(replica, leader);
        replica.note("become-follower", "term=" + term + (leader == null ? "" : " leader=" + leader) + " " + why);
        restartElectionTimer();
    }

    /** Dissertation, section 9.6: asks first whether it could win, so that a node cut off does not raise the term. */
    private void becomePreCandidate(String why) {
        leaveRole();
        role = Role.PRE_CANDIDATE;
        campaign = new Campaign(replica, replica.term() + 1, false);
        replica.note("become-pre-candidate", campaign + " " + why);
        restartElectionTimer();
        campaign.askForPreVotes();
        decide(campaign.result());
    }

    /** Section 5.2. The others are asked when the disk holds the new term and the vote for itself. */
    void becomeCandidate(String why, boolean transfer) {
        replica.save(replica.term() + 1, replica.self());
        leaveRole();
        role = Role.CANDIDATE;
        campaign = new Campaign(replica, replica.term(), transfer);
        replica.counters.campaigns++;
        replica.note("become-candidate", campaign + " " + why);
        restartElectionTimer();
    }

    private void becomeLeader() {
        Check.that(role == Role.CANDIDATE, "only a candidate is elected");
        String why = campaign.toString();
        leaveRole();
        role = Role.LEADER;
        leadership = new Leadership(replica);
        replica.counters.leaderships++;
        replica.note("become-leader", why + " last=" + replica.log.lastIndex());
        electionTimer.cancel();
        pulse.start();
        replica.append(Entry.Kind.NOOP, Bytes.EMPTY);
        queueReplication();
    }

    private void leaveRole() {
        if (leadership != null) {
            replica.proposals().refuseHeld(leadership.transfer().successor());
        }
        reads.onRoleLeft();
        following = null;
        campaign = null;
        leadership = null;
        pulse.stop();
    }

    /** Section 5.1: whoever hears of a later term enters it as a follower. */
    void maybeEnter(long term, Object from) {
        if (term > replica.term()) {
            if (role == Role.LEADER) {
                replica.reached(RaftMarks.LEADER_DEPOSED);
            }
            becomeFollower(term, null, "a later term of " + from);
        }
    }

    // ---- Deadlines

    void restartElectionTimer() {
        if (role != Role.FOLLOWER || replica.isVoter() || following.isNeeded()) {
            electionTimer.restart(patience.drawNanos(leader()));
        } else {
            electionTimer.cancel();
        }
    }

    private void onElectionTimeout() {
        boolean waitsForDisk = role == Role.CANDIDATE && campaign.maybeWaitForDisk();
        boolean owesLease = replica.voteGuard.forbids(kernel.nowNanos());
        if (waitsForDisk || owesLease || installing.maybeWaitForState() || diskWatch.maybeWait()) {
            restartElectionTimer();
            return;
        }
        if (role == Role.CANDIDATE) {
            replica.reached(RaftMarks.SPLIT_VOTE);
        }
        becomePreCandidate(role == Role.FOLLOWER ? "no leader heard" : "no majority in time");
    }

    private void onHeartbeatTimeout() {
        leadership.heartbeat();
        pulse.onBeaten();
        diskWatch.onHeartbeat(this);
    }

    /** Check-quorum: a leader that a majority does not hear must not go on believing that it leads. */
    private void onQuorumTimeout() {
        if (leadership.hasQuorum()) {
            leadership.forgetRemoved();
            quorumTimer.restart(config.timing().electionNanos());
            if (leadership.transfer().maybeYield()) {
                queueReplication();
            }
        } else {
            replica.reached(RaftMarks.CHECKQUORUM_STEP_DOWN);
            becomeFollower(replica.term(), null, "no majority heard");
        }
    }

    // ---- The disk

    /** I2: releases what waited for the sync that is now over, if it still stands. */
    void onDurable() {
        if (!replica.isRunning()) {
            return;
        }
        pulse.onDurable();
        if (!replica.isTermDurable()) {
            replica.reached(RaftMarks.STALE_COMPLETION_IGNORED);
        }
        switch (role) {
            case FOLLOWER -> {
                maybeTellVote();
                following.onDurable();
                memory.maybeRemember(following);
            }
            case PRE_CANDIDATE -> {}
            case CANDIDATE -> maybeAskForVotes();
            case LEADER -> maybeCommit();
        }
    }

    private void maybeAskForVotes() {
        if (!campaign.hasAsked() && replica.isVoteDurable()) {
            replica.onVoteTold();
            campaign.askForVotes();
            decide(campaign.result());
        }
    }

    private void maybeTellVote() {
        NodeId candidate = following.takeVoteOwed();
        if (candidate != null) {
            replica.onVoteTold();
            replica.send(candidate, new VoteReply(replica.term(), true));
        }
    }

    // ---- Messages

    private final class Receiving implements RaftMessage.Handler {
        @Override
        public void onRequestPreVote(NodeId from, RequestPreVote request) {
            boolean logIsLonger = voter.maybeRefuseLog(from, request, hasLiveLeader());
            if (logIsLonger && role == Role.FOLLOWER && following.maybeNeed()) {
                restartElectionTimer();
            }
        }

        @Override
        public void onPreVoteReply(NodeId from, PreVoteReply reply) {
            recovery.onAnswer(from, reply.granted());
            if (!reply.granted()) {
                maybeEnter(reply.term(), from);
            }
            if (role == Role.PRE_CANDIDATE && (!reply.granted() || reply.term() == campaign.term())) {
                decide(campaign.onAnswer(from, reply.granted()));
            }
        }

        @Override
        public void onRequestVote(NodeId from, RequestVote request) {
            if (request.term() >= replica.term() && (request.transfer() || !hasLiveLeader())) {
                maybeEnter(request.term(), from);
            }
            if (voter.maybeGrant(from, request)) {
                if (role != Role.FOLLOWER) {
                    becomeFollower(replica.term(), null, "votes for " + from);
                }
                restartElectionTimer();
                following.oweVote(from);
                maybeTellVote();
            }
        }

        @Override
        public void onVoteReply(NodeId from, VoteReply reply) {
            maybeEnter(reply.term(), from);
            boolean counts = role == Role.CANDIDATE && campaign.hasAsked();
            if (counts && (!reply.granted() || reply.term() == replica.term())) {
                decide(campaign.onAnswer(from, reply.granted()));
            }
        }

        @Override
        public void onAppendEntries(NodeId from, AppendEntries message) {
            if (message.term() < replica.term()) {
                replica.reached(RaftMarks.STALE_LEADER_TOLD);
                replica.send(from, new AppendRefusal(replica.term(), message.prevIndex(), 0, 0));
                return;
            }
            maybeEnter(message.term(), from);
            if (!maybeFollow(from) || !Following.isSane(message)) {
                replica.counters.ignored++;
                return;
            }
            following.onHeard();
            if (replica.mustHoldBack(message.entries())) {
                replica.counters.heldBack++;
                replica.reached(RaftMarks.APPEND_HELD_BACK);
            } else if (following.maybeAccept(message)) {
                replica.commitWithLeader(message.commitIndex(), message.lastIndex());
            }
            restartElectionTimer();
        }

        @Override
        public void onAppendAck(NodeId from, AppendAck ack) {
            maybeEnter(ack.term(), from);
            if (role == Role.LEADER && ack.term() == replica.term()) {
                if (leadership.maybeAcknowledge(from, ack)) {
                    maybeCommit();
                }
                reads.onAnswered();
                pulse.onDemand();
                if (leadership != null && leadership.owesAfterAnswer(from)) {
                    queueReplication();
                }
            }
        }

        @Override
        public void onAppendRefusal(NodeId from, AppendRefusal refusal) {
            maybeEnter(refusal.term(), from);
            if (role == Role.LEADER && refusal.term() == replica.term()) {
                leadership.onRefusal(from, refusal);
                queueReplication();
            }
        }

        @Override
        public void onTimeoutNow(NodeId from, TimeoutNow message) {
            boolean fromLeader = role == Role.FOLLOWER && from.equals(following.leader());
            boolean asked = fromLeader && message.term() == replica.term() && !installing.maybeWaitForState();
            if (asked && replica.isVoter() && diskWatch.mayTakeOver()) {
                becomeCandidate("asked by " + from, true);
            } else {
                replica.counters.ignored++;
            }
        }

        @Override
        public void onRequestReadIndex(NodeId from, RequestReadIndex request) {
            maybeEnter(request.term(), from);
            reads.onRequest(from, request);
        }

        @Override
        public void onReadIndexReply(NodeId from, ReadIndexReply reply) {
            maybeEnter(reply.term(), from);
            reads.onReply(from, reply);
        }

        @Override
        public void onInstallSnapshot(NodeId from, InstallSnapshot message) {
            installing.onOffer(from, message);
        }

        @Override
        public void onInstallStatus(NodeId from, InstallStatus status) {
            installing.onStatus(from, status);
        }

        @Override
        public void onSnapshotMessage(NodeId from, SnapshotMessage message) {
            replica.snapshots.onMessage(from, message);
        }

        @Override
        public void onMemoryMessage(NodeId from, MemoryMessage message) {
            memory.onMessage(from, message);
        }
    }

    boolean hasLiveLeader() {
        return role == Role.LEADER
                || pulse.isAsleep()
                || role == Role.FOLLOWER && following.isLeaderAlive()
                || voter.mayOweLease();
    }

    private void decide(VoteTally.Result result) {
        if (result == VoteTally.Result.LOST) {
            becomeFollower(replica.term(), null, "refused: " + campaign);
        } else if (result == VoteTally.Result.WON && role == Role.PRE_CANDIDATE) {
            becomeCandidate("pre-vote won", false);
        } else if (result == VoteTally.Result.WON) {
            becomeLeader();
        }
    }

    /** Section 5.2: whoever hears from the leader of its term follows it. False for a second leader in one term. */
    boolean maybeFollow(NodeId from) {
        if (leader() == null) {
            if (role == Role.CANDIDATE) {
                replica.reached(RaftMarks.CANDIDATE_YIELDED);
            }
            becomeFollower(replica.term(), from, "heard it");
        }
        return from.equals(leader());
    }

    // ---- Commitment

    /** Sections 5.3 and 5.4.2. */
    private void maybeCommit() {
        long committable = leadership.committable();
        if (committable > replica.commitIndex()) {
            replica.commitTo(committable);
            leadership.reconfiguration().maybeLeaveJoint();
            reads.onCommitted();
            queueReplication();
            maybeLeave();
        }
    }

    /** Dissertation, section 4.2.2: a leader that removed itself leads until that is committed; one of the others takes over. */
    private void maybeLeave() {
        if (replica.hasLeft()) {
            replica.reached(RaftMarks.REMOVED_LEADER_STEPPED_DOWN);
            leadership.replicate();
            leadership.transfer().leave();
            becomeFollower(replica.term(), null, "removed");
        }
    }

    /** What one cycle brings, proposals and answers, goes out as one message to each peer. */
    void queueReplication() {
        pulse.onDemand();
        if (!replicationQueued) {
            replicationQueued = true;
            pulse.replicate(replication);
        }
    }

    private void onReplicationDue() {
        replicationQueued = false;
        if (leadership != null) {
            leadership.replicate();
        }
    }

    // ---- Views

    Replica replica() {
        return replica;
    }

    Role role() {
        return role;
    }

    Reads reads() {
        return reads;
    }

    Installing installing() {
        return installing;
    }

    /** Of a follower; null in every other role. */
    Following following() {
        return following;
    }

    /** Of a leader; null in every other role. */
    Leadership leadership() {
        return leadership;
    }

    /** The leader of this replica's term, as far as it knows; null if it knows none. */
    NodeId leader() {
        if (role == Role.LEADER) {
            return kernel.self();
        }
        return following == null ? null : following.leader();
    }

    void checkInvariants() {
        Check.that((role == Role.LEADER) == (leadership != null), "I1: only leaders lead");
        Check.that(following == null || role == Role.FOLLOWER, "I1: only followers follow");
        replica.checkInvariants();
        pulse.checkInvariants();
    }
}
