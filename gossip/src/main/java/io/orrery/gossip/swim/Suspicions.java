package io.orrery.gossip.swim;

import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.config.SuspicionConfig;
import io.orrery.gossip.history.SuspicionView;
import io.orrery.gossip.message.Claim;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The suspicions that run, one per SUSPECT member (SWIM, section 4.2; Lifeguard, section IV.B).
 *
 * <ul>
 *   <li>U1: a suspicion belongs to one incarnation of its member; a later one starts anew.
 *   <li>U2: it counts each accuser once, and the first not at all.
 *   <li>U3: it ends by {@link #cancel}, or by expiring, which is the member's death.
 *   <li>U4: when its time is up it is asked once more how long it is to last: a node whose local health has got worse since
 *       waits on, and one that slept through the end waits a period (see {@link Pauses}).
 *   <li>U5: nobody is declared dead unasked: shortly before its end the suspect is pinged, with the accusation on the ping. So a
 *       member that lives refutes to each that is about to bury it, in one round trip, whatever became of the rumours.
 * </ul>
 */
public final class Suspicions {
    private final class Suspicion {
        private final NodeId node;
        private final Incarnation incarnation;
        private final NodeId accuser;
        private final TreeSet<NodeId> confirmers = new TreeSet<>();
        private final int confirmationsMax;
        private final long sinceNanos = kernel.nowNanos();
        private final long minNanos;
        private final long maxNanos;
        /** What the last schedule took for the shortest. */
        private long shortestNanos;

        private long dueNanos;
        private boolean excused;
        private boolean asked = askNanos == 0;
        private final Timer timer = kernel.timer("suspicion", this::onExpired);

        private Suspicion(Member suspect, NodeId accuser, int members) {
            this.node = suspect.node();
            this.incarnation = suspect.incarnation();
            this.accuser = accuser;
            this.confirmationsMax = SuspicionTiming.confirmationsMax(config.mult(), members);
            long unshortened = SuspicionTiming.minNanos(config.mult(), members, probeIntervalNanos);
            this.minNanos = SuspicionTiming.shortestNanos(config, members, probeIntervalNanos);
            this.maxNanos = unshortened * config.maxMult();
            schedule();
        }

        private void schedule() {
            long elapsed = kernel.nowNanos() - sinceNanos;
            shortestNanos = shortestNanos();
            long remaining = SuspicionTiming.remainingNanos(
                    confirmers.size(), confirmationsMax, elapsed, shortestNanos, maxNanos);
            dueNanos = kernel.nowNanos() + Math.max(0, remaining);
            arm();
        }

        private void arm() {
            timer.restart(Math.max(0, dueNanos - kernel.nowNanos() - (asked ? 0 : askNanos)));
        }

        /** U5. */
        private boolean maybeAsk() {
            if (asked) {
                return false;
            }
            asked = true;
            dueNanos = Math.max(dueNanos, kernel.nowNanos() + askNanos);
            arm();
            onLastLap.accept(node);
            return true;
        }

        private long shortestNanos() {
            int score = config.localHealth() ? health.score() : 0;
            return SuspicionTiming.stretchedMinNanos(minNanos, maxNanos, confirmationsMax, score);
        }

        /** U4. */
        private boolean maybeWaitOn() {
            if (excused) {
                return false;
            }
            if (pauses.sleptThrough(dueNanos)) {
                excused = true;
                dueNanos = kernel.nowNanos() + probeIntervalNanos;
                timer.restart(probeIntervalNanos);
                return true;
            }
            if (shortestNanos() <= shortestNanos) {
                return false;
            }
            schedule();
            if (dueNanos == kernel.nowNanos()) {
                timer.cancel();
                return false;
            }
            kernel.trace().reached(GossipMarks.SUSPICION_STRETCHED);
            return true;
        }

        private void onExpired() {
            if (maybeWaitOn() || maybeAsk()) {
                return;
            }
            Check.that(byNode.get(node) == this, "U3: a suspicion that ended does not expire");
            onDeath.accept(node, incarnation);
            Check.that(byNode.get(node) != this, "U3: a suspicion that expired has ended");
        }
    }

    private final Kernel kernel;
    private final SuspicionConfig config;
    private final long probeIntervalNanos;
    private final LocalHealth health;
    private final Pauses pauses;
    private final long askNanos;
    private final Consumer<NodeId> onLastLap;
    private final BiConsumer<NodeId, Incarnation> onDeath;
    private final TreeMap<NodeId, Suspicion> byNode = new TreeMap<>();

    /**
     * @param askNanos how long before its end a suspect is asked; 0 if it is not
     * @param onLastLap asks it
     * @param onDeath hears of a suspicion that ran out
     */
    public Suspicions(
            Kernel kernel,
            SuspicionConfig config,
            long probeIntervalNanos,
            LocalHealth health,
            Pauses pauses,
            long askNanos,
            Consumer<NodeId> onLastLap,
            BiConsumer<NodeId, Incarnation> onDeath) {
        this.kernel = kernel;
        this.config = config;
        this.probeIntervalNanos = probeIntervalNanos;
        this.health = health;
        this.pauses = pauses;
        this.askNanos = askNanos;
        this.onLastLap = onLastLap;
        this.onDeath = onDeath;
    }

    /**
     * Starts, or starts anew, the suspicion of a member.
     *
     * @param members live members now: N
     */
    public void start(Member suspect, NodeId accuser, int members) {
        cancel(suspect.node());
        byNode.put(suspect.node(), new Suspicion(suspect, accuser, members));
    }

    /** Whether this accuser is new and counts: then the accusation is worth passing on. */
    public boolean maybeConfirm(Member suspect, NodeId accuser) {
        Suspicion suspicion = byNode.get(suspect.node());
        if (suspicion == null
                || !suspicion.incarnation.equals(suspect.incarnation())
                || suspicion.confirmers.size() >= suspicion.confirmationsMax
                || suspicion.accuser.equals(accuser)
                || !suspicion.confirmers.add(accuser)) {
            return false;
        }
        Check.that(!suspicion.confirmers.contains(suspicion.accuser), "U2: the first accuser confirms nothing");
        suspicion.schedule();
        return true;
    }

    public void cancel(NodeId node) {
        Suspicion suspicion = byNode.remove(node);
        if (suspicion != null) {
            suspicion.timer.cancel();
        }
    }

    /** What we say of a member when asked: a suspect's first accuser stays its accuser, so that he counts once. */
    public Claim claimOf(Member member) {
        Suspicion suspicion = byNode.get(member.node());
        return new Claim(member, suspicion != null ? suspicion.accuser : kernel.self());
    }

    /** For how long a member has been suspected; 0 if it is not. */
    public long ageNanos(NodeId node) {
        Suspicion suspicion = byNode.get(node);
        return suspicion == null ? 0 : kernel.nowNanos() - suspicion.sinceNanos;
    }

    /** A suspicion as it stands, or null. */
    public SuspicionView view(NodeId node) {
        Suspicion suspicion = byNode.get(node);
        if (suspicion == null) {
            return null;
        }
        List<NodeId> accusers = new ArrayList<>();
        accusers.add(suspicion.accuser);
        accusers.addAll(suspicion.confirmers);
        return new SuspicionView(
                node,
                suspicion.incarnation,
                accusers,
                suspicion.sinceNanos,
                suspicion.dueNanos,
                suspicion.confirmationsMax);
    }

    public int size() {
        return byNode.size();
    }
}
