package io.orrery.kernel;

import io.orrery.kernel.codec.Bytes;

/** Gives back a snapshot's slices in the order they were written. */
public interface SnapshotReader {
    boolean hasNext();

    Bytes next();
}
