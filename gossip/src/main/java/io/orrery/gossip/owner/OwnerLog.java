package io.orrery.gossip.owner;

import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.gossip.owner.PeerRows.Outcome;
import io.orrery.gossip.owner.message.OwnerCodec;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.gossip.owner.message.OwnerMessage;
import io.orrery.gossip.owner.message.OwnerMessage.Batch;
import io.orrery.gossip.owner.message.OwnerMessage.Chunk;
import io.orrery.gossip.owner.message.OwnerMessage.Digests;
import io.orrery.gossip.owner.message.OwnerMessage.Fetch;
import io.orrery.gossip.owner.message.OwnerMessage.Purpose;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.gossip.swim.ProbeRound;
import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Rows that each node owns and all live members hold. A row is opaque bytes; the caller counts references.
 *
 * <p><b>Convergence.</b> An owner o numbers its operations; rows(o, g, s) is the fold of operations 1 to s of its generation
 * g. What a node p holds of o is always rows(o, g, s) for some (g, s), or on its way there by a snapshot (see PeerRows). So
 *
 * <pre>
 *   p converged on o   ⇔   (g, s) at p = (g, s) at o   ⇒   rows at p = rows at o
 * </pre>
 *
 * and a digest (g, s, count, hash) that is equal implies equal rows. Batches make this come about soon; digests, exchanged
 * for ever between all pairs in turn, make it come about surely: each one received starts the repair of every owner on
 * which the receiver is behind. Count and hash are redundant, and audited: a mismatch at equal (g, s) is repaired and
 * counted, and has never a reason.
 *
 * <ul>
 *   <li>O1: a node writes only its own rows.
 *   <li>O2: rows are held of live members only, under the generation that membership holds: all others' are dropped at once,
 *       by one removal from a map (GossipRules R5, R6).
 *   <li>O3: everything is bounded: what is remembered for replay, a message, the repairs under way. What does not fit comes
 *       by snapshot, or later.
 * </ul>
 *
 * <p>For the node's thread. Give it a kernel scope of its own.
 */
public final class OwnerLog implements Protocol {
    private static final Channel CHANNEL = new Channel(3, 0, Delivery.STREAM);

    private final Kernel kernel;
    private final Membership membership;
    private final OwnerLogConfig config;
    private final OwnerLogListener listener;
    private final GossipRules rules;
    private final OwnerLogCounters counters = new OwnerLogCounters();
    private final Publisher publisher;
    private final TreeMap<NodeId, PeerRows> peers = new TreeMap<>();
    private final SortedSet<NodeId> owners = Collections.unmodifiableSortedSet(peers.navigableKeySet());
    private final Repairs repairs;
    private final ProbeRound digestRound;
    private final Port<OwnerMessage> port;
    private final Timer digest;
    private long changes;

    public OwnerLog(Kernel kernel, Membership membership, OwnerLogConfig config, OwnerLogListener listener) {
        this(kernel, membership, config, listener, GossipRules.STANDARD);
    }

    /** With other rules, for tests that plant a bug. */
    public OwnerLog(
            Kernel kernel, Membership membership, OwnerLogConfig config, OwnerLogListener listener, GossipRules rules) {
        this.kernel = kernel;
        this.membership = membership;
        this.config = config;
        this.listener = listener;
        this.rules = rules;
        repairs = new Repairs(config);
        digestRound = new ProbeRound(kernel.prng().fork("digest-round"));
        port = kernel.open(CHANNEL, OwnerCodec.INSTANCE, this::onMessage);
        publisher = new Publisher(kernel, membership, config, port, counters, this::sayHelloToAll);
        digest = kernel.timer("digest", this::onDigestDue);
        membership.livePeers().forEach(digestRound::add);
        membership.listen(this::onMember);
    }

    @Override
    public void start() {
        digest.restart(kernel.prng().below(config.digestNanos()) + 1);
    }

    // ---- own rows

    /**
     * Adds a row of this node; may be called before the start.
     *
     * @param row at most {@code rowBytesMax} bytes
     * @return false if it was there already
     */
    public boolean add(Bytes row) {
        return publisher.add(row);
    }

