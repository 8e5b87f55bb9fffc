package io.orrery.raft.snapshot;

import io.orrery.kernel.Check;

/**
 * When snapshots are taken and how they travel. Replicas of a group should agree on the first four values: then they take their
 * snapshots at the same entries, and any of them can serve a slice of what another one took.
 *
 * @param entriesInterval a snapshot is taken whenever the log has grown by so many entries; 0 to never take one for that
 * @param bytesInterval and whenever it has grown by so many bytes; 0 to never take one for that. Both 0: the log grows as long
 *     as the group lives, and every start replays it
 * @param growthPercent but not before the log behind the last snapshot has so many percent of that snapshot's size, so that
 *     a large state is not written more often than the log is; 0 to take it at once
 * @param sliceBytes of a slice: what is written, read, sent and verified at a time, and so the most that one event does.
 *     Larger ones waste less on round trips and stall the node for longer
 * @param windowSlices slices under way to a replica that installs: its memory for it, and its bandwidth per round trip
 * @param tailEntries entries that stay in the log behind a snapshot, for followers that are a little behind: sending them
 *     entries is cheaper than a snapshot
 * @param holdEntriesMax while a follower that answers installs a snapshot, the leader takes no later one, so that the entries
 *     which the follower needs next stay; at most for so many entries
 */
public record SnapshotConfig(
        long entriesInterval,
        long bytesInterval,
        int growthPercent,
        int sliceBytes,
        int windowSlices,
        int tailEntries,
        long holdEntriesMax) {
    public static final int SLICE_BYTES_MIN = 64;
    public static final int SLICE_BYTES_MAX = 1024 * 1024;

    private static final int KIB = 1024;

    public static final SnapshotConfig DEFAULT =
            new SnapshotConfig(1_000_000, 64L * KIB * KIB, 100, 256 * KIB, 4, 10_000, 4_000_000);

    public SnapshotConfig {
        Check.argument(entriesInterval >= 0 && bytesInterval >= 0, "an interval is not negative");
        Check.argument(growthPercent >= 0 && growthPercent <= 10_000, "growth is 0 to 10000 percent");
        Check.argument(sliceBytes >= SLICE_BYTES_MIN && sliceBytes <= SLICE_BYTES_MAX, "a slice has 64 B to 1 MiB");
        Check.argument(windowSlices >= 1 && windowSlices <= 64, "1 to 64 slices are under way");
        Check.argument(tailEntries >= 0, "a tail is not negative");
        Check.argument(holdEntriesMax >= 0, "a hold is not negative");
    }

    /** The same without any snapshot. */
    public SnapshotConfig off() {
        return new SnapshotConfig(0, 0, growthPercent, sliceBytes, windowSlices, tailEntries, holdEntriesMax);
    }

    /** The same, taken this often. */
    public SnapshotConfig every(long entries, long bytes) {
        return new SnapshotConfig(entries, bytes, growthPercent, sliceBytes, windowSlices, tailEntries, holdEntriesMax);
    }

    /** The same with so many entries behind a snapshot. */
    public SnapshotConfig withTail(int entries) {
        return new SnapshotConfig(
                entriesInterval, bytesInterval, growthPercent, sliceBytes, windowSlices, entries, holdEntriesMax);
    }

    /** Whether growing from one entry to the next, and by its bytes, passes a place where snapshots are taken. */
    public boolean isDue(long index, long bytesBefore, long bytesAfter) {
        return entriesInterval > 0 && index % entriesInterval == 0
                || bytesInterval > 0 && bytesBefore / bytesInterval != bytesAfter / bytesInterval;
    }
}
