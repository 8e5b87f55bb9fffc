package io.orrery.sim.disk;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;

/**
 * How long a disk takes, each drawn uniformly between two bounds.
 *
 * @param accessNanosMin least time of anything but a sync
 * @param accessNanosMax most time of anything but a sync
 * @param syncNanosMin least time of a sync
 * @param syncNanosMax most time of a sync
 * @param extraNanos added to everything: a slow disk
 */
public record DiskPolicy(
        long accessNanosMin, long accessNanosMax, long syncNanosMin, long syncNanosMax, long extraNanos) {
    /** A local solid-state disk: 20 to 200 microseconds, syncs 200 microseconds to 2 milliseconds. */
    public static final DiskPolicy SSD =
            new DiskPolicy(Time.micros(20), Time.micros(200), Time.micros(200), Time.millis(2), 0);

    public DiskPolicy {
        Check.argument(accessNanosMin >= 0 && accessNanosMin <= accessNanosMax, "access times are a range");
        Check.argument(syncNanosMin >= 0 && syncNanosMin <= syncNanosMax, "sync times are a range");
        Check.argument(extraNanos >= 0 && extraNanos <= Time.seconds(60), "a slow disk adds at most 60s");
    }

    public DiskPolicy extra(long nanos) {
        return new DiskPolicy(accessNanosMin, accessNanosMax, syncNanosMin, syncNanosMax, nanos);
    }
}
