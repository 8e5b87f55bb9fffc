package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.log.EntryBatch;
import io.orrery.raft.log.RaftLog;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.message.AppendEntries;
import io.orrery.raft.message.AppendRefusal;
import io.orrery.raft.message.InstallSnapshot;
import io.orrery.raft.message.RaftCodec;
import io.orrery.raft.progress.CatchUp;
import io.orrery.raft.progress.Inflights;
import io.orrery.raft.progress.Progress;
import io.orrery.raft.quorum.CommitIndex;
import io.orrery.raft.quorum.JointQuorum;
import io.orrery.raft.snapshot.SnapshotId;
import io.orrery.raft.snapshot.SnapshotMarks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What a leader knows of its peers in its one term (Figure 2: volatile state on leaders), and how it replicates. It is
 * made when the leader is elected and forgotten when it steps down, so nothing of it outlives the term.
 *
 * <ul>
 *   <li>I1: messages bear the term in which this leader was elected, and none leaves after it.
 *   <li>I2: a leader never cuts off or overwrites its own entries (section 5.3, leader append-only).
 * </ul>
 */
final class Leadership {
    private final Replica replica;
    private final long term;
    private final TreeMap<NodeId, Peer> peers = new TreeMap<>();
    private final Reconfiguration reconfiguration;
    private final Transfer transfer;
    final LeaderReads reads;
    private final ToLongFunction<Peer> acknowledgedBy = this::acknowledgedBy;
    private final ToLongFunction<Peer> roundAnsweredBy = this::roundAnsweredBy;
    private final Slices slices;
    private JointQuorum quorum;
    /** The voters by their places in the quorum; null at this node's own. */
    private Peer[] voters;

    private CommitIndex reached;
    private long matchAdvances;
    /** The last message. */
    private AppendEntries said;

    Leadership(Replica replica) {
        this.replica = replica;
        this.term = replica.term();
        this.slices = new Slices(replica);
        this.reads = new LeaderReads(replica);
        this.reconfiguration = new Reconfiguration(replica, this);
        this.transfer = new Transfer(replica, this);
        onConfiguration();
        if (quorum.isJoint()) {
            replica.reached(MembershipMarks.ELECTED_IN_JOINT);
        }
    }

    /** A configuration came into force: follows new members, and lets removed ones go when they know of it. */
    void onConfiguration() {
        Configuration configuration = replica.configuration();
        reads.lease.earnAnew(reads.rounds);
        quorum = configuration.quorum();
        reached = new CommitIndex(quorum);
        for (NodeId member : configuration.members()) {
            if (!member.equals(replica.self())) {
                Peer peer = peerOf(member);
                peer.catchUp = configuration.isPromotable(member) ? catchUp(peer) : null;
            }
        }
        for (Peer peer : peers.values()) {
            if (!configuration.isMember(peer.node)) {
                // It was to be promoted, perhaps, and may catch up before it knows that it was removed.
                peer.catchUp = null;
                peer.removedAt = peer.removedAt == 0 ? replica.configurations.latestIndex() : peer.removedAt;
            }
        }
        voters = quorum.voters().stream().map(peers::get).toArray(Peer[]::new);
    }

    /** Who was removed and comes back may do so with an empty disk: what it acknowledged before counts no more. */
    private Peer peerOf(NodeId member) {
        Peer known = peers.get(member);
        if (known != null && known.removedAt == 0) {
            return known;
        }
        Peer peer = newPeer(member);
        peers.put(member, peer);
        return peer;
    }

    private CatchUp catchUp(Peer peer) {
        long lagMax = replica.config.limits().catchUpEntriesMax();
        long now = replica.kernel.nowNanos();
        return peer.catchUp != null
                ? peer.catchUp
                : new CatchUp(replica.config.timing().electionNanos(), lagMax, replica.log.lastIndex(), now);
    }

    private Peer newPeer(NodeId node) {
        RaftConfig.Limits limits = replica.config.limits();
        Inflights inflights = new Inflights(limits.inflightMessagesMax(), limits.inflightBytesMax());
        return new Peer(node, new Progress(replica.log.lastIndex() + 1, replica.kernel.nowNanos(), inflights));
    }

    /** Sends each peer what it lacks, as far as the limits go, and the commit index where nothing else carries it. */
    void replicate() {
        transfer.advance();
        Check.that(term == replica.term(), "I1: a leader speaks in its own term", term, replica.term());
        for (Iterator<Peer> each = peers.values().iterator(); each.hasNext(); ) {
            Peer peer = each.next();
            replicateTo(peer);
            if (peer.removedAt > 0 && peer.progress.commitSent() >= peer.removedAt) {
                each.remove();
            }
        }
    }

