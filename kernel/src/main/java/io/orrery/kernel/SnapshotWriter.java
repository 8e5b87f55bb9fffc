package io.orrery.kernel;

import io.orrery.kernel.codec.Bytes;

/** Takes a snapshot piece by piece; pieces may be of any size up to {@link #PIECE_BYTES_MAX} and come back in the same order. */
@FunctionalInterface
public interface SnapshotWriter {
    /** The longest piece that can be written. */
    int PIECE_BYTES_MAX = 1024 * 1024;

    void write(Bytes piece);
}
