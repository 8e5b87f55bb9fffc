package io.orrery.sim.scenario;

import io.orrery.kernel.Time;

/**
 * Kinds of trouble that a profile turns on or off, each with the range its mean interval and its mean duration are drawn
 * from, in milliseconds. Some are a moment (a reset, a step): their duration is not used. A kind's draws depend on its name
 * alone, so that a kind more changes no other.
 */
enum Trouble {
    PARTITION(Family.SPLIT, 2_000, 20_000, 200, 8_000),
    ISOLATION(Family.SPLIT, 2_000, 20_000, 200, 8_000),
    HALVES(Family.SPLIT, 5_000, 40_000, 200, 8_000),
    THIRDS(Family.SPLIT, 5_000, 40_000, 200, 8_000),
    ONE_WAY(Family.SPLIT, 5_000, 40_000, 200, 10_000),
    BRIDGE(Family.SPLIT, 5_000, 40_000, 200, 10_000),
    RING(Family.SPLIT, 5_000, 40_000, 200, 10_000),
    FLAPPING(Family.SPLIT, 5_000, 40_000, 500, 10_000),

    CUT(Family.NETWORK, 1_500, 15_000, 200, 10_000),
    BAD_LINK(Family.NETWORK, 1_000, 10_000, 500, 10_000),
    RESET(Family.NETWORK, 500, 10_000, 0, 0),
    CLOG(Family.NETWORK, 1_500, 15_000, 50, 5_000),
    SWIZZLE(Family.NETWORK, 3_000, 20_000, 100, 6_000),
    FAR(Family.NETWORK, 5_000, 30_000, 5_000, 60_000),
    CORRUPTION(Family.NETWORK, 1_500, 15_000, 500, 10_000),

    CRASH(Family.NODE, 1_500, 20_000, 100, 5_000),
    POWER_LOSS(Family.NODE, 1_500, 15_000, 10, 1_500),
    COUNTED_CRASH(Family.NODE, 1_500, 20_000, 100, 3_000),
    PAUSE(Family.NODE, 1_000, 10_000, 20, 3_000),
    BUSY(Family.NODE, 2_000, 20_000, 200, 8_000),

    DRIFT(Family.CLOCK, 2_000, 20_000, 0, 0),
    SKEW(Family.CLOCK, 4_000, 40_000, 0, 0),
    STEP(Family.CLOCK, 2_000, 20_000, 0, 0),

    FAILED_SYNC(Family.DISK, 5_000, 60_000, 500, 5_000),
    SLOW_DISK(Family.DISK, 2_000, 15_000, 500, 5_000),
    LIMPING_DISK(Family.DISK, 2_000, 15_000, 500, 5_000),
    FULL_DISK(Family.DISK, 3_000, 30_000, 500, 5_000),
    FROZEN_DISK(Family.DISK, 3_000, 30_000, 500, 8_000),
    LARGE_SECTORS(Family.DISK, 2_000, 20_000, 0, 0),
    MISDIRECTED_READ(Family.DISK, 3_000, 30_000, 100, 3_000),
    BAD_SECTOR(Family.DISK, 10_000, 60_000, 100, 3_000),
    OVERWRITTEN_LOG(Family.DISK, 10_000, 60_000, 100, 3_000),
    ROTTEN_SNAPSHOT(Family.DISK, 4_000, 30_000, 100, 3_000),
    BIT_ROT(Family.DISK, 10_000, 60_000, 100, 3_000, DiskBudget.LAST_BATCH),
    MISDIRECTED_WRITE(Family.DISK, 10_000, 60_000, 100, 3_000, DiskBudget.LAST_BATCH),
    WIPED_DISK(Family.DISK, 10_000, 60_000, 100, 3_000, DiskBudget.MEMORY),
    LYING_DISK(Family.DISK, 5_000, 40_000, 500, 5_000, DiskBudget.MEMORY),

    OLD_RELEASES(Family.RELEASE, 1_000, 1_000, 0, 0),

    SEALED(Family.SEALING, 1_000, 1_000, 0, 0),

    HUNT_VOTERS(Family.HUNT, 1_000, 1_000, 0, 0),
    HUNT_LEADERS(Family.HUNT, 1_000, 1_000, 0, 0),
    HUNT_REIGNS(Family.HUNT, 1_000, 1_000, 0, 0),
    HUNT_CANDIDATES(Family.HUNT, 1_000, 1_000, 0, 0),
    HUNT_CHANGES(Family.HUNT, 1_000, 1_000, 0, 0),
    HUNT_TRUNCATIONS(Family.HUNT, 1_000, 1_000, 0, 0);

    /** Which planner knows the kind. */
    enum Family {
        NETWORK,
        SPLIT,
        NODE,
        CLOCK,
        DISK,
        /** Once, at the start. */
        RELEASE,
        /** The same. */
        SEALING,
        /** Lasts from the start to the end. */
        HUNT
    }

    final Family family;
    final long intervalNanosMin;
    final long intervalNanosMax;
    final long durationNanosMin;
    final long durationNanosMax;
    /** Why profiles leave it out: what the protocols do not promise to survive yet. Null for what they promise. */
    final String unpromised;

    Trouble(
            Family family,
            long intervalMillisMin,
            long intervalMillisMax,
            long durationMillisMin,
            long durationMillisMax) {
        this(family, intervalMillisMin, intervalMillisMax, durationMillisMin, durationMillisMax, null);
    }

    Trouble(
            Family family,
            long intervalMillisMin,
            long intervalMillisMax,
            long durationMillisMin,
            long durationMillisMax,
            String unpromised) {
        this.family = family;
        this.unpromised = unpromised;
        intervalNanosMin = Time.millis(intervalMillisMin);
        intervalNanosMax = Time.millis(intervalMillisMax);
        durationNanosMin = Time.millis(durationMillisMin);
        durationNanosMax = Time.millis(durationMillisMax);
    }
}
