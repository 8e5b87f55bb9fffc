package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.PeerStatus;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.LogView;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.read.ReadConfig;
import io.orrery.raft.rules.RaftRules;
import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.raft.snapshot.SnapshotMarks;
import io.orrery.sim.disk.DiskPolicy;
import org.junit.jupiter.api.Test;

/**
 * What compaction leaves for followers, while clients write all the time. After every event of every node: what is compacted is in
 * a durable snapshot of that node, so a leader has for each peer either the next entry or a snapshot that leads on.
 */
class RetentionTest {
    private static final int INTERVAL = 20;
    private static final int HOLD = 400;
    private static final WalConfig SMALL =
            WalConfig.DEFAULT.withSegmentBytes(4096).withAheadBytes(1024);

    private int proposed;
    private long logEntriesMax;
    private long diskBytesMax;

    @Test
    void aSlowFollowerFetchesOneSnapshotAndFindsTheEntriesBehindIt() {
        RaftCluster cluster = cluster(1, 1_000_000);
        NodeId leader = write(cluster, Time.millis(300));
        NodeId slow = follower(cluster, leader, 0);
        cluster.sim.crash(slow);
        write(cluster, Time.millis(300));
        cluster.sim.disk(slow).policy(DiskPolicy.SSD.extra(Time.millis(10)));
        cluster.sim.restart(slow);
        cluster.sim.runUntil(() -> installed(cluster, slow) > 0 || !maybeWrite(cluster), Time.seconds(60));
        assertThat(cluster.group(leader).view().log().snapshotIndex())
                .as("the next entry is there")
                .isLessThanOrEqualTo(cluster.group(slow).appliedIndex());
        assertThat(cluster.group(leader).lastIndex())
                .as("and many behind it")
                .isGreaterThan(cluster.group(slow).appliedIndex() + 10 * INTERVAL);
        write(cluster, Time.millis(500));
        assertThat(installed(cluster, slow))
                .as("one, and entries from there on")
                .isEqualTo(1);
        assertThat(cluster.sim.marks()).containsKey(SnapshotMarks.HELD_FOR_FOLLOWER);
        assertThat(cluster.sim.marks()).doesNotContainKey(SnapshotMarks.INTERRUPTED);
        cluster.awaitQuiet();
        assertThat(cluster.applied(slow)).isEqualTo(cluster.applied(leader));
    }

    @Test
    void anInstallerThatIsTooSlowForTheHoldStillGetsThereWhenWritesPause() {
        RaftCluster cluster = cluster(2, 40);
        NodeId leader = write(cluster, Time.millis(300));
        NodeId slow = follower(cluster, leader, 0);
        cluster.sim.crash(slow);
        write(cluster, Time.millis(300));
        cluster.sim.disk(slow).policy(DiskPolicy.SSD.extra(Time.millis(50)));
        cluster.sim.restart(slow);
        write(cluster, Time.seconds(3));
        assertThat(logEntriesMax).as("the hold ends").isLessThanOrEqualTo(40 + 4 * INTERVAL);
        cluster.awaitQuiet();
        assertThat(cluster.applied(slow)).isEqualTo(cluster.applied(leader));
    }

    @Test
    void aFollowerThatIsDeadForEverCostsNeitherMemoryNorDisk() {
        long[] memory = new long[2];
        long[] disk = new long[2];
        for (int dead = 0; dead < 2; dead++) {
            RaftCluster cluster = cluster(3, HOLD);
            NodeId leader = write(cluster, Time.millis(200));
            if (dead == 1) {
                cluster.sim.crash(follower(cluster, leader, 0));
            }
            // For so long it may be alive, and about to install.
            write(cluster, RaftCluster.TIMING.electionNanos() + Time.millis(50));
            logEntriesMax = 0;
            diskBytesMax = 0;
            writeEntries(cluster, 2000);
            memory[dead] = logEntriesMax;
            disk[dead] = diskBytesMax;
        }
        assertThat(memory[1]).as("entries in memory").isLessThanOrEqualTo(memory[0] + 2 * INTERVAL);
        assertThat(memory[1]).isLessThan(200);
        assertThat(disk[1]).as("bytes on a disk").isLessThanOrEqualTo(disk[0] + 2 * 4096);
    }

