package io.orrery.server.bench;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.raft.Configuration;
import io.orrery.raft.Groups;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;

/** A node that runs many Raft groups on one log and nothing else. */
final class GroupsNode implements Protocol {
    private final Wal wal;
    private final Groups groups;

    GroupsNode(Kernel kernel, Configuration members, int count) {
        wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT);
        groups = new Groups(kernel.scope("raft"), wal, RaftConfig.Timing.DEFAULT);
        for (int i = 0; i < count; i++) {
            RaftGroup unused = groups.open(RaftConfig.of(i, members), new CountingMachine());
        }
    }

    Groups groups() {
        return groups;
    }

    RaftGroup group(long id) {
        return groups.group(id);
    }

    Wal wal() {
        return wal;
    }

    int led() {
        int led = 0;
        for (RaftGroup group : groups.all().values()) {
            led += group.isLeader() ? 1 : 0;
        }
        return led;
    }

    @Override
    public void start() {
        wal.start();
        groups.start();
    }

    @Override
    public void checkInvariants() {
        groups.checkInvariants();
    }
}
