package io.orrery.server.bench.raft;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.server.bench.CountingMachine;

/** A node that runs one Raft group and nothing else. */
final class RaftNode implements Protocol {
    private final Wal wal;
    private final RaftGroup group;

    RaftNode(Kernel kernel, Configuration members) {
        this(kernel, RaftConfig.of(0, members));
    }

    RaftNode(Kernel kernel, RaftConfig config) {
        wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT);
        group = new RaftGroup(kernel.scope("raft-0"), config, wal, new CountingMachine());
    }

    RaftGroup group() {
        return group;
    }

    @Override
    public void start() {
        wal.start();
        group.start();
    }

    @Override
    public void checkInvariants() {
        group.checkInvariants();
    }
}
