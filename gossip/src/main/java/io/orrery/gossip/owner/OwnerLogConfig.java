package io.orrery.gossip.owner;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Time;

/**
 * The limits of the owner log.
 *
 * @param batchNanos a change waits at most this long for others to be sent with; default 10 ms. It is the floor of how soon
 *     a peer sees a row
 * @param batchOperationsMax changes in one message; default 1000
 * @param batchBytesMax bytes of rows in one message, of replays and snapshots too; default 256 KiB. What one event of a peer
 *     has to digest
 * @param logOperationsMax own changes kept for replay; default 100,000. A peer that lags further behind gets a snapshot
 * @param logBytesMax bytes of rows among them; default 16 MiB
 * @param rowBytesMax the longest row; default 64 KiB, an MQTT topic filter's limit and more
 * @param digestNanos between digests, each to one live member in turn; default 1 s. A lost batch that no later one reveals
 *     is noticed within about two of them
 * @param fetchNanos until an unanswered repair is asked for again; default 2 s
 * @param fetchesMax owners repaired at the same time; default 32. The others wait their turn
 */
public record OwnerLogConfig(
        long batchNanos,
        int batchOperationsMax,
        int batchBytesMax,
        int logOperationsMax,
        int logBytesMax,
        int rowBytesMax,
        long digestNanos,
        long fetchNanos,
        int fetchesMax) {
    public OwnerLogConfig {
        Check.argument(batchNanos >= 0, "a batch's wait is not negative");
        Check.argument(batchOperationsMax > 0, "a batch holds something");
        Check.argument(rowBytesMax > 0, "a row may have a byte");
        Check.argument(batchBytesMax >= rowBytesMax, "a batch holds at least one row");
        Check.argument(batchBytesMax <= Delivery.STREAM_BYTES_MAX / 2, "a batch fits a frame with its overhead");
        Check.argument(logOperationsMax >= 0 && logBytesMax >= 0, "the log's limits are not negative");
        Check.argument(digestNanos > 0 && fetchNanos > 0, "intervals are positive");
        Check.argument(fetchesMax > 0, "one repair at a time at least");
    }

    public static OwnerLogConfig lan() {
        return new OwnerLogConfig(
                Time.millis(10),
                1000,
                256 * 1024,
                100_000,
                16 * 1024 * 1024,
                64 * 1024,
                Time.seconds(1),
                Time.seconds(2),
                32);
    }

    /** For development and tests: digests five times as often. */
    public static OwnerLogConfig fast() {
        return new OwnerLogConfig(
                Time.millis(5),
                1000,
                256 * 1024,
                100_000,
                16 * 1024 * 1024,
                64 * 1024,
                Time.millis(200),
                Time.millis(500),
                32);
    }
}
