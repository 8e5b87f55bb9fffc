package io.orrery.server.bench;

import com.sun.management.OperatingSystemMXBean;
import io.orrery.raft.RaftConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** What many groups on three nodes cost while nothing happens, while all are busy, and when a node is lost. */
public final class GroupsBench {
    private static final int NODES = 3;
    private static final int IN_FLIGHT = 1024;
    private static final int PAYLOAD_BYTES = 128;

    private final Path base;
    private final int groups;
    private final boolean isQuick;
    private final Consumer<String> progress;

    /**
     * @param base where directories for the nodes' files are made, and removed again
     * @param progress a line for each step
     */
    public GroupsBench(Path base, int groups, boolean isQuick, Consumer<String> progress) {
        this.base = base;
        this.groups = groups;
        this.isQuick = isQuick;
        this.progress = progress;
    }

    public GroupsFigures run() throws IOException, InterruptedException {
        double one;
        long heapOfOne;
        try (GroupsCluster cluster = new GroupsCluster(folder(), 1)) {
            cluster.await(cluster::isAllLed, "electing a leader");
            cluster.await(cluster::isAllSilent, "silence");
            heapOfOne = liveHeap();
            one = throughput(cluster);
            progress.accept("one group: " + Math.round(one) + " commits/s");
        }
        try (GroupsCluster cluster = new GroupsCluster(folder(), groups)) {
            return measure(cluster, one, heapOfOne);
        }
    }

    private GroupsFigures measure(GroupsCluster cluster, double one, long heapOfOne) throws InterruptedException {
        long start = cluster.await(cluster::isAllLed, "electing leaders");
        long silence = cluster.await(cluster::isAllSilent, "silence");
        progress.accept(
                groups + " groups: led after " + millis(start) + " ms, silent after " + millis(silence) + " ms more");
        long heap = Math.max(0, liveHeap() - heapOfOne) / ((long) NODES * groups);
        long idleNanos = TimeUnit.SECONDS.toNanos(isQuick ? 5 : 20);
        long beats = cluster.sum(node -> node.groups().beatsSent());
        double idle = idleCorePercent(idleNanos);
        beats = cluster.sum(node -> node.groups().beatsSent()) - beats;
        double perSecond = beats * 1e9 / idleNanos / NODES;
        progress.accept("idle: " + hundredths(idle) + " % of a core a node, " + heap + " bytes a group");
        long forces = cluster.forces();
        long batches = cluster.sum(node -> node.wal().counters().batches());
        double all = throughput(cluster);
        batches = Math.max(1, cluster.sum(node -> node.wal().counters().batches()) - batches);
        double syncs = (double) (cluster.forces() - forces) / batches;
        progress.accept("all active: " + Math.round(all) + " commits/s");
        cluster.await(cluster::isAllSilent, "silence");
        int lost = (int) cluster.ask(0, GroupsNode::led);
        long failover = cluster.stop(0);
        progress.accept(lost + " groups led again after " + millis(failover) + " ms");
        return new GroupsFigures(
                groups,
                millis(start),
                millis(silence),
                idle,
                perSecond,
                heap,
                one,
                all,
                IN_FLIGHT,
                syncs,
                millis(failover),
                lost,
                millis(RaftConfig.Timing.DEFAULT.electionNanos()));
    }

    /** The median of three rounds, after one that does not count. */
    private double throughput(GroupsCluster cluster) throws InterruptedException {
        long nanos = TimeUnit.MILLISECONDS.toNanos(isQuick ? 2000 : 6000);
        double[] rounds = new double[3];
        double unused = cluster.load(IN_FLIGHT, PAYLOAD_BYTES, nanos);
        for (int i = 0; i < rounds.length; i++) {
            rounds[i] = cluster.load(IN_FLIGHT, PAYLOAD_BYTES, nanos);
        }
        Arrays.sort(rounds);
        return rounds[1];
    }

    private static double idleCorePercent(long nanos) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long start = System.nanoTime();
        long before = system.getProcessCpuTime();
        while (System.nanoTime() - start < nanos) {
            LockSupport.parkNanos(start + nanos - System.nanoTime());
        }
        long spent = system.getProcessCpuTime() - before;
        return 100.0 * spent / (System.nanoTime() - start) / NODES;
    }

    private static long liveHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private Path folder() throws IOException {
        return Files.createTempDirectory(base.toAbsolutePath(), "bench-groups-");
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static double hundredths(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
