package io.orrery.raft.message;

/** The slice is not here: the snapshot is gone, was never here, or is damaged. */
public record SliceRefusal(long checksum, int slice) implements SnapshotMessage {}
