package io.orrery.raft.message;

import io.orrery.kernel.codec.Bytes;

/**
 * One slice, as it was asked for.
 *
 * @param checksum of the whole snapshot, which names it
 */
public record SnapshotSlice(long checksum, int slice, Bytes payload) implements SnapshotMessage {}
