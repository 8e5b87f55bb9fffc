package io.orrery.server.bench;

import com.sun.management.OperatingSystemMXBean;
import io.orrery.raft.RaftConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** What many groups on three nodes cost while nothing happens, while all are busy, and when a node is lost. */
public final class GroupsBench {
    private static final int NODES = 3;
    private static final int IN_FLIGHT = 16_384;
    private static final int PAYLOAD_BYTES = 128;
    private static final int IDLE_SPELLS = 5;

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
        try (GroupsCluster single = new GroupsCluster(folder(), 1)) {
            single.await(single::isAllLed, "electing a leader");
            single.await(single::isAllSilent, "silence");
            long heapOfOne = liveHeap();
            try (GroupsCluster many = new GroupsCluster(folder(), groups)) {
                return measure(many, single, heapOfOne);
            }
        }
    }

    private GroupsFigures measure(GroupsCluster cluster, GroupsCluster single, long heapOfOne)
            throws InterruptedException {
        long start = cluster.await(cluster::isAllLed, "electing leaders");
        long silence = cluster.await(cluster::isAllSilent, "silence");
        progress.accept(
                groups + " groups: led after " + millis(start) + " ms, silent after " + millis(silence) + " ms more");
        long heap = Math.max(0, liveHeap() - heapOfOne) / ((long) NODES * groups);
        double perSecond = messagesPerSecond(cluster);
        double idle = idleCorePercent();
        progress.accept("idle: " + hundredths(idle) + " % of a core a node, " + heap + " bytes a group");
        long forces = cluster.forces();
        long batches = cluster.sum(node -> node.wal().counters().batches());
        GroupsRounds rounds = new GroupsRounds(single, cluster, isQuick ? 3 : 5, new Round(), progress);
        batches = Math.max(1, cluster.sum(node -> node.wal().counters().batches()) - batches);
        double syncs = (double) (cluster.forces() - forces) / batches;
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
                GroupsFigures.Activity.of(rounds.one),
                GroupsFigures.Activity.of(rounds.all),
                GroupsFigures.Activity.of(rounds.inTurn),
                inFlightPerGroup() * groups,
                syncs,
                millis(failover),
                lost,
                millis(RaftConfig.Timing.DEFAULT.electionNanos()));
    }

    private final class Round implements GroupsRounds.Load {
        @Override
        public double run(GroupsCluster cluster, GroupsLoad.Order order) {
            // As many in one group as in all.
            int perGroup = inFlightPerGroup() * groups / cluster.count();
            return cluster.load(order, perGroup, PAYLOAD_BYTES, (long) (seconds() * 1e9));
        }

        @Override
        public double seconds() {
            return isQuick ? 2 : 3;
        }
    }

    private int inFlightPerGroup() {
        return Math.max(1, IN_FLIGHT / groups);
    }

    /** Over some seconds in which the compiler comes to rest. */
    private double messagesPerSecond(GroupsCluster cluster) {
        long nanos = TimeUnit.SECONDS.toNanos(isQuick ? 3 : 10);
        long beats = cluster.sum(node -> node.groups().beatsSent());
        long start = System.nanoTime();
        pause(nanos);
        beats = cluster.sum(node -> node.groups().beatsSent()) - beats;
        return beats * 1e9 / (System.nanoTime() - start) / NODES;
    }

    /** Of the whole process, the collector and the compiler with it; the median of some spells. */
    private double idleCorePercent() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double[] spells = new double[IDLE_SPELLS];
        for (int i = 0; i < spells.length; i++) {
            long start = System.nanoTime();
            long before = system.getProcessCpuTime();
            pause(TimeUnit.SECONDS.toNanos(isQuick ? 2 : 6));
            long spent = system.getProcessCpuTime() - before;
            spells[i] = 100.0 * spent / (System.nanoTime() - start) / NODES;
        }
        return Spread.of(spells).median();
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
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
