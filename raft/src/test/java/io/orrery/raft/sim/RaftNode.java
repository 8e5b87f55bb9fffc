package io.orrery.raft.sim;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.forward.ForwarderConfig;
import io.orrery.raft.forward.ProposalForwarder;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.rules.RaftRules;

/** A node that holds one group and nothing else. */
final class RaftNode implements Protocol {
    private final Kernel walKernel;
    final Wal wal;
    final RecordingMachine machine = new RecordingMachine();
    final RaftGroup group;
    final ProposalForwarder forwarder;

    RaftNode(Kernel kernel, RaftConfig config, WalConfig walConfig, RaftRules rules) {
        walKernel = kernel.scope("wal");
        wal = new Wal(walKernel, walConfig);
        group = new RaftGroup(kernel.scope("raft"), config, wal, machine, rules);
        forwarder = new ProposalForwarder(kernel.scope("forward"), group, ForwarderConfig.of(config.group()));
    }

    @Override
    public void start() {
        wal.start();
        group.start();
        forwarder.start();
    }

    /** Removes all segments, as an operator would who replaces the disk. */
    void wipe() {
        walKernel
                .storage()
                .list((files, failure) ->
                        files.forEach(file -> walKernel.storage().delete(file.name(), (nothing, failed) -> {})));
    }

    @Override
    public void checkInvariants() {
        group.checkInvariants();
    }
}
