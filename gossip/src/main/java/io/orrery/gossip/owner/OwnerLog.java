package io.orrery.gossip.owner;

import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.Membership;
import io.orrery.gossip.MembershipListener;
import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.gossip.owner.message.Operation;
import io.orrery.gossip.owner.message.OwnerCodec;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.gossip.owner.message.OwnerMessage;
import io.orrery.gossip.owner.message.OwnerMessage.Batch;
import io.orrery.gossip.owner.message.OwnerMessage.Chunk;
import io.orrery.gossip.owner.message.OwnerMessage.Digests;
import io.orrery.gossip.owner.message.OwnerMessage.Fetch;
import io.orrery.gossip.owner.message.OwnerMessage.Summary;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.gossip.traffic.Traffic;
import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

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
 * and a digest (g, s, count, hash) that is equal implies equal rows, whoever sent it: rows(o, g, s) is the same with
 * everybody, so that any peer that has it may replay and serve snapshots in the owner's stead. Batches make convergence come
 * about soon; digests, exchanged for ever between all pairs in turn, make it come about surely: each one received starts the
 * repair of every owner on which the receiver is behind. Count and hash are redundant, and audited: a mismatch at equal
 * (g, s) is repaired and counted, and has never a reason. {@code check.OwnerLogInvariants} holds all this against each event
 * of a simulation.
 *
 * <ul>
 *   <li>O1: a node writes only its own rows.
 *   <li>O2: rows are in sight of live members only, under the generation that membership holds: all others' are out of it at
 *       once, by one change of a map (GossipRules R5, R6; {@link Holdings} O4 for the grace).
 *   <li>O3: everything is bounded: what is remembered for replay, a message, the repairs under way. What does not fit comes
 *       by snapshot, or later.
 * </ul>
 *
 * <p>{@link Publisher} sends what is new of our own rows, {@link Intake} takes what comes of others', {@link DigestExchange}
 * finds what was lost, {@link RowServer} gives it.
 *
 * <p>For the node's thread. Give it a kernel scope of its own.
 */
public final class OwnerLog implements Protocol {
    private static final Channel CHANNEL = new Channel(3, 0, Delivery.STREAM);

    private final Kernel kernel;
    private final Membership membership;
    private final OwnerLogConfig config;
    private final OwnerLogCounters counters = new OwnerLogCounters();
    private final Traffic traffic = Traffic.ofRows();
    private final Publisher publisher;
    private final Holdings holdings;
    private final Intake intake;
    private final DigestExchange exchange;
    private final RowServer server;

    public OwnerLog(Kernel kernel, Membership membership, OwnerLogConfig config, OwnerLogListener listener) {
        this(kernel, membership, config, listener, GossipRules.STANDARD);
    }

    /** With other rules, for tests that plant a bug. */
    public OwnerLog(
            Kernel kernel, Membership membership, OwnerLogConfig config, OwnerLogListener listener, GossipRules rules) {
        this(kernel, membership, config, new ListenedStore(listener), rules);
    }

    /**
     * @param store where the rows of peers are kept; this node's own are kept here
     */
    public OwnerLog(Kernel kernel, Membership membership, OwnerLogConfig config, RowStore store, GossipRules rules) {
        this.kernel = kernel;
        this.membership = membership;
        this.config = config;
        Port<OwnerMessage> port = kernel.open(CHANNEL, traffic.rows(OwnerCodec.INSTANCE), this::onMessage);
        RowStore.Shelf ownShelf = new ListenedStore(OwnerLogListener.NONE).open(kernel.self(), 0);
        publisher = new Publisher(kernel, membership, config, port, counters, ownShelf, this::sayHelloToAll);
        holdings = new Holdings(kernel, membership, config, rules, store, counters);
        intake = new Intake(
                kernel,
                membership,
                config,
                port,
                counters,
                holdings,
                this::sayHello,
                () -> exchange().hurry());
        exchange =
                new DigestExchange(kernel, membership, config, port, counters, publisher, holdings, intake::onDigest);
        server = new RowServer(kernel, membership, config, port, counters, publisher, holdings, exchange::hurry);
        membership.listen(new MembershipListener() {
            @Override
            public void onChange(Member before, Member after) {
                onMember(before, after);
            }

            @Override
            public void onReaped(Member last) {
                holdings.onMember(last.node());
            }
        });
    }

    private DigestExchange exchange() {
        return exchange;
    }

    private void sayHello(NodeId peer) {
        exchange.sayHello(peer);
    }

    private void sayHelloToAll() {
        exchange.sayHelloToAll();
    }

