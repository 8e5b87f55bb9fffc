package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.raft.message.AppendRefusal;
import io.orrery.raft.message.InstallSnapshot;
import io.orrery.raft.message.InstallStatus;
import io.orrery.raft.snapshot.SnapshotMarks;

/** What the roles have to do with snapshots (section 7): a leader offers one, a follower takes it, nobody campaigns without a state. */
final class Installing {
    private final Roles roles;

    Installing(Roles roles) {
        this.roles = roles;
    }

    private Replica replica() {
        return roles.replica();
    }

    /** A leader's heartbeat, in the place of entries. */
    void onOffer(NodeId from, InstallSnapshot message) {
        Replica replica = replica();
        long index = message.snapshot().index();
        if (message.term() < replica.term()) {
            replica.send(from, new AppendRefusal(replica.term(), index, 0, 0));
            return;
        }
        roles.maybeEnter(message.term(), from);
        if (!roles.maybeFollow(from)) {
            replica.counters.ignored++;
            return;
        }
        Following following = roles.following();
        following.onHeard();
        if (following.maybeNeedSnapshot(message.snapshot())) {
            replica.snapshots.onOffer(from, message.snapshot(), message.sources());
            replica.send(from, new InstallStatus(replica.term(), index, replica.snapshots.slicesFetched()));
        }
        roles.restartElectionTimer();
    }

    /** A follower that was offered a snapshot lives. */
    void onStatus(NodeId from, InstallStatus status) {
        roles.maybeEnter(status.term(), from);
        Leadership leadership = roles.leadership();
        if (leadership != null && status.term() == replica().term()) {
            leadership.onInstallStatus(from);
        }
    }

    /** Whether this replica leads, and a follower that answers installs a snapshot. */
    boolean hasInstallingFollower() {
        return roles.leadership() != null && roles.leadership().hasInstallingPeer();
    }

    /**
     * A snapshot is to be put in place. A replica without its state takes one from anybody, and may hear of a later term by
     * nothing else: what is committed in it is not for a replica of an earlier term.
     */
    void beforeInstall(long term) {
        roles.maybeEnter(term, "a snapshot");
    }

    /** A snapshot that was asked of peers may be of a term that this replica has not heard of. */
    void enter(long term) {
        roles.maybeEnter(term, replica().self());
    }

    /** A snapshot is in place, and its configuration. */
    void onInstalled() {
        Following following = roles.following();
        if (following != null) {
            following.onInstalled(replica().appliedIndex());
            roles.restartElectionTimer();
        }
    }

    /** Whoever cannot apply what it commits does not campaign. */
    boolean maybeWaitForState() {
        if (replica().snapshots.isMissing()) {
            replica().reached(SnapshotMarks.CAMPAIGN_WITHOUT_STATE);
        }
        return replica().snapshots.isMissing();
    }
}
