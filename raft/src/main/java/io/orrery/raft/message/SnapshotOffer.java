package io.orrery.raft.message;

import io.orrery.raft.snapshot.SnapshotId;

/** Answers a {@link SnapshotQuery}. */
public record SnapshotOffer(SnapshotId snapshot) implements SnapshotMessage {}
