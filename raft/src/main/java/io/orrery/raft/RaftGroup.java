package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.StateMachine;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.log.Wal;
import io.orrery.raft.read.Read;
import io.orrery.raft.read.ReadKind;
import io.orrery.raft.rules.RaftRules;
import java.util.List;

/**
 * One replica of one Raft group, as its users see it: proposals, changes of its members, and views. {@link Roles} has the
 * protocol's control flow. Sections are those of the Raft paper (Ongaro and Ousterhout, 2014); "dissertation" is Ongaro's of
 * the same year.
 *
 * <p>For the node's thread.
 */
public final class RaftGroup implements Protocol {
    /** Of all groups; the channel's group is the Raft group's id. */
    public static final int PROTOCOL = 4;

    private final Roles roles;
    private final Replica replica;

    /**
     * @param kernel a scope of this group's own
     * @param wal the node's; started by its owner
     */
    public RaftGroup(Kernel kernel, RaftConfig config, Wal wal, StateMachine machine) {
        this(kernel, config, wal, machine, RaftRules.PAPER);
    }

    /** For tests that break a rule and want to see it noticed. */
    public RaftGroup(Kernel kernel, RaftConfig config, Wal wal, StateMachine machine, RaftRules rules) {
        this(kernel, config, wal, machine, rules, null);
    }

    /** One of many on its node. */
    RaftGroup(Kernel kernel, RaftConfig config, Wal wal, StateMachine machine, RaftRules rules, Heart heart) {
        this.roles = new Roles(kernel, config, wal, machine, rules, heart);
        this.replica = roles.replica();
    }

    /**
     * Says what the group begins with where only the node's first boot tells, before the start.
     *
     * @param initial instead of {@link RaftConfig#initial}
     * @param isFirst instead of {@link RaftConfig#firstBoot}
     */
    public void beginWith(Configuration initial, boolean isFirst) {
        Check.that(!replica.isRunning(), "what a replica begins with is known before it runs");
        replica.beginning = new Beginning(initial, isFirst);
    }

    /** Waits for the log; until then the replica is deaf. */
    @Override
    public void start() {
        roles.start();
    }

    // ---- Clients

    /**
     * Proposes a command; the callback hears exactly once how that ended, in a later event, unless this node stops.
     *
     * @throws IllegalArgumentException if the command is longer than the limit
     */
    public void propose(Bytes command, Proposal.Callback done) {
        propose(command, 0, done);
    }

    /**
     * As {@link #propose(Bytes, Proposal.Callback)}, for who proposes so much that an object for each counts. The command is
     * copied before the call returns: its array may be written to again then.
     *
     * @param tag tells the listener which proposal ended
     */
    public void propose(Bytes command, long tag, Proposal.Listener done) {
        if (replica.proposals().maybeAppend(command, roles.leadership(), leader(), tag, done)) {
            roles.queueReplication();
        }
    }

    /**
     * Asks when this replica's state may be read so that the read is linearizable, on any member of the group and whatever
     * its role; the callback hears exactly once how that ended, in a later event, unless this node stops. Reads that are asked
     * for together share one round of messages. Followers and learners ask the leader and answer from their own state.
     */
    public void read(ReadKind kind, Read.Callback done) {
        roles.reads().read(kind, done);
    }

    /** Changes members (dissertation, chapter 4); one change at a time. The callback hears once how that ended. */
    public void change(MembershipChange change, MembershipChange.Callback done) {
        Leadership leadership = roles.leadership();
        if (leadership == null) {
            Proposal.Callback refused = outcome -> done.onOutcome(MembershipChange.Outcome.of(outcome));
            replica.proposals().answer(0, refused, Proposal.Status.NOT_LEADER, leader());
        } else if (leadership.reconfiguration().maybeChange(change, done)) {
            roles.queueReplication();
        }
    }

    /**
     * Hands leadership to a voter as soon as it has all entries and they are committed; proposals meanwhile are held, for at
     * most an election timeout, and then end as NOT_LEADER with the voter as the hint, or take their course.
     *
     * @return whether it has begun: this replica leads, and the node is another voter
     */
    public boolean maybeTransferTo(NodeId to) {
        Leadership leadership = roles.leadership();
        if (leadership == null || !leadership.transfer().maybeStart(to, false)) {
            return false;
        }
        roles.queueReplication();
        return true;
    }

    /**
     * Why leadership would not be handed to a node now, for people: it is no voter, is not heard from, or the like; empty if
     * {@link #maybeTransferTo} may be tried. That this replica does not lead is said, too.
     */
    public String whyNoTransferTo(NodeId to) {
        Leadership leadership = roles.leadership();
        return leadership == null ? replica.self() + " does not lead" : new Successors(replica, leadership).whyNot(to);
    }

    /** The voter that is fittest to lead next; null if none answers, or this replica does not lead. */
    public NodeId fittestSuccessor() {
        Leadership leadership = roles.leadership();
        Peer successor = leadership == null ? null : leadership.bestSuccessor();
        return successor == null ? null : successor.node;
    }

