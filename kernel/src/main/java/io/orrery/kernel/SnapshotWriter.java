package io.orrery.kernel;

import io.orrery.kernel.codec.Bytes;

/** Takes a snapshot slice by slice; slices may be of any size up to 1 MiB and come back in the same order. */
@FunctionalInterface
public interface SnapshotWriter {
    void write(Bytes slice);
}
