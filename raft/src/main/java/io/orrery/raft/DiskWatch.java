package io.orrery.raft;

import io.orrery.kernel.NodeId;

/**
 * What a replica's own disk means for who leads. A disk that owes an answer for an election timeout may never answer: then the
 * replica must not lead, since what it would make durable waits for ever, nor campaign, until the disk answers. A leader
 * whose disk is full refuses commands, so it hands over to a voter that may have space, now and then and to one after the
 * other; where none has, it goes on to lead, for reads and changes of members.
 */
final class DiskWatch {
    /** Election timeouts between two attempts to hand over from a full disk. */
    private static final int PATIENCE = 5;

    private final Replica replica;
    private long nextAttemptNanos;
    private int attempts;

    DiskWatch(Replica replica) {
        this.replica = replica;
    }

    /** Whether the disk has owed an answer for an election timeout. */
    boolean isFrozen() {
        return replica.wal.silentNanos() >= replica.config.timing().electionNanos();
    }

    /** Whether this replica could lead if it were asked to. */
    boolean mayTakeOver() {
        return !replica.wal.isFull() && !isFrozen() && !replica.hasForgotten();
    }

    /** Whether a candidacy must wait for the disk, or until what a damaged one lost cannot be contradicted. */
    boolean maybeWait() {
        if (isFrozen()) {
            replica.reached(RaftMarks.NO_CAMPAIGN_DISK_FROZEN);
            replica.note("wait-for-disk", silence());
        }
        return isFrozen() || replica.hasForgotten();
    }

    /** With each of a leader's heartbeats: one whose disk is frozen asks the best of the others to campaign, and steps down. */
    void onHeartbeat(Roles roles) {
        Leadership leadership = roles.leadership();
        if (replica.configuration().voters().size() < 2) {
            return;
        }
        if (isFrozen()) {
            replica.reached(RaftMarks.FROZEN_DISK_STEP_DOWN);
            leadership.transfer().maybeStart(leadership.voterByProgress(0), true);
            leadership.replicate();
            roles.becomeFollower(replica.term(), null, silence());
        } else if (replica.wal.isFull()) {
            handOver(leadership);
        }
    }

    private void handOver(Leadership leadership) {
        long now = replica.kernel.nowNanos();
        if (now < nextAttemptNanos) {
            return;
        }
        nextAttemptNanos = now + PATIENCE * replica.config.timing().electionNanos();
        NodeId to = leadership.voterByProgress(attempts++);
        if (leadership.transfer().maybeStart(to, false)) {
            replica.reached(RaftMarks.FULL_DISK_HAND_OVER);
            replica.note("hand-over", "to=" + to + " disk full");
            leadership.replicate();
        }
    }

    private String silence() {
        return "disk silent for " + replica.wal.silentNanos() / 1_000_000 + " ms";
    }
}
