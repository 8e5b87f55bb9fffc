package io.orrery.raft.message;

import io.orrery.kernel.NodeId;

/**
 * What replicas say to one another about snapshots, in any role and term: what a snapshot stands for is committed, so whoever has
 * one may serve it, and whoever needs one may take it.
 */
public sealed interface SnapshotMessage extends RaftMessage
        permits SnapshotQuery, SnapshotOffer, SliceRequest, SnapshotSlice, SliceRefusal {
    @Override
    default long term() {
        return 0;
    }

    @Override
    default void dispatch(NodeId from, Handler handler) {
        handler.onSnapshotMessage(from, this);
    }
}