    /**
     * Removes a row of this node.
     *
     * @return false if it was not there
     */
    public boolean remove(Bytes row) {
        return publisher.remove(row);
    }

    // ---- members come and go

    private void onMember(Member before, Member after) {
        NodeId node = after.node();
        if (node.equals(kernel.self())) {
            if (before != null
                    && before.incarnation().generation() != after.incarnation().generation()) {
                sayHelloToAll();
            }
            return;
        }
        boolean wasLive = before != null && before.isLive();
        if (after.isLive() && !wasLive) {
            digestRound.add(node);
        } else if (wasLive && !after.isLive()) {
            digestRound.remove(node);
        }
        maybeDrop(node);
        boolean another = !wasLive
                || before.incarnation().generation() != after.incarnation().generation();
        if (after.isLive() && another) {
            sayHello(node);
        }
    }

    /** O2. */
    private void maybeDrop(NodeId owner) {
        PeerRows held = peers.get(owner);
        if (held != null && rules.dropsRows(membership.member(owner), held.generation())) {
            drop(owner);
        }
    }

    private void drop(NodeId owner) {
        PeerRows held = peers.remove(owner);
        repairs.end(owner);
        changes++;
        if (held.rows().count() > 0) {
            counters.count(Counter.OWNERS_CLEARED);
            kernel.trace().reached(GossipMarks.ROWS_CLEARED);
            trace("clear", owner, held);
            listener.onCleared(owner);
        }
    }

    // ---- messages

    private void onMessage(NodeId from, OwnerMessage message) {
        Member sender = membership.member(from);
        if (!message.cluster().equals(cluster())) {
            counters.count(Counter.REFUSED_OTHER_CLUSTER);
        } else if (message instanceof Batch fresh) {
            onBatch(from, fresh);
        } else if (message instanceof Chunk chunk) {
            onChunk(from, chunk);
        } else if (sender == null || !sender.isLive()) {
            counters.count(Counter.REFUSED_STALE);
        } else if (message instanceof Digests digests) {
            onDigests(from, digests);
        } else if (message instanceof Fetch fetch) {
            publisher.onFetch(from, fetch);
        }
    }

    private void onBatch(NodeId from, Batch message) {
        PeerRows held = maybeOpen(from, message.owner(), message.generation());
        if (held == null) {
            return;
        }
        long before = held.sequence();
        Outcome outcome = held.apply(message);
        if (outcome == Outcome.GAP) {
            maybeFetch(held, message.owner());
        } else if (outcome == Outcome.APPLIED) {
            changes++;
            counters.count(Counter.OPERATIONS_APPLIED, held.sequence() - before);
        }
        if (outcome != Outcome.GAP && repairs.isUnderWay(message.owner())) {
            onRepaired(message, held, outcome);
        }
        held.checkInvariants();
    }

    /** A batch came in while the owner is being asked for what we miss. */
    private void onRepaired(Batch message, PeerRows held, Outcome outcome) {
        if (held.sequence() < message.lastSequence()) {
            if (outcome == Outcome.APPLIED) {
                maybeProceed(held, message.owner());
            }
        } else if (held.isComplete()) {
            kernel.trace().reached(GossipMarks.GAP_REPLAYED);
            repairs.end(message.owner());
        }
    }

    private void onChunk(NodeId from, Chunk chunk) {
        PeerRows held = maybeOpen(from, chunk.owner(), chunk.generation());
        if (held == null || held.apply(chunk) != Outcome.APPLIED) {
            return;
        }
        changes++;
        if (chunk.from() == null) {
            counters.count(Counter.SNAPSHOTS_TAKEN);
            kernel.trace().reached(GossipMarks.SNAPSHOT_REPAIR);
            trace("snapshot", chunk.owner(), held);
        }
        if (held.isComplete()) {
            repairs.end(chunk.owner());
        } else {
            maybeProceed(held, chunk.owner());
        }
        held.checkInvariants();
    }

