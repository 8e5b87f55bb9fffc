package io.orrery.raft;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.StateMachine;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.trace.Mark;
import io.orrery.raft.log.Ahead;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.EntryBatch;
import io.orrery.raft.log.EntryReader;
import io.orrery.raft.log.HardState;
import io.orrery.raft.log.LogView;
import io.orrery.raft.log.RaftLog;
import io.orrery.raft.log.Wal;
import io.orrery.raft.message.RaftCodec;
import io.orrery.raft.message.RaftMessage;
import io.orrery.raft.read.VoteGuard;
import io.orrery.raft.rules.RaftRules;
import io.orrery.raft.snapshot.SnapshotCounters;
import io.orrery.raft.snapshot.SnapshotId;
import io.orrery.raft.snapshot.SnapshotMarks;
import io.orrery.raft.snapshot.SnapshotMeta;

/**
 * What a replica is in every role (Figure 2: state on all servers), and how it changes it. Decides nothing.
 *
 * <ul>
 *   <li>I1: the term never falls; within a term the vote is given once.
 *   <li>I2: the commit index never falls, and is within the log.
 *   <li>I3: no committed entry is ever cut off.
 *   <li>I4: whoever hears of a later term enters it (section 5.1): see {@link RaftMessage#enteredTerm}.
 * </ul>
 */
final class Replica implements ReplicaView {
    final Kernel kernel;
    final RaftConfig config;
    final RaftRules rules;
    final Wal wal;
    final RaftLog log;
    final Port<RaftMessage> port;
    final Configurations configurations;
    final RaftCounters counters = new RaftCounters();
    final GroupHistory history = new GroupHistory();
    final VoteGuard voteGuard;
    private final Roles roles;
    private final RaftMessage.Handler receiver;
    private final Proposals proposals;
    private final Applier applier;
    final Snapshots snapshots;
    Beginning beginning;
    private boolean running;
    private long term;
    private NodeId vote;
    private long commitIndex;
    private long toldVoteTerm;
    private NodeId toldVote;
    private long preVotesGranted;
    private long preVoteLastIndex;
    private long preVoteLastTerm;
    private String lastNote = "";
    private String lastWhy = "";
    /** The configuration in which it was last asked whether this node votes. */
    private Configuration judged;

    private boolean isVoter;

    /**
     * @param roles hears when more of the log or the hard state is durable, and when a snapshot is in place
     * @param receiver takes the peers' messages
     */
    Replica(
            Kernel kernel,
            RaftConfig config,
            Wal wal,
            StateMachine machine,
            RaftRules rules,
            Roles roles,
            RaftMessage.Handler receiver) {
        this.kernel = kernel;
        this.roles = roles;
        this.receiver = receiver;
        this.config = config;
        this.beginning = new Beginning(config.initial(), config.firstBoot());
        this.configurations = new Configurations(config.initial());
        this.rules = rules;
        this.voteGuard = new VoteGuard(config.reads(), config.timing().electionNanos());
        this.wal = wal;
        this.log = wal.open(config.group(), Glance.task(roles, roles::onDurable));
        this.proposals = new Proposals(this);
        this.snapshots = new Snapshots(this, machine, roles.installing());
        this.applier = new Applier(this, machine, proposals, snapshots);
        Channel channel = new Channel(RaftGroup.PROTOCOL, config.group(), Delivery.STREAM);
        this.port = kernel.open(channel, RaftCodec.INSTANCE, (from, message) -> {
            receive(from, message);
        });
    }

    /** A peer's message, however it came. */
    void receive(NodeId from, RaftMessage message) {
        if (running) {
            roles.pulse.onMessage(from, message);
            roles.memory.onHeard(from, message);
            message.dispatch(from, receiver);
            Check.that(
                    term >= message.enteredTerm(),
                    "I4: whoever hears of a later term enters it",
                    term,
                    message.enteredTerm());
        }
    }

