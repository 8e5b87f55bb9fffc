package io.orrery.server.simulation;

import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.raft.Groups;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import java.util.ArrayList;
import java.util.List;

/** A node of the groups workload: some key-value stores, replicated each by a group of its own, on one log. */
final class GroupsReplica implements Protocol {
    /** So few that they wait for one another, as hundreds do in production. */
    private static final int MANY = 2;

    final List<RaftGroup> all = new ArrayList<>();
    final List<KeyValueMachine> machines = new ArrayList<>();
    private final Wal wal;
    /** Null on a node of an earlier release, which knows no heartbeat of many groups. */
    private final Groups groups;

    /** The applied index of each group at which its state was last looked at. */
    final long[] noted;

    GroupsReplica(Kernel kernel, List<RaftConfig> configs, WalConfig walConfig, boolean isEarlierRelease) {
        wal = new Wal(kernel.scope("wal"), walConfig);
        groups = isEarlierRelease
                ? null
                : new Groups(kernel.scope("raft"), wal, configs.get(0).timing(), MANY);
        noted = new long[configs.size()];
        for (RaftConfig config : configs) {
            KeyValueMachine machine = new KeyValueMachine();
            machines.add(machine);
            all.add(
                    groups == null
                            ? new RaftGroup(kernel.scope("raft-" + config.group()), config, wal, machine)
                            : groups.open(config, machine));
        }
    }

    @Override
    public void start() {
        wal.start();
        if (groups == null) {
            all.forEach(RaftGroup::start);
        } else {
            groups.start();
        }
    }

    @Override
    public void checkInvariants() {
        all.forEach(RaftGroup::checkInvariants);
    }

    @Override
    public void describe(Description out) {
        for (int i = 0; i < all.size(); i++) {
            out.begin("group-" + i);
            all.get(i).describe(out);
            out.value("asleep", all.get(i).isAsleep());
            out.end();
        }
    }
}
