package io.orrery.raft.log;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;

/** The write-ahead log of a node, shared by all its groups. */
public final class Wal implements Protocol {
    private final Kernel kernel;
    private final WalConfig config;

    public Wal(Kernel kernel, WalConfig config) {
        this.kernel = kernel;
        this.config = config;
    }

    @Override
    public void start() {}
}
