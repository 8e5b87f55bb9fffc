package io.orrery.raft.snapshot;

import io.orrery.kernel.Check;

/**
 * Which snapshot: two files with one id hold the same bytes, whoever wrote them.
 *
 * @param index of the last entry it stands for; at least 1
 * @param term of that entry
 * @param bytes of its slices together, without checksums; at least 1
 * @param sliceBytes of each slice but the last, which may be shorter
 * @param checksum of all slices
 */
public record SnapshotId(long index, long term, long bytes, int sliceBytes, long checksum) {
    /** Slices of one snapshot, at most: 4 TiB with the default size. */
    public static final int SLICES_MAX = 1 << 24;

    public SnapshotId {
        Check.argument(index >= 1 && term >= 1, "a snapshot stands for an entry");
        Check.argument(bytes >= 1, "a snapshot is not empty");
        Check.argument(isSliceSize(sliceBytes), "a slice's size is within its limits");
        Check.argument((bytes - 1) / sliceBytes < SLICES_MAX, "a snapshot has at most 2^24 slices");
    }

    static boolean isSliceSize(int bytes) {
        return bytes >= SnapshotConfig.SLICE_BYTES_MIN && bytes <= SnapshotConfig.SLICE_BYTES_MAX;
    }

    public int slices() {
        return (int) ((bytes - 1) / sliceBytes) + 1;
    }

    /** The length of one slice. */
    public int sliceLength(int slice) {
        return (int) Math.min(sliceBytes, bytes - (long) slice * sliceBytes);
    }

    @Override
    public String toString() {
        return "index=" + index + " term=" + term + " bytes=" + bytes + " checksum=" + Long.toHexString(checksum);
    }
}
