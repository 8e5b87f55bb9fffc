package io.orrery.raft.read;

/**
 * How long a leader may answer reads without asking anybody (dissertation, section 6.4.1), by its own clock.
 *
 * <p>The argument. Let E be the election timeout and each clock's rate within 1 - d and 1 + d of true time.
 *
 * <ol>
 *   <li>The leader reads its clock, then sends a round (true time s). A quorum answers it: each of these voters received it
 *       at some true time p, no earlier than s, and notes its own clock, read no earlier than p ({@link VoteGuard}).
 *   <li>Such a voter votes for nobody until its clock has gone on by E, which takes at least E / (1 + d) of true time: so
 *       not before s + E / (1 + d). It does not vote sooner after a restart either: a voter that starts waits for E, since it
 *       may have heard a leader just before.
 *   <li>Every later leader needs a vote of that quorum. So nobody else is elected, and nothing is committed but by this
 *       leader, before s + E / (1 + d).
 *   <li>The lease lasts for E (1 - d) / (1 + d) by the leader's clock from the reading before s: at most E / (1 + d) of true
 *       time. While it holds, this leader's commit index is the group's.
 * </ol>
 *
 * <p>It starts when the round is <em>sent</em>: an answer may be on its way for any time. It is given up for good when the
 * leader tells another to campaign, for that election does not wait; and is earned anew, by a round begun later, when the
 * voters change.
 *
 * <p>What it relies on: the monotonic clocks of all voters keep within d. The wall clock plays no part, so its steps do no
 * harm. A process that pauses does no harm: its clock goes on. A machine whose monotonic clock stands still while others go
 * on (suspended, or moved to another host) breaks the bound, and with it what a lease read promises.
 */
public final class Lease {
    private static final long MILLION = 1_000_000L;

    private final boolean enabled;
    private final long lengthNanos;
    private long untilNanos = Long.MIN_VALUE;
    private long earnedAfterRound;
    private boolean broken;

    /** Of one leader in one term; it does not hold yet. */
    public Lease(ReadConfig config, long electionNanos) {
        this.enabled = config.leases();
        this.lengthNanos = lengthNanos(electionNanos, config.driftPpmMax());
    }

    /** The election timeout, less the drift of two clocks. */
    public static long lengthNanos(long electionNanos, int driftPpmMax) {
        long slow = MILLION - driftPpmMax;
        long fast = MILLION + driftPpmMax;
        return electionNanos / fast * slow + electionNanos % fast * slow / fast;
    }

    /** Whether leases are in use at all: then each heartbeat is a round. */
    public boolean isEnabled() {
        return enabled;
    }

    /** A quorum has confirmed further rounds. */
    public void renew(ReadRounds rounds) {
        if (enabled && !broken && rounds.confirmed() > earnedAfterRound && rounds.isBeginningKnown()) {
            untilNanos = Math.max(untilNanos, rounds.confirmedBegunNanos() + lengthNanos);
        }
    }

    /** The voters changed: only rounds begun from now on count. */
    public void earnAnew(ReadRounds rounds) {
        earnedAfterRound = rounds.last();
        untilNanos = Long.MIN_VALUE;
    }

    /** The leader told another to campaign, and that message may arrive at any time: no lease in this term any more. */
    public void giveUp() {
        broken = true;
        untilNanos = Long.MIN_VALUE;
    }

    public boolean isGivenUp() {
        return broken;
    }

    /** {@link Long#MIN_VALUE} if there is none. */
    public long untilNanos() {
        return untilNanos;
    }

    public boolean holds(long nowNanos) {
        return nowNanos < untilNanos;
    }
}