    /** Whether {@link #replicate} would do something now: after most answers to heartbeats there is nothing to be said. */
    boolean owesAfterAnswer(NodeId from) {
        maybePromote(from);
        for (Peer peer : peers.values()) {
            Progress progress = peer.progress;
            boolean hasAll = progress.state() == Progress.State.REPLICATE
                    && progress.next() > replica.log.lastIndex()
                    && progress.commitSent() >= replica.commitIndex();
            if (!hasAll || peer.roundSent < reads.rounds.last() || peer.removedAt > 0) {
                return true;
            }
        }
        return transfer.isBegun();
    }

    private void replicateTo(Peer peer) {
        Progress progress = peer.progress;
        if (maybeOffer(peer, false)) {
            return;
        }
        while (!progress.isPaused() && progress.next() <= replica.log.lastIndex()) {
            if (!send(peer, slices.from(progress.next()))) {
                return;
            }
        }
        boolean nothingUnderWay = progress.state() == Progress.State.REPLICATE
                && progress.inflights().isEmpty();
        boolean owesCommit = nothingUnderWay && progress.commitSent() < replica.commitIndex();
        if (owesCommit || peer.roundSent < reads.rounds.last() && isVoter(peer)) {
            send(peer, EntryBatch.EMPTY);
        }
    }

    private boolean isVoter(Peer peer) {
        return replica.configuration().isVoter(peer.node);
    }

    /** Tells every peer that the leader lives; where a message was lost, the answer shows it. */
    void heartbeat() {
        slices.maybeForget();
        transfer.advance();
        reads.onHeartbeat();
        for (Peer peer : peers.values()) {
            boolean isSpared = peer.isSpokenTo && isSpared(peer);
            peer.isSpokenTo = false;
            if (!maybeOffer(peer, true) && !isSpared) {
                send(peer, EntryBatch.EMPTY);
            }
        }
    }

    /** Whether entries have told the peer what a heartbeat would. */
    private boolean isSpared(Peer peer) {
        return replica.sparesBeats()
                && peer.progress.state() == Progress.State.REPLICATE
                && peer.roundSent == reads.rounds.last();
    }

    /** The group slept: its members were heard when their nodes were. */
    void onWoken(Heart heart) {
        for (Peer peer : peers.values()) {
            long heard = Math.max(peer.progress.heardNanos(), heart.heardNanos(peer.node));
            peer.progress.onHeard(heard);
        }
    }

    Collection<Peer> peers() {
        return peers.values();
    }

    /**
     * Offers the latest snapshot to a peer that needs entries which are compacted; the next heartbeat offers it again. Whether
     * the peer is one.
     */
    private boolean maybeOffer(Peer peer, boolean isHeartbeat) {
        Progress progress = peer.progress;
        RaftLog log = replica.log;
        if (progress.state() != Progress.State.SNAPSHOT && progress.next() > log.snapshotIndex()) {
            return false;
        }
        SnapshotId id = replica.snapshots.offer();
        boolean isPossible = id != null && replica.port.version(peer.node) >= RaftCodec.SNAPSHOTS_SINCE;
        if (isPossible && progress.maybeOffer(id.index())) {
            replica.reached(SnapshotMarks.OFFERED);
            replica.note("offer-snapshot", peer.node + " " + id);
            replica.send(peer.node, new InstallSnapshot(term, id, othersThan(peer.node)));
        } else if (isPossible && isHeartbeat) {
            replica.send(peer.node, new InstallSnapshot(term, id, othersThan(peer.node)));
        } else if (isHeartbeat) {
            // It is not known yet whether it can install, or there is none: it is to know at least that its leader
            // lives.
            long commitIndex = Math.min(replica.commitIndex(), log.snapshotIndex());
            replica.send(
                    peer.node,
                    new AppendEntries(term, log.snapshotIndex(), log.snapshotTerm(), commitIndex, List.of()));
        }
        return true;
    }

    private List<NodeId> othersThan(NodeId node) {
        List<NodeId> others = replica.configuration().members();
        others.remove(node);
        others.remove(replica.self());
        return others;
    }

    void onInstallStatus(NodeId from) {
        Peer peer = peers.get(from);
        if (peer == null) {
            replica.counters.ignored++;
            return;
        }
        peer.progress.onHeard(replica.kernel.nowNanos());
    }