    @Override
    public void start() {
        exchange.start();
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
            if (before != null && !isSameLife(before, after)) {
                exchange.sayHelloToAll();
            }
            return;
        }
        boolean wasLive = before != null && before.isLive();
        if (after.isLive() && !wasLive) {
            exchange.add(node);
        } else if (wasLive && !after.isLive()) {
            exchange.remove(node);
        }
        holdings.onMember(node);
        if (holdings.find(node) == null) {
            intake.onGone(node);
        }
        boolean another = !wasLive || !isSameLife(before, after);
        boolean suspectedNoLonger =
                wasLive && before.state() == MemberState.SUSPECT && after.state() == MemberState.ALIVE;
        if (after.isLive() && (another || suspectedNoLonger)) {
            intake.onBack(node);
            exchange.sayHello(node);
        }
    }

    private static boolean isSameLife(Member before, Member after) {
        return before.incarnation().generation() == after.incarnation().generation();
    }

    // ---- messages

    private void onMessage(NodeId from, OwnerMessage message) {
        Member sender = membership.member(from);
        if (!message.cluster().equals(membership.cluster())) {
            counters.count(Counter.REFUSED_OTHER_CLUSTER);
        } else if (message instanceof Batch fresh) {
            intake.onBatch(from, fresh);
        } else if (message instanceof Chunk chunk) {
            intake.onChunk(from, chunk);
        } else if (sender == null || !sender.isLive()) {
            counters.count(Counter.REFUSED_STALE);
        } else if (message instanceof Summary summary) {
            exchange.onSummary(from, summary);
        } else if (message instanceof Digests digests) {
            exchange.onDigests(from, digests);
        } else if (message instanceof Fetch fetch) {
            server.onFetch(from, fetch);
        }
    }

    // ---- what can be seen

    public OwnerLogConfig config() {
        return config;
    }

    public NodeId self() {
        return kernel.self();
    }

    /**
     * The rows of {@code owner}, which may be this node, that are in sight here: a copy, sorted; empty if none. For checks, and
     * for small tables.
     */
    public SortedSet<Bytes> rows(NodeId owner) {
        Rows rows = inSight(owner);
        return rows == null ? Collections.emptySortedSet() : rows.sorted();
    }

    /** Null if none are. */
    private Rows inSight(NodeId owner) {
        if (owner.equals(kernel.self())) {
            return publisher.rows();
        }
        PeerRows held = holdings.find(owner);
        return held == null || held.isAside() ? null : held.rows();
    }

    /** Whether the rows of {@code owner} that are in sight here are these and no others. For checks. */
    public boolean isInSight(NodeId owner, Set<Bytes> rows) {
        Rows held = inSight(owner);
        return held == null ? rows.isEmpty() : held.isExactly(rows);
    }

    /** Whether the rows of {@code owner} that are in sight here and there are the same. For checks. */
    public boolean isInSightAsAt(OwnerLog other, NodeId owner) {
        Rows here = inSight(owner);
        Rows there = other.inSight(owner);
        if (here == null || there == null) {
            return countInSight(owner) == other.countInSight(owner);
        }
        return here.isSame(there);
    }

    /** How many rows of {@code owner} are in sight here. */
    public long countInSight(NodeId owner) {
        Rows rows = inSight(owner);
        return rows == null ? 0 : rows.count();
    }

    /** The rows of a peer, in sight or aside, in no order that is promised; made one by one. */
    public Iterable<Bytes> allRows(NodeId owner) {
        PeerRows held = holdings.find(owner);
        return held == null ? List.of() : held.rows();
    }

    /** The peers of which this node holds rows, in sight or aside, or has begun to; sorted. */
    public SortedSet<NodeId> owners() {
        return holdings.owners();
    }

    /** Whether a peer's rows are held out of sight, because it is taken for dead. */
    public boolean isAside(NodeId owner) {
        PeerRows held = holdings.find(owner);
        return held != null && held.isAside();
    }

    /** The generation under which rows are held of a peer; 0 if none are. */
    public long generation(NodeId owner) {
        PeerRows held = holdings.find(owner);
        return held == null ? 0 : held.generation();
    }

    /** How far this node has an owner's rows, which may be itself; null if it holds none, or a snapshot is under way. */
    public OwnerDigest digest(NodeId owner) {
        if (owner.equals(kernel.self())) {
            return publisher.digest();
        }
        PeerRows held = holdings.find(owner);
        return held == null || !held.isComplete() ? null : held.digest();
    }

    /** The last operation of a peer that its rows here reflect, as far as {@link #cursor} says; 0 if none are held. */
    public long sequence(NodeId owner) {
        PeerRows held = holdings.find(owner);
        return held == null ? 0 : held.sequence();
    }

    /** Up to where a peer's snapshot has come: null if none is under way, empty if it has not begun. */
    public Bytes cursor(NodeId owner) {
        PeerRows held = holdings.find(owner);
        return held == null ? null : held.cursor();
    }

    /** This node's own operations behind {@code after}, if they are remembered, else null: for checks. */
    public List<Operation> operations(long after) {
        OperationLog log = publisher.log();
        return log.remembers(after) ? log.after(after, Integer.MAX_VALUE, Integer.MAX_VALUE) : null;
    }

    /** Rises whenever any rows change. */
    public long changes() {
        return holdings.changes() + publisher.own().sequence();
    }

    public OwnerLogCounters counters() {
        return counters;
    }

    public Traffic traffic() {
        return traffic;
    }

    @Override
    public void describe(Description out) {
        describe(out, publisher.digest(), false);
        for (PeerRows held : holdings.all()) {
            describe(out, held.digest(), held.isAside());
        }
    }

    private static void describe(Description out, OwnerDigest digest, boolean isAside) {
        out.begin(digest.owner().name());
        out.value("generation", digest.generation());
        out.value("sequence", digest.sequence());
        out.value("rows", digest.count());
        out.value("hash", digest.hash());
        out.value("aside", isAside ? 1 : 0);
        out.end();
    }

    @Override
    public void checkInvariants() {
        publisher.checkInvariants();
        exchange.checkInvariants();
    }
}
