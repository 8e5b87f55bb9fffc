package io.orrery.sim.scenario;

import io.orrery.kernel.Time;

/**
 * Kinds of trouble that a profile turns on or off, each with the range its mean interval and its mean duration are drawn
 * from. Some are a moment (a reset, a step): their duration is not used.
 */
enum Trouble {
    CRASH(1_500, 20_000, 100, 5_000),
    FAILED_SYNC(5_000, 60_000, 500, 5_000),
    POWER_LOSS(1_500, 15_000, 10, 1_500),
    PARTITION(2_000, 20_000, 200, 8_000),
    ISOLATION(2_000, 20_000, 200, 8_000),
    CUT(1_500, 15_000, 200, 10_000),
    BAD_LINK(1_000, 10_000, 500, 10_000),
    RESET(500, 10_000, 0, 0),
    PAUSE(1_000, 10_000, 20, 3_000),
    SLOW_DISK(2_000, 15_000, 500, 5_000),
    DRIFT(2_000, 20_000, 0, 0),
    STEP(2_000, 20_000, 0, 0);

    final long intervalNanosMin;
    final long intervalNanosMax;
    final long durationNanosMin;
    final long durationNanosMax;

    Trouble(long intervalMillisMin, long intervalMillisMax, long durationMillisMin, long durationMillisMax) {
        intervalNanosMin = Time.millis(intervalMillisMin);
        intervalNanosMax = Time.millis(intervalMillisMax);
        durationNanosMin = Time.millis(durationMillisMin);
        durationNanosMax = Time.millis(durationMillisMax);
    }
}