    /**
     * To whom another voter of this leader would soon hand leadership on, since that one's priority is clearly higher; null for
     * nobody.
     *
     * @param voter another one than this replica, which leads
     */
    public NodeId preferredTo(NodeId voter) {
        Check.that(isLeader(), "only a leader knows all priorities");
        return new Successors(replica, roles.leadership()).preferredTo(voter);
    }

    /** To whom this leader hands leadership now; null for nobody, or if this replica does not lead. */
    public NodeId transferTarget() {
        Leadership leadership = roles.leadership();
        return leadership == null ? null : leadership.transfer().target();
    }

    /** Why the last transfer of this leader came to nothing, for people; empty if none did since the last one began. */
    public String transferFailure() {
        Leadership leadership = roles.leadership();
        return leadership == null ? "" : leadership.transfer().failure();
    }

    /**
     * Hands leadership to the voter that is fittest, before this node stops: see {@link #maybeTransferTo}. To be asked again
     * while this replica leads, for the successor may fail.
     *
     * @return whether it has begun, or is under way: this replica leads, and another voter answers
     */
    public boolean maybeHandOver() {
        Leadership leadership = roles.leadership();
        Peer successor = leadership == null ? null : leadership.bestSuccessor();
        if (successor == null) {
            return false;
        }
        return leadership.transfer().isUnderWay() || maybeTransferTo(successor.node);
    }

    /**
     * Puts a configuration of these voters in force without a quorum, for an operator whose other voters are gone for good; see
     * {@link Recovery} for what is checked first, and what may be lost.
     *
     * @param voters members of the group, this node among them
     * @param done hears once how it ended, in a later event
     */
    public void recover(List<NodeId> voters, RecoveryCallback done) {
        roles.recovery.begin(voters, done);
    }

    // ---- Views, for tools and checkers

    public Role role() {
        return roles.role();
    }

    public boolean isLeader() {
        return roles.role() == Role.LEADER;
    }

    /** Until when, by its clock, this replica answers reads by its lease; {@link Long#MIN_VALUE} if it has none. */
    public long leaseUntilNanos() {
        Leadership leadership = roles.leadership();
        return leadership == null ? Long.MIN_VALUE : leadership.reads.lease.untilNanos();
    }

    /** The leader of this replica's term, as far as it knows; null if it knows none. */
    public NodeId leader() {
        return roles.leader();
    }

    /**
     * The leader, if it is this replica or spoke to it within the least election timeout; null if not. A replica that has no vote
     * to ask for, or may not ask, goes on believing in a leader that has given it up.
     */
    public NodeId leaderHeard() {
        Following following = roles.following();
        return following == null || following.isLeaderAlive() ? roles.leader() : null;
    }

    /** Whether this replica is silent, with its group: see {@link Pulse}. Only where a node has many groups. */
    public boolean isAsleep() {
        return roles.pulse.isAsleep();
    }

    public long term() {
        return replica.term();
    }

    public long commitIndex() {
        return replica.commitIndex();
    }

    public long lastIndex() {
        return replica.log.lastIndex();
    }

    public long appliedIndex() {
        return replica.appliedIndex();
    }

    /** The one in force: the last in the log, committed or not. */
    public Configuration configuration() {
        return replica.configuration();
    }

    /** Where the configuration in force is in the log; 0 if there is none. */
    public long configurationIndex() {
        return replica.configurations.latestIndex();
    }

    /** The last transition or refusal with its reason, for people. */
    public String lastReason() {
        return replica.lastReason();
    }

    /** The latest transitions and refusals with their reasons, the oldest first; a bounded number, for people. */
    public List<GroupEvent> events() {
        return replica.history.events();
    }

    /** How willing this replica leads: see {@link RaftConfig#priority}. */
    public int priority() {
        return replica.config.priority();
    }

    /** How far each peer has come; empty unless this replica leads. */
    public List<PeerStatus> peers() {
        Leadership leadership = roles.leadership();
        return leadership == null ? List.of() : leadership.status();
    }

    /** How often this leader has heard that more of a peer's log matches; 0 unless this replica leads. */
    public long matchAdvances() {
        Leadership leadership = roles.leadership();
        return leadership == null ? 0 : leadership.matchAdvances();
    }

    /** Up to where this leader holds a peer's log for equal to its own, and durable; 0 where it knows nothing of it. */
    public long matchIndex(NodeId peer) {
        Leadership leadership = roles.leadership();
        return leadership == null ? 0 : leadership.matchIndex(peer);
    }

    public RaftCounters counters() {
        return replica.counters;
    }

    public ReplicaView view() {
        return replica;
    }

    @Override
    public void describe(Description out) {
        replica.describe(out, role().name(), leader());
    }

    @Override
    public void checkInvariants() {
        roles.checkInvariants();
    }
}
