package io.orrery.raft.message;

/**
 * Asks for the latest snapshot, by a replica whose own is damaged.
 *
 * @param index it must stand for this entry at least
 */
public record SnapshotQuery(long index) implements SnapshotMessage {}
