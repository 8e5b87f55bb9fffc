package io.orrery.gossip.swim;

import io.orrery.gossip.GossipCounters;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.config.SyncConfig;
import io.orrery.gossip.message.Aged;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Push/pull of the full state: what makes views converge whatever the rumours missed.
 *
 * <ul>
 *   <li>S1: each interval, with a random live peer: it is told the digest of all that we hold, and begins a sync with us if it
 *       holds something else. A peer of an earlier release does not understand that, and has its own interval. Above 32 members the interval grows by ceil(log2 N - 5) + 1. A node
 *       that has just started waits {@code joinRetryNanos} first, and doubles that up to the interval: in a cluster that
 *       starts all at once, first views are far from whole.
 *   <li>S2: to join, with each seed that is no member in any state, or has LEFT, again and again with growing waits. (A
 *       seed that is a DEAD member is the graveyard's.) So a cluster whose parts have never met still finds together, and
 *       a seed that left, and came back knowing nobody, is found by those who stayed.
 *   <li>S3: a node that has not synced since its boot does so with the first peer that it learns of.
 *   <li>S4: with a member that returned from the dead as it was: the other side of a partition that heals. Those of one
 *       {@code joinRetryNanos} are one sync.
 *   <li>S5: a full state is answered by a full state, when its turn comes: see {@link SyncAnswers}.
 * </ul>
 */
public final class Syncer {
    private final Kernel kernel;
    private final SyncConfig config;
    private final MemberTable table;
    private final Graveyard graveyard;
    private final Suspicions suspicions;
    private final Outbox outbox;
    private final GossipCounters counters;
    private final TreeSet<NodeId> seeds = new TreeSet<>();
    private final SyncAnswers answers;
    private final Timer periodic;
    private final Timer join;
    private final Timer heal;
    private boolean synced;
    private long waitNanos;
    private long joinWaitNanos;
    private NodeId returned;

    public Syncer(
            Kernel kernel,
            SyncConfig config,
            MemberTable table,
            Graveyard graveyard,
            Suspicions suspicions,
            Outbox outbox,
            GossipCounters counters) {
        this.kernel = kernel;
        this.config = config;
        this.table = table;
        this.graveyard = graveyard;
        this.suspicions = suspicions;
        this.outbox = outbox;
        this.counters = counters;
        this.joinWaitNanos = config.joinRetryNanos();
        this.answers = new SyncAnswers(kernel, config.answersMax(), counters, this::answer);
        this.periodic = kernel.timer("sync", this::onPeriod);
        this.join = kernel.timer("join", this::onJoin);
        this.heal = kernel.timer("heal-sync", this::onHeal);
    }

    /** S2: remembers seeds; contacts begin with {@link #start}, or now if that is past. */
    public void addSeeds(List<NodeId> nodes, boolean started) {
        seeds.addAll(nodes);
        seeds.remove(kernel.self());
        joinWaitNanos = config.joinRetryNanos();
        if (started) {
            join.restart(0);
        }
    }

    public void start() {
        join.restart(0);
        waitNanos = config.joinRetryNanos();
        periodic.restart(jitter(waitNanos));
    }

    public void stop() {
        periodic.cancel();
        join.cancel();
        heal.cancel();
        answers.stop();
    }

    /** S3. */
    public void onPeerLearnt() {
        if (!synced && !join.isArmed()) {
            joinWaitNanos = config.joinRetryNanos();
            join.restart(kernel.prng().below(config.joinRetryNanos()));
        }
    }

    /** S4. */
    public void onReturned(NodeId node) {
        returned = node;
        if (!heal.isArmed()) {
            heal.restart(kernel.prng().below(config.joinRetryNanos()));
        }
    }

    /** S2: a seed that was a member is forgotten, or has left. */
    public void onGone(NodeId node) {
        if (seeds.contains(node) && !join.isArmed()) {
            joinWaitNanos = config.joinRetryNanos();
            join.restart(joinWaitNanos);
        }
    }

    /** A whole state of a peer has come in, as a request or as an answer. */
    public void onSynced() {
        synced = true;
    }

    /** Whether this node has ever got a whole state since its boot. */
    public boolean isSynced() {
        return synced;
    }

    /** S1: what a peer holds. */
    public void onDigest(NodeId from, long digest) {
        if (digest == table.digest()) {
            counters.count(Counter.SYNCS_SPARED);
        } else {
            sync(from);
        }
    }

    /** S5. */
    public void onAsked(NodeId from) {
        answers.onAsked(from);
    }

    private void answer(NodeId to) {
        counters.count(Counter.SYNCS_ANSWERED);
        outbox.sync(to, true, state());
    }

    private void sync(NodeId with) {
        counters.count(Counter.SYNCS_STARTED);
        outbox.sync(with, false, state());
    }

    private void onPeriod() {
        if (!table.peers().isEmpty()) {
            outbox.digest(table.peers().sample(1, null, kernel.prng()).get(0));
        }
        waitNanos = Math.min(waitNanos * 2, intervalNanos());
        periodic.restart(jitter(waitNanos));
    }

    /** Nodes started together drift apart. */
    private long jitter(long nanos) {
        return nanos - kernel.prng().below(nanos / 8 + 1);
    }

    private void onJoin() {
        int strangers = 0;
        int left = 0;
        for (NodeId seed : seeds) {
            Member member = table.member(seed);
            if (member == null || member.state() == MemberState.LEFT) {
                strangers += member == null ? 1 : 0;
                left += member == null ? 0 : 1;
                sync(seed);
            }
        }
        int contacted = strangers + left;
        if (!synced && strangers == 0 && !table.peers().isEmpty()) {
            contacted++;
            sync(table.peers().sample(1, null, kernel.prng()).get(0));
        }
        if (contacted > 0) {
            join.restart(joinWaitNanos);
            joinWaitNanos = Math.min(joinWaitNanos * 2, config.joinRetryMaxNanos());
        }
    }

    private void onHeal() {
        Member member = table.member(returned);
        if (member != null && member.isLive()) {
            kernel.trace().reached(GossipMarks.PARTITION_HEALED);
            sync(returned);
        }
    }

    private long intervalNanos() {
        int members = table.liveCount();
        int doublings = 32 - Integer.numberOfLeadingZeros(Math.max(1, members - 1));
        return config.intervalNanos() * (members <= 32 ? 1 : doublings - 5 + 1);
    }

    private List<Aged> state() {
        List<Aged> state = new ArrayList<>(table.size());
        for (Member member : table.view().values()) {
            state.add(new Aged(suspicions.claimOf(member), graveyard.ageNanos(member.node()) / 1_000_000L));
        }
        return state;
    }
}
