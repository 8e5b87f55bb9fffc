package io.orrery.raft.transcript;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.sim.RecordingMachine;

/** A node with one replica and nothing else. */
final class Actor implements Protocol {
    private final Wal wal;
    final RecordingMachine machine = new RecordingMachine();
    final RaftGroup group;

    Actor(Kernel kernel, RaftConfig config) {
        wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT);
        group = new RaftGroup(kernel.scope("raft"), config, wal, machine);
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
