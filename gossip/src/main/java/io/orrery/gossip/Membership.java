package io.orrery.gossip;

import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.history.MemberHistory;
import io.orrery.gossip.history.SuspicionView;
import io.orrery.gossip.message.Claim;
import io.orrery.gossip.message.GossipMessage;
import io.orrery.gossip.message.GossipMessage.Ack;
import io.orrery.gossip.message.GossipMessage.Digest;
import io.orrery.gossip.message.GossipMessage.IndirectAck;
import io.orrery.gossip.message.GossipMessage.Nack;
import io.orrery.gossip.message.GossipMessage.Ping;
import io.orrery.gossip.message.GossipMessage.PingReq;
import io.orrery.gossip.message.GossipMessage.Refusal;
import io.orrery.gossip.message.GossipMessage.Sync;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.gossip.swim.Acquaintances;
import io.orrery.gossip.swim.Beliefs;
import io.orrery.gossip.swim.Border;
import io.orrery.gossip.swim.Listeners;
import io.orrery.gossip.swim.LocalHealth;
import io.orrery.gossip.swim.MemberTable;
import io.orrery.gossip.swim.Outbox;
import io.orrery.gossip.swim.Presence;
import io.orrery.gossip.swim.Relays;
import io.orrery.gossip.swim.RumourQueue;
import io.orrery.gossip.swim.Spreader;
import io.orrery.gossip.traffic.Traffic;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Check;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Timer;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * The members of the cluster, as this node knows them: SWIM (Das, Gupta, Motivala, DSN 2002).
 *
 * <pre>
 *              a claim overrides (GossipRules R1, R2)
 *   (stranger) ──► ALIVE ──► SUSPECT ──► DEAD        ALIVE, SUSPECT ──► LEFT
 *                    ▲          │          │                              │
 *                    └──────────┴──────────┴──── a later incarnation ◄────┘
 * </pre>
 *
 * <ul>
 *   <li>I1: only this node makes its own incarnations; its generation is durable before its first packet.
 *   <li>I2: what is held of a member only ever advances in the order of the rules, until the member is forgotten.
 *   <li>I3: a suspicion runs exactly for the SUSPECT members.
 *   <li>I4: a grave is kept exactly for the DEAD and LEFT members.
 *   <li>I5: the live peers are exactly those that are probed.
 * </ul>
 *
 * <p>This is the life of a node among others, and the dispatch of its messages. What it believes of the others, and how
 * claims change it, is in {@link Beliefs}.
 *
 * <p>For the node's thread, like everything on the kernel. Give it a kernel scope of its own.
 */
public final class Membership implements Protocol {
    private enum Phase {
        BOOTING,
        RUNNING,
        LEAVING,
        LEFT
    }

    private final Kernel kernel;
    private final GossipConfig config;
    private final GossipCounters counters = new GossipCounters();
    private final Listeners listeners;
    private final LocalHealth health;
    private final MemberHistory history;
    private final MemberTable table;
    private final Border border;
    private final Outbox outbox;
    private final Spreader spreader;
    private final Presence presence;
    private final Relays relays;
    private final Beliefs beliefs;
    private final Timer leaving;
    private Phase phase = Phase.BOOTING;
    private Runnable onLeft;
    private String refusal;

    /**
     * @param address where others reach this node, {@code host:port}; empty where a name is enough
     * @param book is told the addresses of members
     */
    public Membership(Kernel kernel, GossipConfig config, String address, AddressBook book) {
        this(kernel, config, address, book, GossipRules.STANDARD);
    }

    /** With other rules, for tests that plant a bug. */
    public Membership(Kernel kernel, GossipConfig config, String address, AddressBook book, GossipRules rules) {
        this.kernel = kernel;
        this.config = config;
        health = new LocalHealth(config.probe().localHealthMax());
        RumourQueue rumours = new RumourQueue();
        table = new MemberTable(
                new Member(kernel.self(), MemberState.ALIVE, Incarnation.NONE, address, Collections.emptySortedMap()));
        listeners = new Listeners(kernel);
        history = new MemberHistory(
                kernel, config.history().perMemberMax(), config.history().eventsMax());
        border = new Border(kernel, config.cluster(), table, counters);
        outbox = new Outbox(kernel, config, table, rumours, counters, border);
        spreader = new Spreader(kernel, config.rumour(), rumours, table.peers(), outbox);
        presence =
                new Presence(kernel, table, spreader, health, listeners, counters, history, config.generationVersion());
        relays = new Relays(kernel, outbox, config.probe(), counters, this::onSilent);
        beliefs = new Beliefs(
                kernel, config, rules, book, counters, listeners, table, outbox, spreader, presence, health, history);
        leaving = kernel.timer("leave", this::becomeLeft);
    }

