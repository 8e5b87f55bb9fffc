package io.orrery.raft.snapshot;

import io.orrery.kernel.trace.Mark;
import java.util.List;

/** Rare situations of snapshots that tests are expected to reach. */
public final class SnapshotMarks {
    /** A snapshot was taken. */
    public static final Mark TAKEN = new Mark("raft.snapshot-taken");
    /** A snapshot was due while another was being taken or installed. */
    public static final Mark POSTPONED = new Mark("raft.snapshot-postponed");
    /** A leader took no snapshot, since a follower was installing the last one. */
    public static final Mark HELD_FOR_FOLLOWER = new Mark("raft.snapshot-held-for-follower");
    /** The disk refused a snapshot, and it was given up. */
    public static final Mark ABANDONED = new Mark("raft.snapshot-abandoned");
    /** A log was compacted. */
    public static final Mark COMPACTED = new Mark("raft.log-compacted");
    /** A log was too long to be compacted in one event. */
    public static final Mark COMPACTED_IN_STEPS = new Mark("raft.log-compacted-in-steps");
    /** A leader offered a snapshot to a follower that needs entries which are compacted. */
    public static final Mark OFFERED = new Mark("raft.snapshot-offered");
    /** A follower did not need the snapshot that it was offered. */
    public static final Mark STALE_OFFER = new Mark("raft.snapshot-offer-stale");
    /** A follower installed a snapshot. */
    public static final Mark INSTALLED = new Mark("raft.snapshot-installed");
    /** A follower went on where an installation had stopped with its last life. */
    public static final Mark RESUMED = new Mark("raft.snapshot-install-resumed");
    /** A follower turned to another snapshot before the one that it fetched was complete. */
    public static final Mark INTERRUPTED = new Mark("raft.snapshot-install-interrupted");
    /** A slice came from another replica than the leader. */
    public static final Mark FROM_PEER = new Mark("raft.snapshot-slice-from-peer");
    /** A slice did not come in time, and was asked of the next. */
    public static final Mark SLICE_TIMED_OUT = new Mark("raft.snapshot-slice-timed-out");
    /** A replica was asked for a slice of a snapshot that it does not have, or not any more. */
    public static final Mark SLICE_REFUSED = new Mark("raft.snapshot-slice-refused");
    /** A replica had applied beyond a snapshot before it had read it. */
    public static final Mark OUTRUN = new Mark("raft.snapshot-install-outrun");
    /** A log held the snapshot's last entry, and was kept behind it. */
    public static final Mark SUFFIX_KEPT = new Mark("raft.snapshot-suffix-kept");
    /** A log held entries that the snapshot replaced. */
    public static final Mark SUFFIX_DROPPED = new Mark("raft.snapshot-suffix-dropped");
    /** A node started with a snapshot. */
    public static final Mark RECOVERED = new Mark("raft.snapshot-recovered");
    /** A node had stopped between making a snapshot valid and beginning its log behind it. */
    public static final Mark LOG_BEHIND = new Mark("raft.snapshot-ahead-of-log");
    /** A node started with an older snapshot or the whole log, since its latest snapshot is damaged. */
    public static final Mark FELL_BACK = new Mark("raft.snapshot-fell-back");
    /** A damaged slice was found. */
    public static final Mark DAMAGED = new Mark("raft.snapshot-damaged");
    /** A replica that had lost its snapshot, and with it its state, got it back from others. */
    public static final Mark REPAIRED = new Mark("raft.snapshot-repaired");
    /** A replica without its state did not campaign. */
    public static final Mark CAMPAIGN_WITHOUT_STATE = new Mark("raft.campaign-without-state");

    /** Those that need damage to snapshots, which swarms plan only on purpose. */
    public static final List<Mark> OF_DAMAGE = List.of(FELL_BACK, DAMAGED, REPAIRED, CAMPAIGN_WITHOUT_STATE, ABANDONED);

    /** All that a swarm reaches. */
    public static final List<Mark> ALL = List.of(
            TAKEN,
            POSTPONED,
            HELD_FOR_FOLLOWER,
            COMPACTED,
            COMPACTED_IN_STEPS,
            OFFERED,
            STALE_OFFER,
            INSTALLED,
            RESUMED,
            INTERRUPTED,
            FROM_PEER,
            SLICE_TIMED_OUT,
            SLICE_REFUSED,
            OUTRUN,
            SUFFIX_KEPT,
            SUFFIX_DROPPED,
            RECOVERED,
            LOG_BEHIND);

    private SnapshotMarks() {}
}
