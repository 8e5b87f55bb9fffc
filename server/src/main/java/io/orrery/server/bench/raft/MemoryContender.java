package io.orrery.server.bench.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.loop.TaskEvent;
import io.orrery.raft.Configuration;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.sim.bare.BareWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Three nodes and their client on one thread, with neither wire nor disk. What waits is proposed in one event. Snapshots are
 * taken as often as MicroRaft does by default: else the collector copies logs that the peer does not keep.
 */
public final class MemoryContender implements Contender, Proposal.Listener {
    private static final int SNAPSHOT_ENTRIES = 50_000;
    /** A window is applied in one event: the state is a counter, so that none of them is long. */
    private static final int APPLY_ENTRIES_MAX = 1_024;

    private static final int TAIL_ENTRIES = 5_000;
    /** As many as the command line allows. */
    private static final int OPEN_MAX = 1 << 16;

    /** The clock takes small steps, so that no pause of the process makes an election. */
    private static final long STEP_NANOS_MAX = 1_000_000;

    private final BareWorld world = new BareWorld(System.nanoTime(), System.currentTimeMillis());
    private final List<RaftNode> nodes = new ArrayList<>();
    private RaftGroup group;

    /** What waits to be proposed: so many of the first. */
    private final Outcome[] open = new Outcome[OPEN_MAX];

    private int waiting;
    /** Of the proposals under way, by their tags: at a tag's lowest bits. */
    private final Outcome[] hearing = new Outcome[OPEN_MAX];

    private long nextTag;
    private Bytes command = Bytes.EMPTY;
    private NodeEvent proposing;

    @Override
    public void start(Path directory, boolean synced) {
        List<NodeId> ids = List.of(NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));
        RaftConfig config = RaftConfig.of(0, Configuration.ofVoters(ids))
                .with(snapshots())
                .with(RaftConfig.Limits.DEFAULT.withApply(APPLY_ENTRIES_MAX));
        List<NodeKernel> kernels = new ArrayList<>();
        for (NodeId id : ids) {
            kernels.add(world.add(id, kernels.size() + 1, kernel -> {
                RaftNode node = new RaftNode(kernel, config);
                nodes.add(node);
                return node;
            }));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (group == null) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no leader within " + PATIENCE_SECONDS + " s");
            }
            world.runDue(readClock(), System.currentTimeMillis());
            for (int i = 0; i < nodes.size(); i++) {
                if (nodes.get(i).group().isLeader()) {
                    group = nodes.get(i).group();
                    proposing = new TaskEvent(kernels.get(i), NodeEvent.Kind.OUTSIDE, "client", this::proposeAll);
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
        command = command.array() == payload ? command : Bytes.wrap(payload);
        open[waiting++] = outcome;
    }

    @Override
    public void await(Semaphore window, int permits) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        long now = readClock();
        long wallMillis = System.currentTimeMillis();
        while (!window.tryAcquire(permits)) {
            if (waiting > 0) {
                world.submit(proposing);
            }
            // One event at a time: a client that hears of its commits proposes before the node does what it has
            // deferred.
            if (!world.runNext(now, wallMillis)) {
                now = readClock();
                wallMillis = System.currentTimeMillis();
                if (!world.runNext(now, wallMillis) && System.nanoTime() > end) {
                    throw new IllegalStateException("no outcome for " + PATIENCE_SECONDS + " s");
                }
            }
        }
    }

    private long readClock() {
        return Math.max(world.nowNanos(), Math.min(System.nanoTime(), world.nowNanos() + STEP_NANOS_MAX));
    }

    private void proposeAll() {
        int count = waiting;
        waiting = 0;
        for (int i = 0; i < count; i++) {
            long tag = nextTag++;
            int slot = (int) tag & OPEN_MAX - 1;
            // They end in the order in which they were proposed, or the run fails.
            Check.that(hearing[slot] == null, "no more proposals are open than slots", tag);
            hearing[slot] = open[i];
            group.propose(command, tag, this);
        }
    }

    @Override
    public void onEnd(long tag, Proposal.Status status, long index, Bytes result, NodeId hint) {
        int slot = (int) tag & OPEN_MAX - 1;
        Outcome hears = hearing[slot];
        hearing[slot] = null;
        hears.onEnd(status == Proposal.Status.COMMITTED ? null : status.toString());
    }

    @Override
    public void close() {}
}
