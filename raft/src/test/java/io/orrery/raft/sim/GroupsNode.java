package io.orrery.raft.sim;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.raft.Groups;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import java.util.ArrayList;
import java.util.List;

/** A node that holds some groups on one log; as an earlier release, each of them by itself. */
final class GroupsNode implements Protocol {
    /** So few that they wait for one another, as hundreds do in production. */
    static final int MANY = 2;

    final Groups groups;
    final List<RaftGroup> all = new ArrayList<>();
    final List<RecordingMachine> machines = new ArrayList<>();
    private final Wal wal;
    private final boolean isEarlier;

    GroupsNode(Kernel kernel, List<RaftConfig> configs, boolean isEarlier) {
        this.isEarlier = isEarlier;
        wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT.withSegmentBytes(1 << 20));
        groups = isEarlier
                ? null
                : new Groups(kernel.scope("raft"), wal, configs.get(0).timing(), MANY);
        for (RaftConfig config : configs) {
            RecordingMachine machine = new RecordingMachine();
            machines.add(machine);
            all.add(
                    isEarlier
                            ? new RaftGroup(kernel.scope("raft-" + config.group()), config, wal, machine)
                            : groups.open(config, machine));
        }
    }

    @Override
    public void start() {
        wal.start();
        if (isEarlier) {
            all.forEach(RaftGroup::start);
        } else {
            groups.start();
        }
    }

    @Override
    public void checkInvariants() {
        all.forEach(RaftGroup::checkInvariants);
    }
}