    /** The log is there: goes on from it. */
    void onRecovered() {
        running = true;
        boolean isEmpty = log.hardState().term() == 0 && !hasForgotten();
        voteGuard.onStart(kernel.nowNanos());
        term = log.hardState().term();
        vote = log.hardState().vote();
        if (log.lastTerm() > term) {
            // The snapshot was durable before the term was: no vote was given in it.
            save(log.lastTerm(), null);
        }
        commitIndex = Math.max(commitIndex, log.snapshotIndex());
        configurations.addAll(log);
        if (configuration().isJoint()) {
            reached(MembershipMarks.RESTARTED_IN_JOINT);
        }
        if (isEmpty && roles.memory.maybeBegin() && !beginning.initial().isEmpty()) {
            bootstrap();
        }
    }

    /** At the start: the machine is in the state of this snapshot. */
    void restart(SnapshotMeta meta) {
        commitIndex = meta.index();
        applier.restartAt(meta);
        configurations.restartAt(meta.configurationIndex(), meta.configuration());
    }

    /** The machine is in the state of this snapshot: so are the rest, from here on (section 7, steps 6 to 8). */
    void install(SnapshotMeta meta) {
        if (log.matches(meta.index(), meta.term())) {
            reached(SnapshotMarks.SUFFIX_KEPT);
            configurations.adopt(meta.index(), meta.configurationIndex(), meta.configuration());
        } else {
            Check.that(commitIndex < meta.index(), "I3: a snapshot replaces no committed entry", commitIndex);
            if (log.lastIndex() > log.snapshotIndex()) {
                reached(SnapshotMarks.SUFFIX_DROPPED);
            }
            log.restartAt(meta.index(), meta.term());
            configurations.restartAt(meta.configurationIndex(), meta.configuration());
        }
        commitIndex = Math.max(commitIndex, meta.index());
        proposals.abandonThrough(meta.index());
        applier.restartAt(meta);
        applier.applyCommitted();
    }

    /** What a snapshot taken now would say. */
    SnapshotMeta meta() {
        return applier.meta();
    }

    /** Whether some member is of a release that cannot install snapshots: what it lacks must stay in the log. */
    boolean hasPeerWithoutSnapshots() {
        for (NodeId member : configuration().members()) {
            int version = port.version(member);
            if (!member.equals(self()) && version > 0 && version < RaftCodec.SNAPSHOTS_SINCE) {
                return true;
            }
        }
        return false;
    }

