package io.orrery.server.bench.raft;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.raft.Configuration;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.snapshot.SnapshotConfig;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Three nodes and their client on one thread, with neither wire nor disk. What waits is proposed in one event. Snapshots are
 * taken as often as MicroRaft does by default: else the collector copies logs that the peer does not keep.
 */
public final class MemoryContender implements Contender {
    private static final int SNAPSHOT_ENTRIES = 50_000;
    private static final int TAIL_ENTRIES = 5_000;

    private final MemoryWorld world = new MemoryWorld();
    private final List<RaftNode> nodes = new ArrayList<>();
    private final ArrayDeque<Open> open = new ArrayDeque<>();
    private final ArrayDeque<Open> spares = new ArrayDeque<>();
    private NodeKernel leader;
    private RaftGroup group;

    /** A proposal that waits, or is under way; used again for another one when it has ended. */
    private final class Open implements Proposal.Callback {
        private Bytes payload = Bytes.EMPTY;
        private Outcome outcome;

        void begin(byte[] array, Outcome hears) {
            payload = payload.array() == array ? payload : Bytes.wrap(array);
            outcome = hears;
        }

        @Override
        public void onOutcome(Proposal.Outcome end) {
            Outcome hears = outcome;
            outcome = null;
            spares.addLast(this);
            hears.onEnd(end.isCommitted() ? null : end.status().toString());
        }
    }

    @Override
    public void start(Path directory, boolean synced) {
        List<NodeId> ids = List.of(NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));
        RaftConfig config = RaftConfig.of(0, Configuration.ofVoters(ids)).with(snapshots());
        List<NodeKernel> kernels = new ArrayList<>();
        for (NodeId id : ids) {
            kernels.add(world.add(id, kernels.size() + 1, kernel -> {
                RaftNode node = new RaftNode(kernel, config);
                nodes.add(node);
                return node;
            }));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (leader == null) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no leader within " + PATIENCE_SECONDS + " s");
            }
            world.runDue();
            for (int i = 0; i < nodes.size(); i++) {
                if (nodes.get(i).group().isLeader()) {
                    leader = kernels.get(i);
                    group = nodes.get(i).group();
                }
            }
        }
    }

    private static SnapshotConfig snapshots() {
        SnapshotConfig usual = SnapshotConfig.DEFAULT;
        return new SnapshotConfig(
                SNAPSHOT_ENTRIES,
                usual.bytesInterval(),
                usual.growthPercent(),
                usual.sliceBytes(),
                usual.windowSlices(),
                TAIL_ENTRIES,
                usual.holdEntriesMax());
    }

    @Override
    public void propose(byte[] payload, Outcome outcome) {
        Open next = spares.isEmpty() ? new Open() : spares.removeLast();
        next.begin(payload, outcome);
        open.addLast(next);
    }

    @Override
    public void await(Semaphore window, int permits) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!window.tryAcquire(permits)) {
            if (!open.isEmpty()) {
                leader.enqueue(NodeEvent.Kind.OUTSIDE, "client", this::proposeAll);
            }
            if (!world.runDue() && System.nanoTime() > end) {
                throw new IllegalStateException("no outcome for " + PATIENCE_SECONDS + " s");
            }
        }
    }

    private void proposeAll() {
        for (Open next = open.poll(); next != null; next = open.poll()) {
            group.propose(next.payload, next);
        }
    }

    @Override
    public void close() {}
}
