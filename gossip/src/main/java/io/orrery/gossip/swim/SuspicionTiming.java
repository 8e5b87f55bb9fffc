package io.orrery.gossip.swim;

import io.orrery.gossip.config.SuspicionConfig;

/**
 * How long a suspicion lasts (SWIM, section 4.2; Lifeguard, section IV.B). Pure.
 *
 * <ul>
 *   <li>T1: at least mult * max(1, log10 N) probe intervals, so that accusation and refutation have the time to spread.
 *   <li>T2: unconfirmed, maxMult times that.
 *   <li>T3: each independent confirmation, up to mult - 2 of them, shortens it towards T1 logarithmically. In a cluster too
 *       small to have that many further members, T1 holds from the start.
 *   <li>T5: ours: where confirmations count, and the cluster has more than {@link #LARGE} members, they shorten it below T1, as 1/N,
 *       down to {@code confirmedTenths}. The suspect hears of it in one round trip (see {@code Suspicions}), and need not wait
 *       for rumours to go round. Up to {@link #LARGE} members T1 is how long a pause is forgiven.
 *   <li>T4: where confirmations count, a node in doubt of itself waits longer: the shortest grows by its local health, up to
 *       the longest, which stays.
 * </ul>
 */
public final class SuspicionTiming {
    /** From so many members on it matters more to know a crash soon than to forgive a pause. */
    static final int LARGE = 100;

    private static final long MILLI = 1_000_000L;

    private SuspicionTiming() {}

    /** T1; the factor is cut to thousandths. */
    public static long minNanos(int mult, int members, long probeIntervalNanos) {
        long thousandths = (long) (StrictMath.log10(Math.max(1, members)) * 1000);
        return mult * Math.max(1000, thousandths) * (probeIntervalNanos / 1000);
    }

    /** T5: the shortest suspicion that there is in a cluster of so many. */
    public static long shortestNanos(SuspicionConfig config, int members, long probeIntervalNanos) {
        long unshortened = minNanos(config.mult(), members, probeIntervalNanos);
        if (config.maxMult() == 1 || confirmationsMax(config.mult(), members) == 0) {
            return unshortened;
        }
        long falling = minNanos(config.mult(), LARGE, probeIntervalNanos) * LARGE / Math.max(LARGE, members);
        return Math.min(unshortened, Math.max(falling, probeIntervalNanos / 10 * config.confirmedTenths()));
    }

    /**
     * T4.
     *
     * @param score of local health, 0 for a healthy node
     */
    public static long stretchedMinNanos(long minNanos, long maxNanos, int confirmationsMax, int score) {
        return confirmationsMax < 1 ? minNanos : Math.min(maxNanos, minNanos * (score + 1));
    }

    /** T3: how many confirmations are waited for. */
    public static int confirmationsMax(int mult, int members) {
        int wanted = mult - 2;
        return members - 2 < wanted ? 0 : Math.max(0, wanted);
    }

    /**
     * What is left of a suspicion, rounded down to milliseconds.
     *
     * @param confirmations that came in so far, at most {@code confirmationsMax} count
     * @param elapsedNanos since it began
     * @return negative if it should have ended already
     */
    public static long remainingNanos(
            int confirmations, int confirmationsMax, long elapsedNanos, long minNanos, long maxNanos) {
        if (confirmationsMax < 1) {
            return minNanos - elapsedNanos;
        }
        int counted = Math.min(confirmations, confirmationsMax);
        double share = StrictMath.log(counted + 1.0) / StrictMath.log(confirmationsMax + 1.0);
        long timeout = maxNanos - (long) StrictMath.ceil(share * (maxNanos - minNanos));
        return Math.max(minNanos, timeout / MILLI * MILLI) - elapsedNanos;
    }
}
