package io.orrery.sim.network;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.event.Agenda;
import java.util.ArrayDeque;

/**
 * One direction between two nodes.
 *
 * <ul>
 *   <li>I1: each frame offered takes exactly one number from the link's stream, whatever the policy says; what else must
 *       be decided about the frame is derived from that number. A change of policy therefore never shifts the luck of
 *       later frames.
 *   <li>I2: at most {@value #DATAGRAMS_MAX} datagrams are on the way, those that a clog holds back among them.
 *   <li>I3: a clog loses nothing and keeps the order in which it stopped the datagrams.
 * </ul>
 */
final class Link {
    /** A socket buffer's worth; more are refused. */
    static final int DATAGRAMS_MAX = 4096;

    private static final long LUCK_BOUND = 1L << 24;
    private static final long LOSS = 0xA24BAED4963EE407L;
    private static final long DUPLICATE = 0x9FB21C651E98DF25L;
    private static final long REORDER = 0xD6E8FEB86659FD93L;
    private static final long CORRUPT = 0xC2B2AE3D27D4EB4FL;
    private static final long FORGE = 0x94D049BB133111EBL;
    private static final int REORDER_STRETCH = 10;

    private final Agenda agenda;
    private final Endpoint from;
    private final Endpoint to;
    private final ChoiceStream choices;
    private final NetworkCounters counters;
    private final Losses losses;
    private final FramePool pool;
    private final StreamPipe pipe;
    /** Null between nodes that do not seal. */
    private final LinkSeal seal;

    private final ArrayDeque<Datagram> stopped = new ArrayDeque<>();
    private LinkPolicy policy;
    private long distanceNanos;
    private boolean partitioned;
    private boolean cutOneWay;
    private boolean cloggedAlone;
    private int clogs;
    private boolean open = true;
    private int datagramsInFlight;

    Link(
            Agenda agenda,
            Endpoint from,
            Endpoint to,
            ChoiceStream choices,
            LinkPolicy policy,
            NetworkCounters counters,
            Losses losses,
            FramePool pool,
            LinkSeal seal) {
        this.agenda = agenda;
        this.from = from;
        this.to = to;
        this.choices = choices;
        this.policy = policy;
        this.counters = counters;
        this.losses = losses;
        this.pool = pool;
        this.seal = seal;
        this.pipe = new StreamPipe(agenda, this, counters, losses, pool, seal);
    }

    Endpoint from() {
        return from;
    }

    Endpoint to() {
        return to;
    }

    LinkPolicy policy() {
        return policy;
    }

    StreamPipe pipe() {
        return pipe;
    }

    void policy(LinkPolicy policy) {
        this.policy = policy;
    }

    /** Every frame takes so much longer, whatever the policy. */
    void distance(long nanos) {
        distanceNanos = nanos;
    }

    boolean isCut() {
        return partitioned || cutOneWay;
    }

    boolean isClogged() {
        return clogs > 0;
    }

    /** Whether frames arrive: neither cut nor clogged. */
    boolean isOpen() {
        return open;
    }

    void partitioned(boolean value) {
        change(value, cutOneWay);
    }

    void cutOneWay(boolean value) {
        change(partitioned, value);
    }

    private void change(boolean partitionedNow, boolean cutOneWayNow) {
        boolean wasCut = isCut();
        partitioned = partitionedNow;
        cutOneWay = cutOneWayNow;
        open = !isCut() && clogs == 0;
        if (wasCut && !isCut()) {
            pipe.onMend();
        } else if (!wasCut && isCut()) {
            pipe.onCut();
        }
    }

    /** One reason more for which nothing arrives; nothing is lost by that. */
    void clog() {
        clogs++;
        open = false;
    }

    /** One reason less; when none is left, what was stopped arrives now, in its order. */
    void unclog() {
        Check.that(clogs > 0, "I3: only what is clogged is released", clogs);
        clogs--;
        if (clogs > 0) {
            return;
        }
        open = !isCut();
        while (!stopped.isEmpty()) {
            agenda.push(agenda.nowNanos(), stopped.remove());
        }
        pipe.onUnclog();
    }

    /** Clogs this direction alone, beside what else clogs it. */
    void clogAlone(boolean value) {
        if (value != cloggedAlone) {
            cloggedAlone = value;
            if (value) {
                clog();
            } else {
                unclog();
            }
        }
    }

    boolean sendDatagram(byte[] frame, int length, long message) {
        return sendDatagram(to, frame, length, message);
    }

