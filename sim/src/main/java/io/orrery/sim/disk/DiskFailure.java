package io.orrery.sim.disk;

/** Why a node stops when its disk fails to sync: no bug of the node's, and no way to go on either. */
public final class DiskFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DiskFailure(String file) {
        super("the disk failed to sync " + file, null, false, false);
    }
}