    /** Every initial member begins with the same first entry, as if an earlier leader had replicated it. */
    private void bootstrap() {
        save(1, null);
        log.append(1, 0, Entry.Kind.CONFIG, beginning.initial().encode());
        configurations.onAppended(log, Entry.Kind.CONFIG);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    Proposals proposals() {
        return proposals;
    }

    NodeId self() {
        return kernel.self();
    }

    long term() {
        return term;
    }

    @Override
    public NodeId vote() {
        return vote;
    }

    /** Enters a later term, or votes in this one; durable with the next sync. */
    void save(long newTerm, NodeId newVote) {
        Check.that(newTerm >= term, "I1: the term never falls", newTerm, term);
        Check.that(newTerm > term || vote == null || vote.equals(newVote), "I1: one vote in a term", term);
        term = newTerm;
        vote = newVote;
        log.save(new HardState(newTerm, rules.persistsVotes() ? newVote : null, hasForgotten()));
    }

    @Override
    public boolean hasForgotten() {
        return log.hardState().forgot();
    }

    /** What it said in earlier lives, votes among it, may be gone. */
    void forget() {
        Check.that(!hasForgotten(), "it forgets once, until it remembers", term);
        log.save(new HardState(term, vote, true));
    }

    /** It cannot contradict what it forgot any more, if it votes in later terms only: its vote of this one is taken. */
    void remember() {
        Check.that(hasForgotten(), "only who has forgotten remembers", term);
        vote = vote == null ? self() : vote;
        log.save(new HardState(term, vote, false));
        note("remember", "term=" + term + " last=" + log.lastIndex());
    }

    /** Whether a crash now would leave this replica in its term. */
    boolean isTermDurable() {
        return log.durableHardState().term() == term;
    }

    /** Whether a crash now would leave this replica in its term and with its vote. */
    boolean isVoteDurable() {
        return log.isHardStateDurable();
    }

    /** Whether the disk is so far behind, or so full, that entries of the leader must come later. */
    boolean mustHoldBack(EntryBatch entries) {
        if (wal.isFull() && entries.holds(Entry.Kind.COMMAND)) {
            counters.diskFull++;
            reached(RaftMarks.APPEND_HELD_BACK_DISK_FULL);
            return true;
        }
        return !entries.isEmpty() && wal.isBacklogged();
    }

    /** Why the log takes no command now; null if it does. */
    String objectionToCommands() {
        if (wal.isFull()) {
            counters.diskFull++;
            reached(RaftMarks.REFUSED_DISK_FULL);
            note("refuse-command", "disk full");
            return "disk full";
        }
        return wal.isBacklogged() ? "disk behind" : null;
    }

    /** Up to where this replica vouches for its log. */
    long acknowledgeable() {
        return rules.acknowledgeable(log.lastIndex(), log.durableIndex());
    }

    Configuration configuration() {
        return configurations.latest();
    }

    @Override
    public long configurationIndex() {
        return configurations.latestIndex();
    }

    boolean isVoter() {
        Configuration latest = configuration();
        if (latest != judged) {
            judged = latest;
            isVoter = latest.isVoter(self());
        }
        return isVoter;
    }

    long commitIndex() {
        return commitIndex;
    }

    void commitTo(long index) {
        Check.that(index >= commitIndex, "I2: the commit index never falls", index, commitIndex);
        Check.that(index <= log.lastIndex(), "I2: what is committed is in the log", index, log.lastIndex());
        commitIndex = index;
        applier.applyCommitted();
    }

    /** Commits what the leader has, as far as a message of it has shown this log to match. */
    void commitWithLeader(long leaderCommit, long matchedIndex) {
        long index = rules.followerCommit(leaderCommit, matchedIndex, log.lastIndex());
        if (index > commitIndex) {
            commitTo(index);
        }
    }

    /** Whether this replica votes no more, and that is committed. */
    boolean hasLeft() {
        return !isVoter() && configurations.latestIndex() <= commitIndex;
    }

    /** Runs whenever this replica has applied more. */
    void onApplied(Runnable listener) {
        applier.onApplied(listener);
    }

    long appliedIndex() {
        return applier.appliedIndex();
    }

    @Override
    public long appliedDigest() {
        return applier.digest();
    }

    @Override
    public int commandBytesMax() {
        return config.limits().commandBytesMax();
    }

    @Override
    public LogView log() {
        return log;
    }

    @Override
    public SnapshotId latestSnapshot() {
        return snapshots.files().latest();
    }

    @Override
    public long latestSnapshotNanos() {
        return snapshots.files().latestNanos();
    }

    @Override
    public SnapshotCounters snapshotCounters() {
        return snapshots.counters();
    }

    @Override
    public boolean isWithoutState() {
        return snapshots.isMissing();
    }

    /** Makes the next entry of the log, in this replica's term; its index. */
    long append(Entry.Kind kind, Bytes payload) {
        long last = Math.max(log.lastTimestampMillis(), applier.timestampMillis());
        long timestampMillis = Math.max(kernel.wallMillis(), last);
        log.append(term, timestampMillis, kind, payload);
        configurations.onAppended(log, kind);
        return log.lastIndex();
    }

    /** Takes the entry at which the reader is. */
    void append(EntryReader entry) {
        log.append(entry);
        configurations.onAppended(log, entry.kind());
    }

    void truncateFrom(long index) {
        Check.that(index > commitIndex, "I3: a leader contradicts a committed entry", index, commitIndex);
        log.truncateFrom(index);
        reached(RaftMarks.CONFLICT_TRUNCATED);
        boolean wasJoint = configuration().isJoint();
        if (configurations.maybeRollBack(index)) {
            reached(RaftMarks.CONFIGURATION_ROLLED_BACK);
        }
        if (wasJoint != configuration().isJoint()) {
            reached(wasJoint ? MembershipMarks.JOINT_ROLLED_BACK : MembershipMarks.JOINT_BACK_IN_FORCE);
        }
    }

    /** This replica's durable vote of its term leaves the node. */
    void onVoteTold() {
        toldVoteTerm = term;
        toldVote = vote;
    }

    @Override
    public long toldVoteTerm() {
        return toldVoteTerm;
    }

    @Override
    public NodeId toldVote() {
        return toldVote;
    }

    /** A pre-vote for a log that ends so is about to leave the node. */
    void onPreVoteGranted(long lastIndex, long lastTerm) {
        preVotesGranted++;
        preVoteLastIndex = lastIndex;
        preVoteLastTerm = lastTerm;
    }

    @Override
    public long preVotesGranted() {
        return preVotesGranted;
    }

    @Override
    public long preVoteLastIndex() {
        return preVoteLastIndex;
    }

    @Override
    public long preVoteLastTerm() {
        return preVoteLastTerm;
    }

    boolean send(NodeId to, RaftMessage message) {
        return roles.pulse.maybeTake(to, message) || port.send(to, message);
    }

    void defer(Ahead.Task task) {
        roles.pulse.defer(task);
    }

    /** There is something to send. */
    void queueReplication() {
        roles.queueReplication();
    }

    /** Whether this is one of many groups of its node. */
    boolean isOneOfMany() {
        return roles.pulse.isOneOfMany();
    }

    /** Whether other messages may stand for heartbeats. */
    boolean sparesBeats() {
        return roles.pulse.sparesBeats();
    }

    void reached(Mark mark) {
        kernel.trace().reached(mark);
    }

    /** Notes a transition or a refusal with its reason. */
    void note(String what, String why) {
        lastNote = what;
        lastWhy = why;
        history.add(kernel.nowNanos(), what, why);
        kernel.trace().transition(what, why);
    }

    /** The last transition or refusal, for people. */
    String lastReason() {
        if (snapshots.isMissing()) {
            return snapshots.complaint();
        }
        return lastNote.isEmpty() ? "" : lastNote + ": " + lastWhy;
    }

    /** The log's content is described by its ends alone: entries of one index and term are the same (Log Matching). */
    void describe(Description out, String role, NodeId leader) {
        out.value("role", role);
        out.value("term", term);
        out.value("vote", vote);
        out.value("leader", leader);
        out.value("last", log.lastIndex());
        out.value("lastTerm", log.lastTerm());
        out.value("durable", log.durableIndex());
        out.value("commit", commitIndex);
        out.value("applied", applier.appliedIndex());
        out.value("appliedDigest", applier.digest());
        out.value("truncations", log.truncations());
        out.value("compacted", log.snapshotIndex());
        out.value("withoutState", snapshots.isMissing());
        configuration().describe(out);
        out.value("reason", lastReason());
    }

    void checkInvariants() {
        if (!running) {
            return;
        }
        Check.that(applier.appliedIndex() <= commitIndex, "applied is committed", applier.appliedIndex(), commitIndex);
        Check.that(commitIndex <= log.lastIndex(), "I2: what is committed is in the log", commitIndex, log.lastIndex());
        Check.that(log.durableIndex() <= log.lastIndex(), "what is durable is in the log", log.lastIndex());
        Check.that(log.lastTerm() <= term, "no entry is of a later term", log.lastTerm(), term);
    }
}
