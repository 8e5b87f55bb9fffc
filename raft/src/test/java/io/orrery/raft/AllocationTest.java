package io.orrery.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.SmallStateMachine;
import io.orrery.kernel.SnapshotReader;
import io.orrery.kernel.SnapshotWriter;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.loop.TaskEvent;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.sim.bare.BareWorld;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What three replicas and their client allocate for a commit, in bytes, so that neither load nor machine matters. Nothing that
 * is done for each entry may make an object, on a JVM that finds out which objects are not needed or on one that does not:
 * what is left is made for each batch and for each snapshot.
 */
class AllocationTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final List<NodeId> IDS = List.of(NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));
    private static final long STEP_NANOS = 1_000_000;
    private static final int WARM_UP = 200_000;
    private static final int COMMITS = 100_000;

    private final BareWorld world = new BareWorld(0, 0);
    private final List<RaftGroup> groups = new ArrayList<>();
    private final List<NodeKernel> kernels = new ArrayList<>();

    /** Keeps nothing of a command, and needs no object for one. */
    private static final class Counting implements SmallStateMachine {
        private long count;

        @Override
        public Bytes apply(long index, long timestampMillis, Bytes command) {
            count++;
            return Bytes.EMPTY;
        }

        @Override
        public Bytes apply(long index, long timestampMillis, byte[] array, int offset, int length) {
            count++;
            return Bytes.EMPTY;
        }

        @Override
        public boolean keepsCommands() {
            return false;
        }

        @Override
        public void snapshot(SnapshotWriter out) {
            out.write(Bytes.ofUtf8(Long.toString(count)));
        }

        @Override
        public void restore(SnapshotReader in) {
            count = Long.parseLong(in.next().utf8());
        }
    }

    private Protocol node(Kernel kernel) {
        SnapshotConfig usual = SnapshotConfig.DEFAULT;
        SnapshotConfig snapshots = new SnapshotConfig(
                20_000,
                usual.bytesInterval(),
                usual.growthPercent(),
                usual.sliceBytes(),
                usual.windowSlices(),
                5_000,
                usual.holdEntriesMax());
        Wal wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT.withSegmentBytes(4 << 20));
        RaftConfig config = RaftConfig.of(0, Configuration.ofVoters(IDS)).with(snapshots);
        RaftGroup group = new RaftGroup(kernel.scope("raft-0"), config, wal, new Counting());
        groups.add(group);
        return () -> {
            wal.start();
            group.start();
        };
    }

    private int awaitLeader() {
        for (NodeId id : IDS) {
            kernels.add(world.add(id, kernels.size() + 1, this::node));
        }
        for (int step = 0; step < 100_000; step++) {
            world.runDue(world.nowNanos() + STEP_NANOS, 0);
            for (int i = 0; i < groups.size(); i++) {
                if (groups.get(i).isLeader()) {
                    return i;
                }
            }
        }
        throw new AssertionError("no leader");
    }

    /** Keeps a number of proposals open, and proposes as many again when all have ended. */
    private static final class Client implements Proposal.Listener {
        private final RaftGroup group;
        private final NodeEvent proposing;
        private final Bytes command = Bytes.wrap(new byte[128]);
        private final int batch;
        private long proposed;
        private long committed;
        private long wrong;

        Client(RaftGroup group, NodeKernel kernel, int batch) {
            this.group = group;
            this.batch = batch;
            this.proposing = new TaskEvent(kernel, NodeEvent.Kind.OUTSIDE, "client", this::propose);
        }

        private void propose() {
            for (int i = 0; i < batch; i++) {
                group.propose(command, proposed++, this);
            }
        }

        @Override
        public void onEnd(long tag, Proposal.Status status, long index, Bytes result, NodeId leader) {
            wrong += status == Proposal.Status.COMMITTED && tag == committed ? 0 : 1;
            committed++;
        }
    }

    private void run(Client client, long commits) {
        long end = client.committed + commits;
        long now = world.nowNanos();
        while (client.committed < end) {
            if (client.committed == client.proposed) {
                world.submit(client.proposing);
                now += STEP_NANOS;
            }
            if (!world.runNext(now, 0)) {
                now += STEP_NANOS;
            }
        }
    }

    private double bytesPerCommit(int batch) {
        int leads = awaitLeader();
        Client client = new Client(groups.get(leads), kernels.get(leads), batch);
        long term = groups.get(leads).term();
        run(client, WARM_UP);
        double bytes = measure(client);
        assertThat(client.wrong).isZero();
        assertThat(groups.get(leads).term()).as("nobody else was elected").isEqualTo(term);
        return bytes;
    }

    private double measure(Client client) {
        long self = Thread.currentThread().getId();
        long committed = client.committed;
        long before = THREADS.getThreadAllocatedBytes(self);
        run(client, COMMITS);
        long bytes = THREADS.getThreadAllocatedBytes(self) - before;
        return (double) bytes / (client.committed - committed);
    }

    @Test
    void aCommitInALargeBatchAllocatesLessThanThreeBytes() {
        double bytes = bytesPerCommit(1024);
        assertThat(bytes).as("bytes a commit").isLessThan(3);
    }

    @Test
    void aCommitInASmallBatchAllocatesLessThanTwoSmallObjects() {
        double bytes = bytesPerCommit(64);
        assertThat(bytes).as("bytes a commit").isLessThan(32);
    }
}