    /** To one of many: for a link that stands for all of a sender's. */
    boolean sendDatagram(Endpoint receiver, byte[] frame, int length, long message) {
        long luck = luck();
        if (datagramsInFlight >= DATAGRAMS_MAX) {
            counters.refused++;
            return false;
        }
        counters.datagrams++;
        if (isCut()) {
            counters.cut++;
            losses.lost(message, Loss.CUT);
            return true;
        }
        if (happens(luck, LOSS, policy.lossPpm())) {
            counters.lost++;
            losses.lost(message, Loss.LOST);
            return true;
        }
        byte[] first = seal == null ? pool.copyOf(frame, length) : seal.sealDatagram(frame, length);
        launch(receiver, damaged(first, luck, message), datagramDelayNanos(luck), message);
        if (happens(luck, DUPLICATE, policy.duplicatePpm())) {
            counters.duplicated++;
            long second = Prng.mix(luck + DUPLICATE);
            byte[] again = seal == null ? pool.copyOf(frame, length) : first;
            launch(receiver, damaged(again, second, message), datagramDelayNanos(second), message);
        }
        return true;
    }

    boolean sendStream(byte[] frame, int length, long message) {
        return pipe.offer(frame, length, luck(), message);
    }

    /** The frame as it will arrive: itself, or a damaged copy. */
    byte[] damaged(byte[] frame, long luck, long message) {
        if (happens(luck, CORRUPT, policy.corruptPpm())) {
            counters.corrupted++;
            losses.lost(message, Loss.CORRUPT);
            return Damage.corrupted(frame, luck);
        }
        if (happens(luck, FORGE, policy.forgePpm())) {
            counters.forged++;
            return Damage.forged(frame, luck);
        }
        return frame;
    }

    private void launch(Endpoint receiver, byte[] frame, long delayNanos, long message) {
        datagramsInFlight++;
        agenda.push(agenda.nowNanos() + delayNanos, new Datagram(this, receiver, frame, message));
    }

    void onDatagram(Datagram datagram) {
        if (clogs > 0) {
            counters.clogged++;
            stopped.add(datagram);
            return;
        }
        datagramsInFlight--;
        Check.that(datagramsInFlight >= 0, "I2: what arrives was on the way", datagramsInFlight);
        if (isCut()) {
            counters.cut++;
            losses.lost(datagram.message(), Loss.CUT);
        } else if (!datagram.to().isUp()) {
            counters.unheard++;
            losses.lost(datagram.message(), Loss.DOWN);
        } else {
            deliver(datagram.to(), datagram.frame(), datagram.message());
        }
    }

    private void deliver(Endpoint receiver, byte[] frame, long message) {
        if (seal == null) {
            if (!receiver.receive(from.id(), frame, frame.length, message)) {
                pool.giveBack(frame);
            }
            return;
        }
        byte[] opened = seal.openDatagram(frame);
        if (opened == null) {
            losses.lost(message, Loss.SEAL);
        } else {
            receiver.receive(from.id(), opened, opened.length, message);
        }
    }

    void onSenderCrash() {
        pipe.onReset();
        if (seal != null) {
            seal.onSenderCrash();
        }
    }

    void onReceiverCrash() {
        pipe.onReceiverCrash();
        if (seal != null) {
            seal.onReceiverCrash();
        }
    }

    /** How long a frame is on the way. */
    long delayNanos(long luck) {
        return distanceNanos + policy.delay().nanos(luck);
    }

    /** How long the way may well take. */
    long longDelayNanos() {
        return distanceNanos + policy.delay().longNanos();
    }

    private long datagramDelayNanos(long luck) {
        long delay = delayNanos(luck);
        if (happens(luck, REORDER, policy.reorderPpm())) {
            counters.reordered++;
            long spanNanos = REORDER_STRETCH * policy.delay().longNanos();
            delay += Math.multiplyHigh(Prng.mix(luck + REORDER) & Long.MAX_VALUE, spanNanos << 1);
        }
        return delay;
    }

    /** Whether a stream frame's first {@code attempt + 1} transmissions are all lost. */
    boolean losesAttempt(long luck, int attempt) {
        return happens(luck + attempt, LOSS, policy.lossPpm());
    }

    private static boolean happens(long luck, long what, int ppm) {
        return ppm > 0 && Math.multiplyHigh(Prng.mix(luck ^ what) & Long.MAX_VALUE, 2_000_000L) < ppm;
    }

    /** What decides about a frame: small, because a run has so many. */
    private long luck() {
        return choices.next(LUCK_BOUND);
    }

    /** How many of the frames on the way still arrive when the connection breaks: 0 to all. */
    int survivors(int framesInFlight) {
        return choices.below(framesInFlight + 1);
    }
}