    // ---- what the node's owner asks for

    @Override
    public void start() {
        presence.boot(this::becomeRunning);
    }

    /** Adds a listener; it hears what changes from now on. */
    public void listen(MembershipListener listener) {
        listeners.add(listener);
    }

    /**
     * Contacts the seeds, until each of them is a member. May be called before the start, and again at any time; once this
     * node has left, it comes back.
     *
     * @param seeds this node's own name among them is ignored; a cluster's first node needs none
     */
    public void join(List<NodeId> seeds) {
        if (phase == Phase.LEFT) {
            phase = Phase.RUNNING;
            presence.becomeAlive();
            startMechanisms();
        }
        beliefs.syncer().addSeeds(seeds, phase == Phase.RUNNING);
    }

    /**
     * Takes these for all members there are, at once and without a word to anybody: for a node that runs, knows nobody, and
     * is given a whole list, with itself as it presents itself. Simulations of large clusters begin so.
     */
    public void acquaint(Acquaintances known) {
        Check.argument(phase == Phase.RUNNING, "who does not run is acquainted with nobody");
        beliefs.acquaint(known);
    }

    /**
     * Tells the others that this node leaves, and falls silent.
     *
     * @param done runs as an event of its own when they have been told, or the time to do so is over; at once if this node
     *     does not run
     */
    public void leave(Runnable done) {
        if (phase != Phase.RUNNING) {
            kernel.defer(done);
            return;
        }
        phase = Phase.LEAVING;
        onLeft = done;
        beliefs.stop();
        relays.stop();
        presence.becomeLeft();
        List<Claim> word = List.of(presence.claim());
        for (NodeId peer : table.peers().list()) {
            outbox.tell(peer, word);
        }
        leaving.restart(table.peers().isEmpty() ? 0 : config.rumour().leaveTimeoutNanos());
        spreader.whenSpent(this::becomeLeft);
    }

    /**
     * Sets this node's own metadata: a new incarnation, once it runs.
     *
     * @throws IllegalArgumentException if it is more than {@link Member#METADATA_BYTES_MAX}
     */
    public void metadata(SortedMap<String, String> metadata) {
        Member self = table.self();
        presence.change(new Member(self.node(), self.state(), self.incarnation(), self.address(), metadata));
    }

    /** All members that are known, in any state, with this node: a read-only view, sorted by name. */
    public SortedMap<NodeId, Member> members() {
        return table.view();
    }

    /** What is known of a node, or null. */
    public Member member(NodeId node) {
        return table.member(node);
    }

    /** This node as it presents itself. Its incarnation is {@link Incarnation#NONE} until its generation is durable. */
    public Member self() {
        return table.self();
    }

    /** The live members but this node, sorted: a read-only view. */
    public List<NodeId> livePeers() {
        return table.peers().list();
    }

    /** The cluster's name. */
    public String cluster() {
        return config.cluster();
    }

    /** Its id; {@link ClusterId#NONE} if it has none. */
    public ClusterId clusterId() {
        return border.id();
    }

    /** This node is of the cluster of that id: messages of another one are refused from here on. */
    public void clusterId(ClusterId id) {
        border.become(id);
    }

    /** Why the last node that refused us, or that we refused, did not come together with us; null if there was none. */
    public String lastRefusal() {
        return refusal;
    }

    /** What befell the members, and when each was last heard: to be read. */
    public MemberHistory history() {
        return history;
    }

    /** The suspicion of a member as it stands; null if it is no suspect. */
    public SuspicionView suspicion(NodeId node) {
        return beliefs.suspicion(node);
    }

