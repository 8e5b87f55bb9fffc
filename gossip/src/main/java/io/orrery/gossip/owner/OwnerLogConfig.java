package io.orrery.gossip.owner;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Time;
import io.orrery.kernel.arena.ByteArena;

/**
 * The limits of the owner log.
 *
 * @param batchNanos a change waits at most this long for others to be sent with; default 10 ms. It is the floor of how soon
 *     a peer sees a row
 * @param batchOperationsMax changes in one message; default 1000
 * @param batchBytesMax bytes of rows in one message, of replays and snapshots too; default 128 KiB. What one event of a peer
 *     has to digest, some three thousand rows: it is what a node that joins does at a time. Half of it takes a join twice as
 *     many round trips
 * @param logOperationsMax own changes kept for replay; default 100,000. A peer that lags further behind gets a snapshot
 * @param logBytesMax bytes of rows among them; default 16 MiB
 * @param rowBytesMax the longest row; default 64 KiB, an MQTT topic filter's limit and more
 * @param digestNanos between digests, each to one live member in turn; default 1 s. A lost batch that no later one reveals
 *     is noticed within about two of them
 * @param fetchNanos until an unanswered repair is asked for again; default 2 s
 * @param fetchesMax owners repaired at the same time; default 32. The others wait their turn
 * @param graceNanos the rows of a member that is taken for dead are kept aside for so long; default 1 min. If it lives on, they
 *     count again at once; 0 drops them at its death, and they are sent again. Costs the memory of what a dead member had
 * @param relayOperationsMax changes kept of each peer, to be replayed to others that missed them when their owner cannot;
 *     default 256. Who lacks more gets a snapshot
 * @param relayBytesMax bytes of rows among them; default 64 KiB
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
        int fetchesMax,
        long graceNanos,
        int relayOperationsMax,
        int relayBytesMax) {
    private static final long GRACE_NANOS = Time.seconds(60);
    private static final int RELAY_OPERATIONS_MAX = 256;
    private static final int RELAY_BYTES_MAX = 64 * 1024;

    public OwnerLogConfig {
        Check.argument(batchNanos >= 0, "a batch's wait is not negative");
        Check.argument(batchOperationsMax > 0, "a batch holds something");
        Check.argument(rowBytesMax > 0, "a row may have a byte");
        Check.argument(batchBytesMax >= rowBytesMax, "a batch holds at least one row");
        Check.argument(rowBytesMax <= ByteArena.LENGTH_MAX, "a row is not larger than what an arena takes");
        Check.argument(graceNanos >= 0, "the grace is not negative");
        Check.argument(relayOperationsMax >= 0 && relayBytesMax >= 0, "what is kept of peers is not negative");
        Check.argument(batchBytesMax <= Delivery.STREAM_BYTES_MAX / 2, "a batch fits a frame with its overhead");
        Check.argument(logOperationsMax >= 0 && logBytesMax >= 0, "the log's limits are not negative");
        Check.argument(digestNanos > 0 && fetchNanos > 0, "intervals are positive");
        Check.argument(fetchesMax > 0, "one repair at a time at least");
    }

    /** The defaults of what concerns the death of others. */
    public OwnerLogConfig(
            long batchNanos,
            int batchOperationsMax,
            int batchBytesMax,
            int logOperationsMax,
            int logBytesMax,
            int rowBytesMax,
            long digestNanos,
            long fetchNanos,
            int fetchesMax) {
        this(
                batchNanos,
                batchOperationsMax,
                batchBytesMax,
                logOperationsMax,
                logBytesMax,
                rowBytesMax,
                digestNanos,
                fetchNanos,
                fetchesMax,
                GRACE_NANOS,
                RELAY_OPERATIONS_MAX,
                RELAY_BYTES_MAX);
    }

    /** The same with another grace, and another memory of peers' changes. */
    public OwnerLogConfig with(long newGraceNanos, int newRelayOperationsMax) {
        return new OwnerLogConfig(
                batchNanos,
                batchOperationsMax,
                batchBytesMax,
                logOperationsMax,
                logBytesMax,
                rowBytesMax,
                digestNanos,
                fetchNanos,
                fetchesMax,
                newGraceNanos,
                newRelayOperationsMax,
                relayBytesMax);
    }

    public static OwnerLogConfig lan() {
        return new OwnerLogConfig(
                Time.millis(10),
                1000,
                128 * 1024,
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
                128 * 1024,
                100_000,
                16 * 1024 * 1024,
                64 * 1024,
                Time.millis(200),
                Time.millis(500),
                32);
    }
}
