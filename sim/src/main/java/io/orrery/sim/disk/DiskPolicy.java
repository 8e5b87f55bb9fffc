package io.orrery.sim.disk;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;

/**
 * How a disk is made: how long it takes, each time drawn uniformly between two bounds, and how a power loss tears.
 *
 * @param accessNanosMin least time of anything but a sync
 * @param accessNanosMax most time of anything but a sync
 * @param syncNanosMin least time of a sync
 * @param syncNanosMax most time of a sync
 * @param extraNanos added to everything: a slow disk
 * @param bytesPerSecond what it moves at most, one operation after the other: a limping disk; 0 for no limit
 * @param sectorBytes what it writes at once: a write of several sectors may be torn between them
 */
public record DiskPolicy(
        long accessNanosMin,
        long accessNanosMax,
        long syncNanosMin,
        long syncNanosMax,
        long extraNanos,
        long bytesPerSecond,
        int sectorBytes) {
    /** The sector of most disks, and of those that only pretend. */
    public static final int SECTOR_BYTES = 512;
    /** The sector of disks of advanced format. */
    public static final int LARGE_SECTOR_BYTES = 4096;

    /** A local solid-state disk: 20 to 200 microseconds, syncs 200 microseconds to 2 milliseconds. */
    public static final DiskPolicy SSD =
            new DiskPolicy(Time.micros(20), Time.micros(200), Time.micros(200), Time.millis(2), 0, 0, SECTOR_BYTES);

    public DiskPolicy {
        Check.argument(accessNanosMin >= 0 && accessNanosMin <= accessNanosMax, "access times are a range");
        Check.argument(syncNanosMin >= 0 && syncNanosMin <= syncNanosMax, "sync times are a range");
        Check.argument(extraNanos >= 0 && extraNanos <= Time.seconds(60), "a slow disk adds at most 60s");
        Check.argument(
                bytesPerSecond == 0 || bytesPerSecond >= 1_000 && bytesPerSecond <= 1_000_000_000_000L,
                "a limping disk moves at least 1 KB/s");
        Check.argument(
                sectorBytes == SECTOR_BYTES || sectorBytes == LARGE_SECTOR_BYTES, "a sector has 512 or 4096 bytes");
    }

    public DiskPolicy extra(long nanos) {
        return new DiskPolicy(
                accessNanosMin, accessNanosMax, syncNanosMin, syncNanosMax, nanos, bytesPerSecond, sectorBytes);
    }

    public DiskPolicy throughput(long maxBytesPerSecond) {
        return new DiskPolicy(
                accessNanosMin, accessNanosMax, syncNanosMin, syncNanosMax, extraNanos, maxBytesPerSecond, sectorBytes);
    }

    public DiskPolicy sector(int bytes) {
        return new DiskPolicy(
                accessNanosMin, accessNanosMax, syncNanosMin, syncNanosMax, extraNanos, bytesPerSecond, bytes);
    }

    /** How long the disk is busy with moving so many bytes. */
    long transferNanos(long bytes) {
        return bytesPerSecond == 0 ? 0 : Math.multiplyExact(bytes, 1_000_000_000L) / bytesPerSecond;
    }
}
