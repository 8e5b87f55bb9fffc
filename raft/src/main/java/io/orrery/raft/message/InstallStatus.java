package io.orrery.raft.message;

import io.orrery.kernel.NodeId;

/**
 * A follower's answer to {@link InstallSnapshot} as long as it is not done; then it acknowledges entries again.
 *
 * @param index of the snapshot that it fetches
 * @param slices of it that it has
 */
public record InstallStatus(long term, long index, long slices) implements RaftMessage {
    @Override
    public void dispatch(NodeId from, Handler handler) {
        handler.onInstallStatus(from, this);
    }
}
