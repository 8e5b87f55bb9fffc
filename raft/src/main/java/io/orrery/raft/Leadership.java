package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.RaftLog;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.message.AppendEntries;
import io.orrery.raft.message.AppendRefusal;
import io.orrery.raft.message.TimeoutNow;
import io.orrery.raft.progress.Inflights;
import io.orrery.raft.progress.Progress;
import io.orrery.raft.quorum.CommitIndex;
import io.orrery.raft.quorum.Majority;
import java.util.ArrayList;
import java.util.List;

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
    private final Peers peers = new Peers();
    private List<Entry> slice = List.of();
    private long sliceLastIndex;
    /** What is said to one peer often holds for the next, and while nothing happens for all of them each time. */
    private AppendEntries last;

    private long[] acknowledged = new long[8];
    private long matchAdvances;
    private NodeId transferTo;
    private long transferUntilNanos;

    Leadership(Replica replica) {
        this.replica = replica;
        this.term = replica.term();
        onConfiguration();
    }

    /** A configuration came into force: follows new members, and lets removed ones go when they know of it. */
    void onConfiguration() {
        Configuration configuration = replica.configuration();
        for (NodeId member : configuration.members()) {
            if (!member.equals(replica.self())) {
                follow(member).removedAt = 0;
            }
        }
        for (int i = 0; i < peers.size(); i++) {
            Peer peer = peers.at(i);
            if (!configuration.isMember(peer.node) && peer.removedAt == 0) {
                peer.removedAt = replica.configurations.latestIndex();
            }
        }
    }

    private Peer follow(NodeId node) {
        Peer known = peers.find(node);
        if (known != null) {
            return known;
        }
        RaftConfig.Limits limits = replica.config.limits();
        Inflights inflights = new Inflights(limits.inflightMessagesMax(), limits.inflightBytesMax());
        Peer peer = new Peer(node, new Progress(replica.log.lastIndex() + 1, replica.kernel.nowNanos(), inflights));
        peers.add(peer);
        return peer;
    }

    /** Sends each peer what it lacks, as far as the limits go, and the commit index where nothing else carries it. */
    void replicate() {
        Check.that(term == replica.term(), "I1: a leader speaks in its own term", term, replica.term());
        boolean someKnow = false;
        for (int i = 0; i < peers.size(); i++) {
            Peer peer = peers.at(i);
            replicateTo(peer);
            someKnow |= peer.knowsOfRemoval();
        }
        if (someKnow) {
            peers.removeIf(Peer::knowsOfRemoval);
        }
        maybeTransfer();
    }

    private void replicateTo(Peer peer) {
        Progress progress = peer.progress;
        while (!progress.isPaused() && progress.next() <= replica.log.lastIndex()) {
            if (!send(peer, entriesFrom(progress.next()))) {
                return;
            }
        }
        boolean nothingUnderWay = progress.state() == Progress.State.REPLICATE
                && progress.inflights().isEmpty();
        if (nothingUnderWay && progress.commitSent() < replica.commitIndex()) {
            send(peer, List.of());
        }
    }

    /** As many as a message takes. Peers that keep up get the same, and I2 says that no entry changes meanwhile. */
    private List<Entry> entriesFrom(long next) {
        if (slice.isEmpty() || slice.get(0).index() != next || sliceLastIndex != replica.log.lastIndex()) {
            RaftConfig.Limits limits = replica.config.limits();
            slice = replica.log.slice(next, limits.messageEntriesMax(), limits.messageBytesMax());
            sliceLastIndex = replica.log.lastIndex();
        }
        return slice;
    }

    /** Tells every peer that the leader lives; where a message was lost, the answer shows it. */
    void heartbeat() {
        for (int i = 0; i < peers.size(); i++) {
            send(peers.at(i), List.of());
        }
    }

    private boolean send(Peer peer, List<Entry> entries) {
        Progress progress = peer.progress;
        long prev = progress.next() - 1;
        AppendEntries message = message(prev, entries);
        if (!replica.send(peer.node, message)) {
            // Certainly lost, so the peer's log ends earlier than assumed. The next heartbeat tries again.
            progress.onLost();
            progress.onSent(progress.next() - 1, 0);
            return false;
        }
        progress.onSent(message.lastIndex(), bytesOf(entries));
        progress.onCommitSent(Math.min(replica.commitIndex(), message.lastIndex()));
        return true;
    }

    private AppendEntries message(long prev, List<Entry> entries) {
        long prevTerm = replica.log.term(prev);
        long commitIndex = replica.commitIndex();
        boolean isSame = last != null
                && last.entries() == entries
                && last.prevIndex() == prev
                && last.prevTerm() == prevTerm
                && last.commitIndex() == commitIndex;
        if (!isSame) {
            last = new AppendEntries(term, prev, prevTerm, commitIndex, entries);
        }
        return last;
    }

    private static int bytesOf(List<Entry> entries) {
        int bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            bytes += entries.get(i).sizeBytes();
        }
        return bytes;
    }

    /** Whether the peer's durable log has grown. */
    boolean maybeAcknowledge(NodeId from, AppendAck ack) {
        Peer peer = peers.find(from);
        if (peer == null || ack.receivedIndex() > replica.log.lastIndex()) {
            replica.counters.ignored++;
            return false;
        }
        peer.progress.onHeard(replica.kernel.nowNanos());
        peer.appliedIndex = ack.appliedIndex();
        boolean rises = peer.progress.maybeAcknowledge(ack.receivedIndex(), ack.durableIndex());
        matchAdvances += rises ? 1 : 0;
        return rises;
    }

    /** How often a peer's durable log has grown. */
    long matchAdvances() {
        return matchAdvances;
    }

    /** Up to where the peer's durable log is equal to this one; 0 where nothing is known. */
    long matchIndex(NodeId node) {
        Peer peer = peers.find(node);
        return peer == null ? 0 : peer.progress.match();
    }

    /** Goes back to where the logs may match, skipping the terms that the peer's log and this one do not share. */
    void onRefusal(NodeId from, AppendRefusal refusal) {
        Peer peer = peers.find(from);
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
     * The largest index that may be committed now: a majority of the voters has it on stable storage, and it is of this
     * term (section 5.4.2).
     */
    long committable() {
        List<NodeId> voters = replica.configuration().voters();
        if (acknowledged.length < voters.size()) {
            acknowledged = new long[voters.size()];
        }
        for (int i = 0; i < voters.size(); i++) {
            acknowledged[i] = acknowledgedBy(voters.get(i));
        }
        long counted = CommitIndex.of(acknowledged, voters.size());
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

    private long acknowledgedBy(NodeId voter) {
        return voter.equals(replica.self())
                ? replica.acknowledgeable()
                : peers.find(voter).progress.match();
    }

    /** Whether a majority of the voters has answered within an election timeout (dissertation, section 6.2). */
    boolean hasQuorum() {
        long since = replica.kernel.nowNanos() - replica.config.timing().electionNanos();
        List<NodeId> voters = replica.configuration().voters();
        int heard = 0;
        for (int i = 0; i < voters.size(); i++) {
            NodeId voter = voters.get(i);
            if (voter.equals(replica.self()) || peers.find(voter).progress.heardNanos() >= since) {
                heard++;
            }
        }
        return heard >= Majority.of(voters.size());
    }

    /** Removed peers that cannot be reached are told no more of it. */
    void forgetRemoved() {
        boolean forgets = peers.removeIf(peer -> peer.removedAt > 0 && peer.removedAt <= replica.commitIndex());
        if (forgets) {
            replica.reached(RaftMarks.REMOVED_UNREACHABLE);
        }
    }

    /** Whether this leader has committed an entry of its own term, and so knows what is committed. */
    boolean hasCommittedInTerm() {
        return replica.log.term(replica.commitIndex()) == term;
    }

    /** Why the change is not possible now; null if it is. */
    String objectionTo(MembershipChange change) {
        Configuration configuration = replica.configuration();
        NodeId node = change.node();
        if (!hasCommittedInTerm()) {
            replica.reached(RaftMarks.CHANGE_BEFORE_OWN_COMMIT);
            return "the leader has not committed an entry of its term yet";
        }
        if (replica.configurations.latestIndex() > replica.commitIndex()) {
            replica.reached(RaftMarks.CHANGE_OVERLAPPING);
            return "another change is under way";
        }
        return switch (change.kind()) {
            case ADD_LEARNER -> {
                if (configuration.isMember(node)) {
                    yield node + " is a member";
                }
                boolean full = configuration.members().size() >= Configuration.MEMBERS_MAX;
                yield full ? "the group has " + Configuration.MEMBERS_MAX + " members" : null;
            }
            case PROMOTE -> {
                if (!configuration.isLearner(node)) {
                    yield node + " is not a learner";
                }
                long lag = replica.log.lastIndex() - peers.find(node).progress.match();
                if (lag <= replica.config.limits().catchUpEntriesMax()) {
                    yield null;
                }
                replica.reached(RaftMarks.PROMOTION_TOO_EARLY);
                yield node + " lags " + lag + " entries";
            }
            case REMOVE -> {
                if (!configuration.isMember(node)) {
                    yield node + " is not a member";
                }
                boolean last =
                        configuration.isVoter(node) && configuration.voters().size() == 1;
                yield last ? node + " is the only voter" : null;
            }
        };
    }

    /** Begins to hand over: when the target has all entries it is told to campaign (dissertation, section 3.10). */
    boolean maybeStartTransfer(NodeId to) {
        if (!replica.configuration().isVoter(to) || to.equals(replica.self()) || isTransferring()) {
            return false;
        }
        transferTo = to;
        transferUntilNanos = replica.kernel.nowNanos() + replica.config.timing().electionNanos();
        return true;
    }

    /** Proposals wait while the leader hands over, for at most an election timeout. */
    boolean isTransferring() {
        return transferTo != null && replica.kernel.nowNanos() < transferUntilNanos;
    }

    private void maybeTransfer() {
        Peer peer = transferTo == null ? null : peers.find(transferTo);
        if (peer != null && isTransferring() && peer.progress.match() == replica.log.lastIndex()) {
            replica.reached(RaftMarks.TRANSFERRED);
            replica.note("hand-over", "to=" + transferTo + " term=" + term);
            replica.send(transferTo, new TimeoutNow(term));
            transferTo = null;
        } else if (transferTo != null && !isTransferring()) {
            replica.reached(RaftMarks.TRANSFER_EXPIRED);
            transferTo = null;
        }
    }

    List<PeerStatus> status() {
        List<PeerStatus> status = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
            status.add(peers.at(i).status());
        }
        return status;
    }
}
