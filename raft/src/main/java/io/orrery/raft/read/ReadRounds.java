package io.orrery.raft.read;

import io.orrery.kernel.Check;

/**
 * The rounds in which a leader, in its one term, asks the voters whether it still leads. All its messages bear the number of
 * the last round begun, each follower repeats the highest number that it has received: an answer of a quorum to round r says
 * that nobody else was elected before r began.
 *
 * <ul>
 *   <li>I1: rounds are confirmed in order, and only those that were begun.
 * </ul>
 */
public final class ReadRounds {
    /** Of so many rounds the beginning is remembered; one confirmed later than that prolongs no lease. */
    private static final int REMEMBERED_MAX = 64;

    private final long[] begunNanos = new long[REMEMBERED_MAX];
    private long last;
    private long confirmed;

    /**
     * Begins the next round.
     *
     * @param nowNanos the leader's clock, read before any message of the round is sent
     * @return its number, from 1 on
     */
    public long begin(long nowNanos) {
        last++;
        begunNanos[slot(last)] = nowNanos;
        return last;
    }

    /** The last round begun; 0 for none. */
    public long last() {
        return last;
    }

    /** Up to here a quorum has answered. */
    public long confirmed() {
        return confirmed;
    }

    public boolean isUnderWay() {
        return confirmed < last;
    }

    /** A quorum has answered up to this round; whether that is news. */
    public boolean maybeConfirm(long round) {
        Check.that(round <= last, "I1: what is confirmed was begun", round, last);
        if (round <= confirmed) {
            return false;
        }
        confirmed = round;
        return true;
    }

    /** Whether it is known when the last confirmed round began. */
    public boolean isBeginningKnown() {
        return confirmed > 0 && last - confirmed < REMEMBERED_MAX;
    }

    /** When the last confirmed round began, by the leader's clock. */
    public long confirmedBegunNanos() {
        Check.that(isBeginningKnown(), "the beginning is remembered", confirmed, last);
        return begunNanos[slot(confirmed)];
    }

    private static int slot(long round) {
        return (int) (round % REMEMBERED_MAX);
    }
}
