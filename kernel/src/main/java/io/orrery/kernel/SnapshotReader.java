package io.orrery.kernel;

import io.orrery.kernel.codec.Bytes;

/** Gives back a snapshot's pieces in the order they were written. */
public interface SnapshotReader {
    boolean hasNext();

    Bytes next();
}