    /** How much this node doubts itself: 0 if not at all (Lifeguard, section IV.A). */
    public int localHealth() {
        return health.score();
    }

    /** Rises with every change of {@link #members}. */
    public long changes() {
        return table.changes();
    }

    public GossipCounters counters() {
        return counters;
    }

    /** What membership says and hears, by kind of message. */
    public Traffic traffic() {
        return outbox.traffic();
    }

    /** Claims that are still to be spread: 0 where nothing is new. */
    public int rumourCount() {
        return outbox.rumourCount();
    }

    // ---- phases

    private void becomeRunning() {
        phase = Phase.RUNNING;
        outbox.open(
                (from, message) -> onMessage(from, message, false), (from, message) -> onMessage(from, message, true));
        startMechanisms();
    }

    private void startMechanisms() {
        beliefs.start();
        spreader.wake();
    }

    private void becomeLeft() {
        phase = Phase.LEFT;
        spreader.stop();
        leaving.cancel();
        kernel.trace().transition("left", "");
        kernel.defer(onLeft);
    }

    // ---- messages

    private void onMessage(NodeId from, GossipMessage message, boolean byStream) {
        if (phase != Phase.RUNNING) {
            return;
        }
        if (from.equals(kernel.self())) {
            counters.count(Counter.REFUSED_NONSENSE);
            return;
        }
        if (message instanceof Refusal refused) {
            onRefusal(from, refused);
            return;
        }
        String why = border.refusal(from, message.header());
        if (why != null) {
            refuse(from, message, why);
            return;
        }
        if (message instanceof Sync sync) {
            beliefs.onSync(from, sync);
        } else if (message instanceof Digest digest) {
            beliefs.syncer().onDigest(from, digest.digest());
        } else {
            if (!message.claims().isEmpty()) {
                beliefs.onRumours(from, message.claims());
            }
            onProbing(from, message, byStream);
        }
        history.onHeard(from, table);
    }

    private void onProbing(NodeId from, GossipMessage message, boolean byStream) {
        if (message instanceof Ping ping) {
            presence.onHeld(from, ping.held());
            boolean upToDate = presence.isUpToDate(ping.held());
            outbox.ack(from, ping.number(), byStream, upToDate ? List.of() : List.of(presence.claim()));
        } else if (message instanceof Ack ack) {
            beliefs.prober().onAck(from, ack.number(), byStream);
            relays.onAck(from, ack.number());
            presence.onHeld(from, ack.held());
            if (!presence.isUpToDate(ack.held())) {
                outbox.tell(from, List.of(presence.claim()));
            }
        } else if (message instanceof PingReq request) {
            onPingReq(from, request);
        } else if (message instanceof IndirectAck ack) {
            beliefs.prober().onIndirectAck(ack.target(), ack.number());
        } else if (message instanceof Nack nack) {
            beliefs.prober().onNack(from, nack.target(), nack.number());
        }
    }

    private void onSilent(NodeId node) {
        beliefs.onSilent(node);
    }

    private void onPingReq(NodeId from, PingReq request) {
        if (request.target().equals(kernel.self())) {
            outbox.indirectAck(from, request.number(), kernel.self());
        } else if (table.member(request.target()) != null) {
            relays.onPingReq(from, request.number(), request.target());
        }
    }

    private void refuse(NodeId from, GossipMessage message, String reason) {
        refusal = reason;
        kernel.trace().transition("refuse", reason);
        if (message instanceof Sync sync && !sync.answer()) {
            outbox.refuse(from, reason);
        }
    }

    private void onRefusal(NodeId from, Refusal refused) {
        counters.count(Counter.REFUSED_BY_OTHERS);
        refusal = from + ": " + refused.reason();
        kernel.trace().transition("refused", refusal);
    }

    @Override
    public void describe(Description out) {
        out.value("phase", phase.name());
        out.value("health", health.score());
        for (Member member : table.view().values()) {
            member.describe(out);
        }
    }

    @Override
    public void checkInvariants() {
        table.checkInvariants();
        beliefs.checkInvariants();
        presence.checkInvariants();
        Check.that(phase == Phase.BOOTING || self().incarnation().generation() > 0, "I1: who runs has a generation");
    }
}