    /** Whether a peer that answers installs a snapshot: what it needs next is to stay. */
    boolean hasInstallingPeer() {
        long since = replica.kernel.nowNanos() - replica.config.timing().electionNanos();
        for (Peer peer : peers.values()) {
            if (peer.progress.state() == Progress.State.SNAPSHOT && peer.progress.heardNanos() >= since) {
                return true;
            }
        }
        return false;
    }

    /** Peers that keep up are told the same, in an idle group again and again: that takes one object. */
    private AppendEntries message(long prev, long round, EntryBatch entries) {
        long prevTerm = replica.log.term(prev);
        long commitIndex = replica.commitIndex();
        boolean isRepeated = said != null
                && said.entries() == entries
                && said.prevIndex() == prev
                && said.prevTerm() == prevTerm
                && said.commitIndex() == commitIndex
                && said.round() == round;
        said = isRepeated ? said : new AppendEntries(term, prev, prevTerm, commitIndex, round, entries);
        return said;
    }

    private boolean send(Peer peer, EntryBatch entries) {
        Progress progress = peer.progress;
        long prev = progress.next() - 1;
        long round = reads.rounds.last();
        AppendEntries message = message(prev, round, entries);
        if (!replica.send(peer.node, message)) {
            peer.isUnreachable = true;
            // Certainly lost, so the peer's log ends earlier than assumed. The next heartbeat tries again.
            progress.onLost();
            progress.onSent(progress.next() - 1, 0);
            return false;
        }
        peer.roundSent = round;
        peer.isSpokenTo |= !entries.isEmpty();
        progress.onSent(message.lastIndex(), (int) entries.sizeBytes());
        progress.onCommitSent(Math.min(replica.commitIndex(), message.lastIndex()));
        return true;
    }

    /** How members are changed. */
    Reconfiguration reconfiguration() {
        return reconfiguration;
    }

    /** Makes the learner a voter if it was added to become one, and has caught up. */
    boolean maybePromote(NodeId node) {
        Peer peer = peers.get(node);
        return peer != null && reconfiguration.maybePromote(peer);
    }

    /** A member that answered in a version without joint configurations; null for none. */
    NodeId anyOfEarlierRelease() {
        for (Peer peer : peers.values()) {
            if (peer.runsEarlierRelease && peer.removedAt == 0) {
                return peer.node;
            }
        }
        return null;
    }

    /** Whether the peer's durable log has grown. */
    boolean maybeAcknowledge(NodeId from, AppendAck ack) {
        Peer peer = peers.get(from);
        if (peer == null || ack.receivedIndex() > replica.log.lastIndex() || !reads.isSane(ack.round())) {
            replica.counters.ignored++;
            return false;
        }
        peer.progress.onHeard(replica.kernel.nowNanos());
        peer.appliedIndex = ack.appliedIndex();
        peer.roundAnswered = Math.max(peer.roundAnswered, ack.round());
        peer.isUnreachable = false;
        peer.priority = ack.priority();
        peer.runsEarlierRelease = ack.priority() == AppendAck.PRIORITY_UNKNOWN;
        boolean rises =
                peer.progress.maybeAcknowledge(ack.receivedIndex(), ack.durableIndex(), replica.log.snapshotIndex());
        matchAdvances += rises ? 1 : 0;
        return rises;
    }

    /** How often a peer's durable log has grown. */
    long matchAdvances() {
        return matchAdvances;
    }

    /** The peer asks what it may have forgotten. */
    void onRecall(NodeId from) {
        Peer peer = peers.get(from);
        if (peer != null) {
            peer.onRecall(replica.kernel.nowNanos());
        }
    }

    /** Up to where the peer's durable log is equal to this one; 0 where nothing is known. */
    long matchIndex(NodeId node) {
        Peer peer = peers.get(node);
        return peer == null ? 0 : peer.progress.match();
    }

    /** Goes back to where the logs may match, skipping the terms that the peer's log and this one do not share. */
    void onRefusal(NodeId from, AppendRefusal refusal) {
        Peer peer = peers.get(from);
        if (peer == null || refusal.hintIndex() >= refusal.refusedIndex()) {
            replica.counters.ignored++;
            return;
        }
        peer.progress.onHeard(replica.kernel.nowNanos());
        RaftLog log = replica.log;
        long hint = log.lastIndexWithTermAtMost(refusal.hintIndex(), refusal.hintTerm());
        if (peer.progress.maybeRefuse(refusal.refusedIndex(), hint)) {
            replica.note("go-back", from + " refused=" + refusal.refusedIndex() + " next=" + peer.progress.next());
        }
    }

