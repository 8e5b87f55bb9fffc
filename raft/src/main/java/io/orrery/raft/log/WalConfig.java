package io.orrery.raft.log;

import io.orrery.kernel.Check;

/**
 * Sizes of a write-ahead log.
 *
 * @param segmentBytes a segment takes no further batch once it would grow beyond this; a single larger batch makes a
 *     larger segment. The log takes on disk at most twice what is live in it and two segments. A sixteenth, at most 4 MiB, is
 *     kept in reserve for a full disk
 * @param aheadBytes of a segment that are allocated ahead of what is written ({@link Runway}): at most, and at least half of it.
 *     The size of a segment allocates each as a whole; 0 allocates nothing ahead. Default 4 MiB
 * @param backlogBytesMax bytes waiting for the disk beyond which the log is {@link Wal#isBacklogged() backlogged}: groups
 *     then refuse proposals and drop appended entries until the disk keeps up
 * @param readBytes how much recovery reads at a time, and goes through in one event; default 256 KiB
 * @param version of the format in which segments are begun, and the newest that is read; default {@link #VERSION_MAX}. A
 *     log that has segments of a later version is refused: there is no way back to an earlier release
 */
public record WalConfig(long segmentBytes, long aheadBytes, int backlogBytesMax, int readBytes, int version) {
    public static final int VERSION_MAX = WalFormat.VERSION;

    private static final int MIB = 1024 * 1024;

    public static final WalConfig DEFAULT = new WalConfig(64L * MIB, 4L * MIB, 24 * MIB, MIB / 4, VERSION_MAX);

    public WalConfig {
        Check.argument(segmentBytes >= 1024, "a segment holds at least 1 KiB");
        Check.argument(aheadBytes >= 0 && aheadBytes <= segmentBytes, "no more than a segment is allocated ahead");
        Check.argument(backlogBytesMax > 0 && backlogBytesMax <= 32 * MIB, "a backlog is at most 32 MiB");
        Check.argument(readBytes >= 512, "recovery reads at least 512 bytes at a time");
        Check.argument(version >= 1 && version <= VERSION_MAX, "a known format version");
    }

    /** Bytes of the space that is kept for a full disk, while no released segment serves for that. */
    int reserveBytes() {
        return (int) Math.min(4L * MIB, Math.max(512, segmentBytes / 16));
    }

    /** The same with other segments, of which no more is allocated ahead than there is. */
    public WalConfig withSegmentBytes(long bytes) {
        return new WalConfig(bytes, Math.min(bytes, aheadBytes), backlogBytesMax, readBytes, version);
    }

    public WalConfig withAheadBytes(long bytes) {
        return new WalConfig(segmentBytes, bytes, backlogBytesMax, readBytes, version);
    }

    public WalConfig withBacklogBytesMax(int bytes) {
        return new WalConfig(segmentBytes, aheadBytes, bytes, readBytes, version);
    }

    public WalConfig withVersion(int newVersion) {
        return new WalConfig(segmentBytes, aheadBytes, backlogBytesMax, readBytes, newVersion);
    }
}
