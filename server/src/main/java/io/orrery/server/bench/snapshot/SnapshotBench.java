package io.orrery.server.bench.snapshot;

import static io.orrery.server.bench.snapshot.SnapshotCluster.await;

import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.raft.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * What snapshots of a large state cost a group of three at work. In this order: the state is filled; each node takes a snapshot of
 * it; a quiet span, to compare with; a node comes back with an empty disk, and fetches the snapshot, while its connections are
 * broken once and it is killed once; it is cut off until the others have taken another snapshot and compacted their logs, and
 * puts that in the place of its outdated state; it starts once more on what it has. Clients write all the time.
 */
public final class SnapshotBench {
    /** What must have been written behind a snapshot before the next: of the state's size, and of a small one no less than this. */
    private static final int GROWTH_PERCENT = 25;

    private static final long GROWTH_BYTES_MIN = 64L * 1024 * 1024;
    private static final int TAIL_ENTRIES = 1000;
    private static final int IN_FLIGHT = 64;
    private static final int IN_FLIGHT_TO_GROW = 1024;
    private static final int FILLS_OPEN = 256;
    private static final long QUIET_MILLIS = 3000;
    private static final long CUT_MILLIS = 2000;
    private static final int INSTALLER = 2;

    private final Path directory;
    private final int fills;
    private final Consumer<String> progress;
    private final List<SnapshotPhase> phases = new ArrayList<>();
    private final AtomicLong[] diskBytesMax = {new AtomicLong(), new AtomicLong(), new AtomicLong()};
    private SnapshotCluster cluster;
    private PauseMeter pauses;
    private volatile boolean isOver;
    private Fetch fetch;

    /** What came of the replica that fetched. */
    private record Fetch(
            SnapshotId id,
            long served,
            long received,
            long atCut,
            long atKill,
            long bytesReceived,
            double fetchMillis,
            double loadMillis) {}

    /** A part of the benchmark. */
    private interface Steps {
        void run(WriteLoad load) throws InterruptedException, IOException;
    }

    /**
     * @param directory made, and removed at the end
     * @param stateBytes of the group, at least
     */
    public SnapshotBench(Path directory, long stateBytes, Consumer<String> progress) {
        this.directory = directory;
        this.fills = Math.toIntExact(Math.max(1, stateBytes / ValueStore.VALUE_BYTES / BulkMachine.VALUES_PER_FILL));
        this.progress = progress;
    }

    /** Measures once. */
    public SnapshotFigures run() throws IOException, InterruptedException {
        SnapshotConfig usual = SnapshotConfig.DEFAULT;
        SnapshotConfig config = new SnapshotConfig(
                fills + TAIL_ENTRIES,
                0,
                Math.toIntExact(Math.max(GROWTH_PERCENT, GROWTH_BYTES_MIN * 100 / stateBytes())),
                usual.sliceBytes(),
                usual.windowSlices(),
                TAIL_ENTRIES,
                usual.holdEntriesMax());
        try (PauseMeter meter = new PauseMeter();
                SnapshotCluster made = new SnapshotCluster(directory, config)) {
            pauses = meter;
            cluster = made;
            Thread sampler = new Thread(this::sample, "bench-sampler");
            sampler.setDaemon(true);
            sampler.start();
            try {
                return measure();
            } finally {
                isOver = true;
                sampler.join();
            }
        } finally {
            SnapshotCluster.deleteAll(directory);
        }
    }

    private long stateBytes() {
        return (long) fills * BulkMachine.VALUES_PER_FILL * ValueStore.VALUE_BYTES;
    }

