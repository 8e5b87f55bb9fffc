package io.orrery.raft.transcript;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.StateMachine;
import io.orrery.raft.Groups;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.session.SessionConfig;
import io.orrery.raft.session.SessionedStateMachine;
import io.orrery.raft.sim.RecordingMachine;

/** A node with one replica and nothing else. */
final class Actor implements Protocol {
    private final Wal wal;
    final RecordingMachine machine = new RecordingMachine();
    final RaftGroup group;

    /** Null if the group is by itself. */
    private final Groups groups;

    Actor(Kernel kernel, RaftConfig config, boolean sessions, boolean sleeps) {
        wal = new Wal(
                kernel.scope("wal"),
                WalConfig.DEFAULT.withSegmentBytes(16 * 1024).withAheadBytes(0));
        StateMachine whole = sessions
                ? new SessionedStateMachine(
                        machine, SessionConfig.DEFAULT, mark -> kernel.trace().reached(mark))
                : machine;
        groups = sleeps ? new Groups(kernel.scope("raft"), wal, config.timing()) : null;
        group = sleeps ? groups.open(config, whole) : new RaftGroup(kernel.scope("raft"), config, wal, whole);
    }

    @Override
    public void start() {
        wal.start();
        if (groups == null) {
            group.start();
        } else {
            groups.start();
        }
    }

    @Override
    public void checkInvariants() {
        group.checkInvariants();
    }
}
