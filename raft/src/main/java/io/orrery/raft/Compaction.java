package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.raft.log.RaftLog;
import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.raft.snapshot.SnapshotMarks;
import java.util.function.LongSupplier;

/**
 * Forgets the entries that a snapshot stands for, little by little: the log behind a large snapshot may be millions of entries
 * long, each of which gives back its memory and its place on the disk.
 *
 * <ul>
 *   <li>C1: one step forgets at most so many entries, and the next comes in a later cycle of the node: soon, for a fast log must not outrun it.
 *   <li>C2: before each step it is asked again how far the log may be compacted.
 *   <li>C3: only what is applied is forgotten: a snapshot that is fetched and not yet in place reaches beyond that.
 * </ul>
 *
 * <p>For the node's thread.
 */
final class Compaction {
    /** The rest of a step's time is for everything else that the node does. */
    private static final long PAUSE_NANOS = Time.micros(100);

    /** A step has one entry for so many bytes of a slice: 4,096 of the default size, about a millisecond where they are in no cache. */
    private static final int BYTES_OF_ENTRY = 64;

    private static final int STEP_ENTRIES_MIN = 16;

    private final Replica replica;
    private final LongSupplier reach;
    private final long stepEntries;
    private final Timer timer;
    private Runnable whenDone;

    /** @param reach the index up to which the log may be compacted now; any before its beginning if it may not be */
    Compaction(Replica replica, SnapshotConfig config, LongSupplier reach) {
        this.replica = replica;
        this.reach = reach;
        this.stepEntries = Math.max(STEP_ENTRIES_MIN, config.sliceBytes() / BYTES_OF_ENTRY);
        this.timer = replica.kernel.timer("compact", this::step);
    }

    /** Begins, unless it is under way. */
    void maybeBegin() {
        if (!timer.isArmed()) {
            step();
        }
    }

    /** Runs the task when nothing is left to be compacted; at once if nothing is. */
    void whenDone(Runnable task) {
        Check.that(whenDone == null, "one waits for a compaction at a time");
        whenDone = task;
        maybeBegin();
    }

    /** C1, C2. */
    private void step() {
        RaftLog log = replica.log;
        long to = reach.getAsLong();
        long next = Math.min(to, log.snapshotIndex() + stepEntries);
        if (next > log.snapshotIndex()) {
            Check.that(next <= replica.appliedIndex(), "C3: what is compacted is in the state", next);
            replica.reached(SnapshotMarks.COMPACTED);
            log.compactTo(next);
            replica.configurations.compactTo(next);
        }
        if (next < to) {
            replica.reached(SnapshotMarks.COMPACTED_IN_STEPS);
            timer.restart(PAUSE_NANOS);
        } else if (whenDone != null) {
            Runnable task = whenDone;
            whenDone = null;
            task.run();
        }
    }
}