    private void sample() {
        try {
            while (!isOver) {
                pauses.sample();
                for (int node = 0; node < SnapshotCluster.NODES; node++) {
                    diskBytesMax[node].accumulateAndGet(cluster.diskBytes(node), Math::max);
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException erased) {
            // a folder went while it was looked at; what was sampled stands
        }
    }

    private SnapshotFigures measure() throws IOException, InterruptedException {
        await("leader", () -> cluster.node(0).ask(cluster.node(0).group()::isLeader, false));
        phase("fill the state", 0, load -> fill());
        phase("take a snapshot", IN_FLIGHT, load -> awaitSnapshots(0));
        double takeMillis = ask(0, () -> cluster.node(0).counters().takeNanosLast()) / 1e6;
        phase("quiet", IN_FLIGHT, load -> TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS));
        phase("an empty disk fetches it", IN_FLIGHT, load -> fetch());
        long first = snapshotIndex(0);
        long compacted = compacted(0);
        phase("take another, compact", IN_FLIGHT_TO_GROW, load -> {
            cluster.cutOff(INSTALLER);
            awaitSnapshots(first);
        });
        compacted = compacted(0) - compacted;
        phase("an outdated state is replaced", IN_FLIGHT, load -> {
            cluster.connect(INSTALLER);
            awaitInstalled();
        });
        double[] readBack = new double[1];
        phase("start on what is there", IN_FLIGHT, load -> {
            cluster.kill(INSTALLER);
            long start = System.nanoTime();
            cluster.restart(INSTALLER);
            await("a state", () -> ask(INSTALLER, () -> isRunning(INSTALLER)) > 0);
            readBack[0] = millisSince(start);
            awaitCaughtUp();
        });
        compare();
        return figures(takeMillis, readBack[0], compacted);
    }

    private SnapshotFigures figures(double takeMillis, double readBackMillis, long compacted) {
        List<Long> disks = new ArrayList<>();
        for (AtomicLong most : diskBytesMax) {
            disks.add(most.get());
        }
        return new SnapshotFigures(
                stateBytes(),
                fetch.id.bytes(),
                fetch.id.sliceBytes(),
                fetch.id.slices(),
                fetch.served,
                fetch.received,
                fetch.atCut,
                fetch.atKill,
                fetch.bytesReceived,
                takeMillis,
                fetch.fetchMillis,
                fetch.loadMillis,
                readBackMillis,
                compacted,
                pauses.heapBytesMax(),
                pauses.directBytesMax(),
                disks,
                List.copyOf(phases));
    }

    // ---- Phases

    private void phase(String name, int inFlight, Steps steps) throws IOException, InterruptedException {
        long unused = pauses.takeLongestMillis();
        for (int node = 0; node < SnapshotCluster.NODES; node++) {
            EventMeter.Longest before = cluster.meter(node).take();
        }
        WriteLoad load = inFlight == 0 ? null : new WriteLoad(cluster::leader, inFlight);
        long start = System.nanoTime();
        double millis;
        try {
            steps.run(load);
        } finally {
            millis = millisSince(start);
            if (load != null) {
                load.close();
            }
        }
        Histogram latency = load == null ? new Histogram(3) : load.take();
        List<SnapshotPhase.Events> events = new ArrayList<>();
        for (int node = 0; node < SnapshotCluster.NODES; node++) {
            EventMeter.Longest longest = cluster.meter(node).take();
            events.add(new SnapshotPhase.Events(
                    longest.cpuNanos() / 1e3,
                    longest.what(),
                    longest.wallNanos() / 1e3,
                    longest.overLimit(),
                    longest.kinds().toString(),
                    longest.events()));
        }
        phases.add(new SnapshotPhase(
                name,
                millis,
                latency.getTotalCount() / millis * 1e3,
                latency.getValueAtPercentile(50) / 1e3,
                latency.getValueAtPercentile(99) / 1e3,
                latency.getMaxValue() / 1e6,
                load == null ? 0 : load.failed(),
                events,
                pauses.takeLongestMillis()));
        progress.accept(name + ": " + Math.round(millis) + " ms");
    }

    private void fill() throws InterruptedException {
        SnapshotNode leader = cluster.node(0);
        AtomicLong done = new AtomicLong();
        AtomicLong bad = new AtomicLong();
        for (int i = 0; i < fills; i++) {
            int begun = i;
            await("room for a proposal", () -> begun - done.get() < FILLS_OPEN);
            boolean isTaken = leader.thread()
                    .submit(() -> leader.group().propose(BulkMachine.fill(), outcome -> {
                        bad.addAndGet(outcome.isCommitted() ? 0 : 1);
                        done.incrementAndGet();
                    }));
            if (!isTaken || bad.get() > 0) {
                throw new IllegalStateException("the state could not be filled: node n1 does not lead");
            }
        }
        await("the state", () -> done.get() == fills);
        for (int node = 0; node < SnapshotCluster.NODES; node++) {
            int each = node;
            await(
                    "the state everywhere",
                    () -> ask(each, () -> cluster.node(each).machine().size())
                            == (long) fills * BulkMachine.VALUES_PER_FILL);
        }
    }

    /** The two that always run have a later snapshot than this, and have compacted their logs; the third too if it is there. */
    private void awaitSnapshots(long index) throws InterruptedException {
        int many = index == 0 ? SnapshotCluster.NODES : SnapshotCluster.NODES - 1;
        for (int node = 0; node < many; node++) {
            int each = node;
            await("snapshot", () -> snapshotIndex(each) > index);
            await("compaction", () -> compacted(each) >= snapshotIndex(each) - TAIL_ENTRIES);
        }
    }

    private void fetch() throws InterruptedException, IOException {
        SnapshotId id = cluster.node(0).ask(() -> cluster.node(0).group().view().latestSnapshot(), null);
        long servedBefore = served();
        cluster.kill(INSTALLER);
        cluster.erase(INSTALLER);
        cluster.restart(INSTALLER);
        await("slice", () -> received() > 0);
        long start = System.nanoTime();
        await("a third of the slices", () -> received() >= id.slices() / 3);
        cluster.cutOff(INSTALLER);
        long cut = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(CUT_MILLIS);
        long atCut = received();
        progress.accept("cut off at slice " + atCut + " of " + id.slices());
        cluster.connect(INSTALLER);
        long apart = System.nanoTime() - cut;
        await("two thirds of the slices", () -> received() >= id.slices() * 2 / 3);
        long atKill = received();
        cut = System.nanoTime();
        cluster.kill(INSTALLER);
        atKill = Math.max(atKill, cluster.node(INSTALLER).counters().slicesReceived());
        progress.accept("killed at slice " + atKill + " of " + id.slices());
        long bytes = cluster.node(INSTALLER).bytesReceived();
        cluster.restart(INSTALLER);
        await("slice after the death", () -> received() > 0);
        apart += System.nanoTime() - cut;
        await("the last slice", () -> snapshotIndex(INSTALLER) >= id.index());
        double fetchMillis = (System.nanoTime() - start - apart) / 1e6;
        start = System.nanoTime();
        await(
                "the state in place",
                () -> ask(INSTALLER, () -> cluster.node(INSTALLER).counters().installed()) > 0);
        double loadMillis = millisSince(start);
        long received = atKill + received();
        bytes += cluster.node(INSTALLER).bytesReceived();
        fetch = new Fetch(id, served() - servedBefore, received, atCut, atKill, bytes, fetchMillis, loadMillis);
        awaitCaughtUp();
    }

    private void awaitInstalled() throws InterruptedException {
        await(
                "the state in place",
                () -> ask(INSTALLER, () -> cluster.node(INSTALLER).counters().installed()) > 1);
        awaitCaughtUp();
    }

    private void awaitCaughtUp() throws InterruptedException {
        long committed = ask(0, () -> cluster.node(0).group().commitIndex());
        await(
                "the follower",
                () -> ask(INSTALLER, () -> cluster.node(INSTALLER).group().appliedIndex()) >= committed);
    }

    /** The three states are equal, byte by byte. */
    private void compare() throws InterruptedException {
        for (int node = 0; node < SnapshotCluster.NODES; node++) {
            int each = node;
            await(
                    "equal states",
                    () -> ask(each, () -> cluster.node(each).group().appliedIndex())
                            == ask(0, () -> cluster.node(0).group().lastIndex()));
        }
        long expected = ask(0, () -> cluster.node(0).machine().checksum());
        for (int node = 1; node < SnapshotCluster.NODES; node++) {
            int each = node;
            if (ask(each, () -> cluster.node(each).machine().checksum()) != expected) {
                throw new IllegalStateException("the states of n1 and " + cluster.id(each) + " differ");
            }
        }
        progress.accept("the three states are equal");
    }

    // ---- What nodes say

    private long ask(int node, LongSupplier question) {
        return cluster.node(node).ask(question::getAsLong, 0L);
    }

    private long isRunning(int node) {
        return cluster.node(node).group().view().isRunning() ? 1 : 0;
    }

    private long snapshotIndex(int node) {
        return ask(node, () -> {
            SnapshotId latest = cluster.node(node).group().view().latestSnapshot();
            return latest == null ? 0 : latest.index();
        });
    }

    private long compacted(int node) {
        return ask(node, () -> cluster.node(node).group().view().log().snapshotIndex());
    }

    private long served() {
        return ask(0, () -> cluster.node(0).counters().slicesServed())
                + ask(1, () -> cluster.node(1).counters().slicesServed());
    }

    private long received() {
        return ask(INSTALLER, () -> cluster.node(INSTALLER).counters().slicesReceived());
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }
}
