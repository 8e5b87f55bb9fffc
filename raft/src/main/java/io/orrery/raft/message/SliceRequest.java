package io.orrery.raft.message;

import io.orrery.raft.snapshot.SnapshotId;

/** Asks for one slice of a snapshot; only of exactly this one. */
public record SliceRequest(SnapshotId snapshot, int slice) implements SnapshotMessage {}