    /** O1, O2: where rows of this owner and generation go; null if they are refused. */
    private PeerRows maybeOpen(NodeId from, NodeId owner, long generation) {
        if (!from.equals(owner) || owner.equals(kernel.self())) {
            counters.count(Counter.REFUSED_NONSENSE);
            return null;
        }
        if (!rules.acceptsRows(membership.member(owner), generation)) {
            counters.count(Counter.REFUSED_STALE);
            kernel.trace().reached(GossipMarks.STALE_ROWS_REFUSED);
            return null;
        }
        return open(owner, generation);
    }

    private PeerRows open(NodeId owner, long generation) {
        PeerRows held = peers.get(owner);
        if (held != null && held.generation() != generation) {
            kernel.trace().reached(GossipMarks.ROWS_SUPERSEDED);
            drop(owner);
            held = null;
        }
        if (held == null) {
            held = new PeerRows(owner, generation, listener);
            peers.put(owner, held);
        }
        return held;
    }

    // ---- digests

    private void onDigestDue() {
        List<OwnerDigest> table = digests();
        NodeId peer = digestRound.next();
        if (peer != null && !table.isEmpty()) {
            sendDigests(peer, Purpose.TABLE, table);
        }
        digest.restart(config.digestNanos());
    }

    private void sayHelloToAll() {
        for (NodeId peer : membership.livePeers()) {
            sayHello(peer);
        }
    }

    private void sayHello(NodeId peer) {
        List<OwnerDigest> digests = new ArrayList<>(2);
        PeerRows held = peers.get(peer);
        if (held != null && held.isComplete()) {
            digests.add(held.digest());
        }
        if (publisher.hasRows()) {
            digests.add(peer.compareTo(kernel.self()) < 0 ? digests.size() : 0, publisher.digest());
        }
        sendDigests(peer, Purpose.HELLO, digests);
    }

    /** What a digest says of our own rows was sent before it. */
    private void sendDigests(NodeId peer, Purpose purpose, List<OwnerDigest> digests) {
        publisher.flush();
        counters.count(Counter.DIGESTS_SENT);
        port.send(peer, new Digests(cluster(), purpose, digests));
    }

    /** Both tables are sorted by owner: one walk along the two finds who is behind on what. */
    private void onDigests(NodeId from, Digests message) {
        List<OwnerDigest> answer = new ArrayList<>();
        Iterator<OwnerDigest> rest = oursFor(message.purpose()).iterator();
        OwnerDigest ours = next(rest);
        for (OwnerDigest theirs : message.digests()) {
            while (ours != null && ours.owner().compareTo(theirs.owner()) < 0) {
                answer.add(ours);
                ours = next(rest);
            }
            boolean equal = false;
            if (ours != null && ours.owner().equals(theirs.owner())) {
                equal = ours.equals(theirs);
                if (isBehind(theirs, ours)) {
                    answer.add(ours);
                }
                ours = next(rest);
            }
            if (!equal && !theirs.owner().equals(kernel.self())) {
                onDigest(from, theirs);
            }
        }
        for (; ours != null; ours = next(rest)) {
            answer.add(ours);
        }
        if (!answer.isEmpty()) {
            sendDigests(from, Purpose.ANSWER, answer);
        }
    }

    private static OwnerDigest next(Iterator<OwnerDigest> rest) {
        return rest.hasNext() ? rest.next() : null;
    }

    /** What a sender of digests may want to hear of. */
    private List<OwnerDigest> oursFor(Purpose purpose) {
        return switch (purpose) {
            case TABLE -> digests();
            case HELLO -> publisher.hasRows() ? List.of(publisher.digest()) : List.of();
            case ANSWER -> List.of();
        };
    }

    private static boolean isBehind(OwnerDigest theirs, OwnerDigest ours) {
        return theirs.generation() < ours.generation()
                || theirs.generation() == ours.generation() && theirs.sequence() < ours.sequence();
    }

