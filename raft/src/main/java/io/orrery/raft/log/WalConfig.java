package io.orrery.raft.log;

import io.orrery.kernel.Check;

/**
 * Sizes of a write-ahead log.
 *
 * @param segmentBytes a segment takes no further batch once it would grow beyond this; a single larger batch makes a
 *     larger segment
 * @param backlogBytesMax bytes waiting for the disk beyond which the log is {@link Wal#isBacklogged() backlogged}: groups
 *     then refuse proposals and drop appended entries until the disk keeps up
 * @param readBytes how much recovery reads at a time
 */
public record WalConfig(long segmentBytes, int backlogBytesMax, int readBytes) {
    private static final int MIB = 1024 * 1024;

    public static final WalConfig DEFAULT = new WalConfig(64L * MIB, 24 * MIB, MIB);

    public WalConfig {
        Check.argument(segmentBytes >= 1024, "a segment holds at least 1 KiB");
        Check.argument(backlogBytesMax > 0 && backlogBytesMax <= 32 * MIB, "a backlog is at most 32 MiB");
        Check.argument(readBytes >= 512, "recovery reads at least 512 bytes at a time");
    }

    public WalConfig withSegmentBytes(long bytes) {
        return new WalConfig(bytes, backlogBytesMax, readBytes);
    }

    public WalConfig withBacklogBytesMax(int bytes) {
        return new WalConfig(segmentBytes, bytes, readBytes);
    }
}
