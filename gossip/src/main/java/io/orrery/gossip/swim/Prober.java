package io.orrery.gossip.swim;

import io.orrery.gossip.GossipCounters;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.config.ProbeConfig;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The failure detector (SWIM, section 3.1): each period, one peer is pinged; if it does not answer in time, others are asked
 * to ping it, and the stream is tried; if nothing has come back by the end of the period, it is suspected.
 *
 * <pre>
 *            period                     timeout
 *   (idle) ─────────► PINGED ─────────────────────► ASKED_OTHERS ──┐ period: failed
 *     ▲                 │ ack of this number                │ ack   │
 *     └─────────────────┴───────────────────────────────────┴───────┘
 * </pre>
 *
 * <ul>
 *   <li>P1: an ack counts only with the number of the probe under way, from its target (or, relayed, about it).
 *   <li>P2: one probe at a time; a probe fails only at the end of its period.
 *   <li>P3: failures lengthen the period, successes shorten it (Lifeguard, section IV.A). The timeout stays, so that others are
 *       asked no later. A failure counts as much as relays are missing that should have said that they got no answer either;
 *       where none was asked, once.
 *   <li>P4: a probe whose period ended while this node stood still did not fail; see {@link Pauses}.
 * </ul>
 */
public final class Prober {
    private final Kernel kernel;
    private final ProbeConfig config;
    private final Outbox outbox;
    private final LivePeers peers;
    private final ProbeRound round;
    private final LocalHealth health;
    private final Pauses pauses;
    private final GossipCounters counters;
    private final BiConsumer<NodeId, List<NodeId>> onFailed;
    private final Timer period;
    private final Timer timeout;
    /** The peer whose answer is awaited, or null. */
    private NodeId target;

    private long number;
    private int asked;
    /** Relays that have not said a word about the probe under way. */
    private final TreeSet<NodeId> silent = new TreeSet<>();
    /** Relays that got no answer either. */
    private final List<NodeId> witnesses = new ArrayList<>();

    private long dueNanos;
    private boolean excused;

    /**
     * @param onFailed hears which peer did not answer in a whole period, and which relays got no answer from it
     */
    public Prober(
            Kernel kernel,
            ProbeConfig config,
            Outbox outbox,
            LivePeers peers,
            LocalHealth health,
            Pauses pauses,
            GossipCounters counters,
            BiConsumer<NodeId, List<NodeId>> onFailed) {
        this.kernel = kernel;
        this.config = config;
        this.outbox = outbox;
        this.peers = peers;
        this.round = new ProbeRound(kernel.prng().fork("probe-round"));
        this.health = health;
        this.pauses = pauses;
        this.counters = counters;
        this.onFailed = onFailed;
        this.period = kernel.timer("probe-period", this::onPeriod);
        this.timeout = kernel.timer("probe-timeout", this::onTimeout);
    }

    /** Begins at a random phase, so that nodes started together do not probe together. */
    public void start() {
        restartPeriod(kernel.prng().below(config.intervalNanos()));
    }

    public void stop() {
        finish();
        period.cancel();
    }

    public void add(NodeId peer) {
        round.add(peer);
    }

    /** All of these but this node: see {@link ProbeRound#fill}. */
    public void fill(Acquaintances known) {
        round.fill(known.names(), kernel.self());
    }

    /** A peer that died or left is no longer awaited. */
    public void remove(NodeId peer) {
        round.remove(peer);
        if (peer.equals(target)) {
            finish();
        }
    }

    private void onPeriod() {
        if (target != null) {
            excused = !excused && pauses.sleptThrough(dueNanos);
            if (excused) {
                finish();
            } else {
                fail();
            }
        }
        target = round.next();
        if (target != null) {
            counters.count(Counter.PROBES);
            number = outbox.ping(target);
            timeout.restart(config.timeoutNanos());
        }
        restartPeriod(health.stretch(config.intervalNanos()));
    }

    private void restartPeriod(long nanos) {
        dueNanos = kernel.nowNanos() + nanos;
        period.restart(nanos);
    }

    /** P3. */
    private void fail() {
        NodeId failed = target;
        int missed = silent.size();
        List<NodeId> heard = new ArrayList<>(witnesses);
        boolean judgedByRelays = config.nacks() && asked > 0;
        finish();
        counters.count(Counter.PROBES_FAILED);
        counters.count(Counter.NACKS_MISSED, judgedByRelays ? missed : 0);
        health.add(judgedByRelays ? missed : 1);
        if (health.isAtWorst()) {
            kernel.trace().reached(GossipMarks.SELF_DOUBT);
        }
        onFailed.accept(failed, heard);
    }

    private void onTimeout() {
        Check.that(target != null, "P2: only a probe under way times out");
        for (NodeId relay : peers.sample(config.indirectProbes(), target, kernel.prng())) {
            outbox.pingReq(relay, number, target);
            asked++;
            silent.add(relay);
        }
        if (config.streamFallback() && outbox.hasDatagrams()) {
            outbox.pingByStream(target, number);
        }
    }

    /** The target itself answers. */
    public void onAck(NodeId from, long ackNumber, boolean byStream) {
        if (from.equals(target) && ackNumber == number) {
            if (byStream && outbox.hasDatagrams()) {
                counters.count(Counter.PROBES_SAVED_BY_STREAM);
                kernel.trace().reached(GossipMarks.STREAM_SAVED);
            }
            succeed();
        }
    }

    /** A relay says that {@code about} did not answer it. */
    public void onNack(NodeId from, NodeId about, long nackNumber) {
        if (about.equals(target) && nackNumber == number && silent.remove(from)) {
            counters.count(Counter.NACKS);
            witnesses.add(from);
            kernel.trace().reached(GossipMarks.NACKED);
        }
    }

    /** A relay says that {@code about} answered it. */
    public void onIndirectAck(NodeId about, long ackNumber) {
        if (about.equals(target) && ackNumber == number) {
            counters.count(Counter.PROBES_SAVED_INDIRECTLY);
            kernel.trace().reached(GossipMarks.INDIRECT_SAVED);
            succeed();
        }
    }

    private void succeed() {
        excused = false;
        health.add(-1);
        finish();
    }

    private void finish() {
        target = null;
        asked = 0;
        silent.clear();
        witnesses.clear();
        timeout.cancel();
    }

    public void checkInvariants() {
        Check.that(round.size() == peers.size(), "each live peer is in the round", round.size(), peers.size());
        Check.that(target != null || !timeout.isArmed(), "P2: only a probe under way times out");
    }
}
