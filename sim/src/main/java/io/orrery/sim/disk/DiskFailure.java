package io.orrery.sim.disk;

import io.orrery.kernel.StorageHaltException;

/** Why a node stops when its disk fails to sync: no bug of the node's, and no way to go on either. */
public final class DiskFailure extends StorageHaltException {
    private static final long serialVersionUID = 1L;

    DiskFailure(String file) {
        super(Kind.SYNC, "the disk failed to sync " + file);
    }
}