    /**
     * The largest index that may be committed now: a quorum has it on stable storage, and it is of this term (section 5.4.2).
     */
    long committable() {
        long counted = reachedByQuorum(acknowledgedBy);
        if (quorum.isJoint() && reached.reachedByIncoming() > counted) {
            replica.reached(MembershipMarks.WAITED_FOR_OUTGOING);
        }
        if (counted <= replica.commitIndex()) {
            return replica.commitIndex();
        }
        if (!replica.rules.commitsByCounting(replica.log.term(counted), term)) {
            replica.reached(RaftMarks.FIGURE8_WAIT);
            return replica.commitIndex();
        }
        if (counted > replica.log.durableIndex()) {
            replica.reached(RaftMarks.COMMITTED_BEFORE_OWN_SYNC);
        }
        return counted;
    }

    /** Whether a quorum has answered a further round of reads: up to then, nobody else was elected. */
    boolean maybeConfirmRound() {
        if (!reads.rounds.isUnderWay()) {
            return false;
        }
        return reads.maybeConfirm(reachedByQuorum(roundAnsweredBy));
    }

    /** The largest of something that rises which a quorum has reached. */
    private long reachedByQuorum(ToLongFunction<Peer> told) {
        for (int place = 0; place < voters.length; place++) {
            reached.put(place, told.applyAsLong(voters[place]));
        }
        return reached.reached();
    }

    private long roundAnsweredBy(Peer voter) {
        return voter == null ? reads.rounds.last() : voter.roundAnswered;
    }

    /** Up to where the peer's log is known to be equal to this one, and durable; null for this node itself. */
    private long acknowledgedBy(Peer voter) {
        return voter == null ? replica.acknowledgeable() : voter.progress.match();
    }

    /** Whether a quorum has answered within an election timeout (dissertation, section 6.2). */
    boolean hasQuorum() {
        long since = replica.kernel.nowNanos() - replica.config.timing().electionNanos();
        return quorum.isQuorum(voter ->
                voter.equals(replica.self()) || peers.get(voter).progress.heardNanos() >= since);
    }

    /** Removed peers that cannot be reached are told no more of it. */
    void forgetRemoved() {
        boolean forgets =
                peers.values().removeIf(peer -> peer.removedAt > 0 && peer.removedAt <= replica.commitIndex());
        if (forgets) {
            replica.reached(RaftMarks.REMOVED_UNREACHABLE);
        }
    }

    /** Whether this leader has committed an entry of its own term, and so knows what is committed. */
    boolean hasCommittedInTerm() {
        return replica.log.term(replica.commitIndex()) == term;
    }

    /** The other voters by how far their logs have come, the best first: this one of them, round and round. */
    NodeId voterByProgress(int place) {
        List<Peer> voters = otherVoters();
        voters.sort((one, other) -> Long.compare(other.progress.match(), one.progress.match()));
        return voters.get(place % voters.size()).node;
    }

    private List<Peer> otherVoters() {
        List<Peer> voters = new ArrayList<>();
        for (Peer peer : peers.values()) {
            if (replica.configuration().isVoter(peer.node)) {
                voters.add(peer);
            }
        }
        return voters;
    }

    /**
     * Who of the voters that stay and answer should lead next: one that has all that is committed, of these the one with the
     * highest priority, of these the one with the longest log. Null if nobody answers.
     */
    Peer bestSuccessor() {
        long since = replica.kernel.nowNanos() - replica.config.timing().electionNanos();
        List<NodeId> staying = replica.configuration().voters();
        Peer best = null;
        for (Peer peer : otherVoters()) {
            boolean answers = peer.progress.heardNanos() >= since && !peer.isUnreachable && staying.contains(peer.node);
            if (answers && (best == null || isBetter(peer, best))) {
                best = peer;
            }
        }
        return best;
    }

    private boolean isBetter(Peer peer, Peer best) {
        boolean hasAll = peer.progress.match() >= replica.commitIndex();
        boolean bestHasAll = best.progress.match() >= replica.commitIndex();
        if (hasAll != bestHasAll) {
            return hasAll;
        }
        if (hasAll && peer.priority != best.priority) {
            return peer.priority > best.priority;
        }
        return peer.progress.match() > best.progress.match();
    }

    /** Of another member; null if it is none. */
    Peer peer(NodeId node) {
        return peers.get(node);
    }

    /** Whether the configuration in force is committed and not joint. */
    boolean isSettled() {
        return !quorum.isJoint() && replica.configurations.latestIndex() <= replica.commitIndex();
    }

    /** How leadership is handed over. */
    Transfer transfer() {
        return transfer;
    }

    List<PeerStatus> status() {
        List<PeerStatus> status = new ArrayList<>();
        peers.values().forEach(peer -> status.add(peer.status()));
        return status;
    }
}