    /**
     * Somebody has this of an owner. The owner's own word comes behind its batches, on one stream: if it is more than we
     * have, something was lost. From anybody else it may have overtaken a batch, so the owner is asked for its word.
     */
    private void onDigest(NodeId from, OwnerDigest theirs) {
        NodeId owner = theirs.owner();
        if (!rules.acceptsRows(membership.member(owner), theirs.generation())) {
            return;
        }
        PeerRows held = open(owner, theirs.generation());
        boolean behind = theirs.sequence() > held.sequence();
        if (!held.isComplete() || behind && from.equals(owner)) {
            maybeFetch(held, owner);
        } else if (behind) {
            kernel.trace().reached(GossipMarks.HEARD_OF_ROWS);
            sayHello(owner);
        } else if (from.equals(owner) && !held.digest().equals(theirs) && theirs.sequence() == held.sequence()) {
            counters.count(Counter.AUDIT_MISMATCHES);
            trace("audit-mismatch", owner, held);
            held.distrust();
            maybeFetch(held, owner);
        }
    }

    // ---- repair

    private void maybeFetch(PeerRows held, NodeId owner) {
        if (repairs.maybeBegin(owner, kernel.nowNanos())) {
            if (held.cursor() != null && !held.cursor().isEmpty()) {
                kernel.trace().reached(GossipMarks.SNAPSHOT_RESUMED);
            }
            trace("fetch", owner, held);
            sendFetch(held, owner);
        }
    }

    private void maybeProceed(PeerRows held, NodeId owner) {
        if (repairs.maybeProceed(owner, kernel.nowNanos())) {
            sendFetch(held, owner);
        }
    }

    private void sendFetch(PeerRows held, NodeId owner) {
        counters.count(Counter.FETCHES_SENT);
        port.send(owner, new Fetch(cluster(), owner, held.generation(), held.sequence(), held.cursor()));
    }

    // ---- what can be seen

    public NodeId self() {
        return kernel.self();
    }

    /** The rows that this node holds of {@code owner}, which may be itself: a read-only view, sorted; empty if none. */
    public SortedSet<Bytes> rows(NodeId owner) {
        if (owner.equals(kernel.self())) {
            return publisher.own().rows().view();
        }
        PeerRows held = peers.get(owner);
        return held == null ? Collections.emptySortedSet() : held.rows().view();
    }

    /** The peers of which this node holds rows, or has begun to; sorted. */
    public SortedSet<NodeId> owners() {
        return owners;
    }

    /** The generation under which rows are held of a peer; 0 if none are. */
    public long generation(NodeId owner) {
        PeerRows held = peers.get(owner);
        return held == null ? 0 : held.generation();
    }

    /** How far this node has an owner's rows, which may be itself; null if it holds none, or a snapshot is under way. */
    public OwnerDigest digest(NodeId owner) {
        if (owner.equals(kernel.self())) {
            return publisher.digest();
        }
        PeerRows held = peers.get(owner);
        return held == null || !held.isComplete() ? null : held.digest();
    }

    private List<OwnerDigest> digests() {
        List<OwnerDigest> digests = new ArrayList<>(peers.size() + 1);
        int before = 0;
        for (PeerRows held : peers.values()) {
            if (held.isComplete() && held.sequence() > 0) {
                digests.add(held.digest());
                before += held.owner().compareTo(kernel.self()) < 0 ? 1 : 0;
            }
        }
        if (publisher.hasRows()) {
            digests.add(before, publisher.digest());
        }
        return digests;
    }

    /** Rises whenever any rows change. */
    public long changes() {
        return changes + publisher.own().sequence();
    }

    public OwnerLogCounters counters() {
        return counters;
    }

    private String cluster() {
        return membership.cluster();
    }

    private void trace(String what, NodeId owner, PeerRows held) {
        if (kernel.trace().isOn()) {
            String why = "generation=" + held.generation() + " sequence=" + held.sequence() + " rows="
                    + held.rows().count() + (held.isComplete() ? "" : " cursor=" + held.cursor());
            kernel.trace().transition(what, owner + ", " + why);
        }
    }

    @Override
    public void describe(Description out) {
        describe(out, publisher.digest());
        for (PeerRows held : peers.values()) {
            describe(out, held.digest());
        }
    }

    private static void describe(Description out, OwnerDigest digest) {
        out.begin(digest.owner().name());
        out.value("generation", digest.generation());
        out.value("sequence", digest.sequence());
        out.value("rows", digest.count());
        out.value("hash", digest.hash());
        out.end();
    }

    @Override
    public void checkInvariants() {
        publisher.checkInvariants();
    }
}
