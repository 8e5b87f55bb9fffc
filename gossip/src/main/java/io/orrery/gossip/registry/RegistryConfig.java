package io.orrery.gossip.registry;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Time;

/**
 * The limits of the registry.
 *
 * @param batchNanos a write waits at most this long for others to be sent with; default 10 ms
 * @param digestNanos between digests, each to one live member in turn; default 1 s. It bounds how long a lost write goes
 *     unnoticed
 * @param pullNanos until an unanswered pull is asked for again; default 2 s
 * @param pullsMax peers from which is pulled at the same time; default 2. The others wait for their next digest
 * @param sliceBytesMax cells in one message, in bytes; default 128 KiB, passed by at most what the next few cells take. What one event of a peer has to digest
 * @param settingsMax namespaces, their fields, and registered clients, with tombstones; default 100,000. Beyond it writes are
 *     refused, and a node that holds fewer than its peers stops pulling and says so
 * @param sessionsMax sessions of all nodes, with tombstones; default 2,000,000. The same behaviour
 * @param versionsMax origins told apart; default 4,096. Beyond it a node takes no more from its peers, and says so
 * @param changesMax changes remembered for pulls; default 65,536; a power of two. Who lags further behind costs a walk through
 *     all that is held
 * @param driftMillisMax how far a peer's clock may drive this node's hybrid clock ahead of its wall clock; default 60 s. Higher,
 *     and one wrong clock decides more conflicts; lower, and honest skew is clamped
 * @param tidyNanos between collections of tombstones; default 5 s
 * @param snapshotNanos from a change to its snapshot on disk, at least; default 10 s. Only others' writes wait for it: this
 *     node's own are in its journal before they are acknowledged
 * @param forgottenNanos a node that took part once and that no membership knows is waited for so long before tombstones are
 *     collected without its word; default 25 h. At least as long as membership remembers the dead: a node that was away
 *     meanwhile cannot know that it was forgotten
 * @param unsavedMax own writes waiting for the disk; default 10,000. Beyond it writes are refused
 */
public record RegistryConfig(
        long batchNanos,
        long digestNanos,
        long pullNanos,
        int pullsMax,
        int sliceBytesMax,
        int settingsMax,
        int sessionsMax,
        int versionsMax,
        int changesMax,
        long driftMillisMax,
        long tidyNanos,
        long snapshotNanos,
        long forgottenNanos,
        int unsavedMax) {
    public RegistryConfig {
        Check.argument(batchNanos >= 0, "a batch's wait is not negative");
        Check.argument(digestNanos > 0 && pullNanos > 0, "intervals are positive");
        Check.argument(tidyNanos > 0 && snapshotNanos > 0 && forgottenNanos > 0, "intervals are positive");
        Check.argument(pullsMax > 0, "one pull at a time at least");
        Check.argument(sliceBytesMax > 0, "a slice may have a byte");
        Check.argument(sliceBytesMax <= Delivery.STREAM_BYTES_MAX / 4, "a slice fits a frame with its versions");
        Check.argument(settingsMax > 0 && sessionsMax > 0, "something may be held");
        Check.argument(versionsMax > 0 && versionsMax <= 16_384, "at most 16384 origins, or versions outgrow a frame");
        Check.argument(changesMax > 0 && Integer.bitCount(changesMax) == 1, "changesMax is a power of two");
        Check.argument(driftMillisMax >= 0, "a drift is not negative");
        Check.argument(unsavedMax > 0, "one write may wait for the disk");
    }

    public static RegistryConfig lan() {
        return new RegistryConfig(
                Time.millis(10),
                Time.seconds(1),
                Time.seconds(2),
                2,
                128 * 1024,
                100_000,
                2_000_000,
                4_096,
                65_536,
                60_000,
                Time.seconds(5),
                Time.seconds(10),
                Time.seconds(25 * 3600),
                10_000);
    }

    /** For development and tests: digests and collections five times as often. */
    public static RegistryConfig fast() {
        return new RegistryConfig(
                Time.millis(5),
                Time.millis(200),
                Time.millis(500),
                2,
                128 * 1024,
                100_000,
                2_000_000,
                4_096,
                65_536,
                60_000,
                Time.seconds(1),
                Time.seconds(2),
                Time.seconds(25 * 3600),
                10_000);
    }
}
