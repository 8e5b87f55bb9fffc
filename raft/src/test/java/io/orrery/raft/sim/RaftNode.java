package io.orrery.raft.sim;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Storage;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.forward.ForwarderConfig;
import io.orrery.raft.forward.ProposalForwarder;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.rules.RaftRules;
import io.orrery.raft.snapshot.SnapshotId;

/** A node that holds one group and nothing else. */
final class RaftNode implements Protocol {
    private final Kernel walKernel;
    private final Kernel raftKernel;
    final Wal wal;
    final RecordingMachine machine = new RecordingMachine();
    final RaftGroup group;
    final ProposalForwarder forwarder;

    RaftNode(Kernel kernel, RaftConfig config, WalConfig walConfig, RaftRules rules) {
        walKernel = kernel.scope("wal");
        wal = new Wal(walKernel, walConfig);
        raftKernel = kernel.scope("raft");
        group = new RaftGroup(raftKernel, config, wal, machine, rules);
        forwarder = new ProposalForwarder(kernel.scope("forward"), group, ForwarderConfig.of(config.group()));
    }

    @Override
    public void start() {
        wal.start();
        group.start();
        forwarder.start();
    }

    /** Flips a bit of the snapshot's file: the header has 40 bytes, and each slice 4 more than it holds. */
    void damageSnapshot(SnapshotId id, int slice) {
        long offset = 40 + (long) slice * (id.sliceBytes() + 4) + 5;
        Storage storage = raftKernel.storage();
        storage.list((files, failure) -> {
            for (Storage.FileStat file : files) {
                if (file.name().startsWith("snapshot-") && file.name().contains(Long.toString(id.index()))) {
                    storage.read(file.name(), offset, 1, (bytes, failed) -> {
                        byte[] flipped = {(byte) (bytes.at(0) ^ 4)};
                        storage.write(file.name(), offset, Bytes.wrap(flipped), (nothing, refused) -> {});
                        storage.sync(file.name(), (nothing, refused) -> {});
                    });
                }
            }
        });
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
