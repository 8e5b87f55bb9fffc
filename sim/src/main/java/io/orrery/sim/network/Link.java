package io.orrery.sim.network;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.event.Agenda;
import java.util.Arrays;

/**
 * One direction between two nodes.
 *
 * <ul>
 *   <li>I1: each frame offered takes exactly one number from the link's stream, whatever the policy says; what else must
 *       be decided about the frame is derived from that number. A change of policy therefore never shifts the luck of
 *       later frames.
 *   <li>I2: at most {@value #DATAGRAMS_MAX} datagrams are on the way.
 * </ul>
 */
final class Link {
    /** A socket buffer's worth; more are refused. */
    static final int DATAGRAMS_MAX = 4096;

    private static final long LUCK_BOUND = 1L << 32;
    private static final long LOSS = 0xA24BAED4963EE407L;
    private static final long DUPLICATE = 0x9FB21C651E98DF25L;
    private static final long REORDER = 0xD6E8FEB86659FD93L;
    private static final int REORDER_STRETCH = 10;

    private final Agenda agenda;
    private final Endpoint from;
    private final Endpoint to;
    private final ChoiceStream choices;
    private final NetworkCounters counters;
    private final Losses losses;
    private final StreamPipe pipe;
    private LinkPolicy policy;
    private boolean partitioned;
    private boolean cutOneWay;
    private int datagramsInFlight;

    Link(
            Agenda agenda,
            Endpoint from,
            Endpoint to,
            ChoiceStream choices,
            LinkPolicy policy,
            NetworkCounters counters,
            Losses losses) {
        this.agenda = agenda;
        this.from = from;
        this.to = to;
        this.choices = choices;
        this.policy = policy;
        this.counters = counters;
        this.losses = losses;
        this.pipe = new StreamPipe(agenda, this, counters, losses);
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

    boolean isCut() {
        return partitioned || cutOneWay;
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
        if (wasCut && !isCut()) {
            pipe.onMend();
        } else if (!wasCut && isCut()) {
            pipe.onCut();
        }
    }

    boolean sendDatagram(byte[] frame, int length, long message) {
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
        byte[] copy = Arrays.copyOf(frame, length);
        launch(copy, datagramDelayNanos(luck), message);
        if (happens(luck, DUPLICATE, policy.duplicatePpm())) {
            counters.duplicated++;
            launch(copy, datagramDelayNanos(Prng.mix(luck + DUPLICATE)), message);
        }
        return true;
    }

    boolean sendStream(byte[] frame, int length, long message) {
        return pipe.offer(frame, length, luck(), message);
    }

    private void launch(byte[] frame, long delayNanos, long message) {
        datagramsInFlight++;
        agenda.push(agenda.nowNanos() + delayNanos, new Datagram(this, frame, message));
    }

    void onDatagram(byte[] frame, long message) {
        datagramsInFlight--;
        Check.that(datagramsInFlight >= 0, "I2: what arrives was on the way", datagramsInFlight);
        if (isCut()) {
            counters.cut++;
            losses.lost(message, Loss.CUT);
        } else if (!to.isUp()) {
            counters.unheard++;
            losses.lost(message, Loss.DOWN);
        } else {
            to.receive(from.id(), frame, frame.length, message);
        }
    }

    /** Drawn uniformly between the policy's bounds. */
    long delayNanos(long luck) {
        long span = policy.delayNanosMax() - policy.delayNanosMin() + 1;
        return policy.delayNanosMin() + Math.multiplyHigh(Prng.mix(luck) & Long.MAX_VALUE, span << 1);
    }

    private long datagramDelayNanos(long luck) {
        long delay = delayNanos(luck);
        if (happens(luck, REORDER, policy.reorderPpm())) {
            counters.reordered++;
            long spanNanos = REORDER_STRETCH * policy.delayNanosMax();
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
