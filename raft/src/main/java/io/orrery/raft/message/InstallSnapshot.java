package io.orrery.raft.message;

import io.orrery.kernel.NodeId;
import io.orrery.raft.snapshot.SnapshotId;
import java.util.List;

/**
 * A leader's heartbeat to a follower that needs entries which the leader has no more: it is to fetch this snapshot (section 7).
 * The follower pulls, so that it can go on where it was after any break, and from others than the leader.
 *
 * @param sources who may have the same snapshot, beside the leader
 */
public record InstallSnapshot(long term, SnapshotId snapshot, List<NodeId> sources) implements RaftMessage {
    @Override
    public void dispatch(NodeId from, Handler handler) {
        handler.onInstallSnapshot(from, this);
    }
}