    @Test
    void aFollowerThatDiesForEverWhileItInstallsHoldsNothingBack() {
        RaftCluster cluster = cluster(4, 1_000_000);
        NodeId leader = write(cluster, Time.millis(300));
        NodeId gone = follower(cluster, leader, 0);
        cluster.sim.crash(gone);
        write(cluster, Time.millis(300));
        cluster.sim.disk(gone).policy(DiskPolicy.SSD.extra(Time.millis(20)));
        cluster.sim.restart(gone);
        cluster.sim.runUntil(
                () -> cluster.group(gone).view().snapshotCounters().slicesReceived() > 3 || !maybeWrite(cluster),
                Time.seconds(20));
        cluster.sim.crash(gone);
        long before =
                cluster.group(cluster.awaitLeader()).view().latestSnapshot().index();
        write(cluster, RaftCluster.TIMING.electionNanos() + Time.millis(50));
        logEntriesMax = 0;
        writeEntries(cluster, 500);
        assertThat(logEntriesMax).isLessThan(200);
        assertThat(cluster.group(cluster.awaitLeader()).view().latestSnapshot().index())
                .isGreaterThan(before + 400);
    }

    private RaftCluster cluster(long seed, long hold) {
        proposed = 0;
        RaftCluster cluster = new RaftCluster(
                seed,
                3,
                RaftCluster.TIMING,
                RaftConfig.Limits.DEFAULT,
                ReadConfig.DEFAULT,
                SMALL,
                RaftRules.PAPER,
                new SnapshotConfig(INTERVAL, 0, 0, 256, 2, 0, hold));
        cluster.sim.addChecker((world, node) -> observe(cluster, node));
        return cluster;
    }

    private void observe(RaftCluster cluster, NodeId node) {
        RaftGroup group = cluster.group(node);
        if (!group.view().isRunning()) {
            return;
        }
        LogView log = group.view().log();
        logEntriesMax = Math.max(logEntriesMax, log.lastIndex() - log.snapshotIndex());
        diskBytesMax = Math.max(diskBytesMax, cluster.sim.disk(node).usedBytes());
        long reach = group.view().latestSnapshot() == null
                ? 0
                : group.view().latestSnapshot().index();
        Check.that(log.snapshotIndex() <= reach, "what is compacted is in a snapshot", log.snapshotIndex(), reach);
        for (PeerStatus peer : group.peers()) {
            Check.that(
                    peer.matchIndex() >= log.snapshotIndex() || reach > peer.matchIndex(),
                    "a peer can be sent what it needs next",
                    peer.matchIndex(),
                    reach);
        }
    }

    /** One more command where one leads, without waiting for it. */
    private boolean maybeWrite(RaftCluster cluster) {
        NodeId leader = cluster.leader();
        if (leader != null
                && cluster.group(leader).lastIndex() - cluster.group(leader).commitIndex() < 4) {
            cluster.propose(leader, "c" + proposed++);
        }
        return true;
    }

    private NodeId write(RaftCluster cluster, long nanos) {
        for (long spent = 0; spent < nanos; spent += Time.millis(1)) {
            maybeWrite(cluster);
            cluster.sim.runFor(Time.millis(1));
        }
        return cluster.awaitLeader();
    }

    private void writeEntries(RaftCluster cluster, int count) {
        int until = proposed + count;
        while (proposed < until) {
            maybeWrite(cluster);
            cluster.sim.runFor(Time.millis(1));
        }
    }

    private static long installed(RaftCluster cluster, NodeId node) {
        return cluster.group(node).view().snapshotCounters().installed();
    }

    private static NodeId follower(RaftCluster cluster, NodeId leader, int which) {
        return cluster.sim.nodes().stream()
                .filter(id -> !id.equals(leader))
                .skip(which)
                .findFirst()
                .orElseThrow();
    }
}
