package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.MembershipChange;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.RaftMarks;
import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.raft.snapshot.SnapshotId;
import io.orrery.raft.snapshot.SnapshotMarks;
import io.orrery.sim.disk.DiskPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    /** Every 20 entries, slices of 64 bytes, and 4 entries stay. */
    private static final SnapshotConfig OFTEN = new SnapshotConfig(20, 0, 0, 64, 2, 4, 1_000);

    @Test
    void logsAreCompactedBehindSnapshotsAndKeepATail() {
        RaftCluster cluster = new RaftCluster(1, 3, OFTEN);
        NodeId leader = commit(cluster, 0, 50);
        cluster.awaitQuiet();
        cluster.sim.runFor(Time.millis(100));
        for (NodeId id : cluster.sim.nodes()) {
            RaftGroup group = cluster.group(id);
            assertThat(group.view().latestSnapshot())
                    .isEqualTo(cluster.group(leader).view().latestSnapshot());
            assertThat(group.view().latestSnapshot().index()).isEqualTo(40);
            assertThat(group.view().log().snapshotIndex()).isEqualTo(36);
        }
    }

    @Test
    void aNodeStartsWithItsSnapshotAndTheLogBehindIt() {
        RaftCluster cluster = new RaftCluster(2, 3, OFTEN);
        commit(cluster, 0, 50);
        cluster.sim.runFor(Time.millis(100));
        for (NodeId id : cluster.sim.nodes()) {
            cluster.sim.crash(id);
        }
        cluster.sim.nodes().forEach(cluster.sim::restart);
        commit(cluster, 50, 55);
        cluster.awaitQuiet();
        for (NodeId id : cluster.sim.nodes()) {
            assertThat(cluster.applied(id)).hasSize(55).startsWith("c0", "c1").endsWith("c53", "c54");
            assertThat(cluster.group(id).configuration().voters()).hasSize(3);
        }
        assertThat(cluster.sim.marks().get(SnapshotMarks.RECOVERED)).isEqualTo(3);
    }

    @Test
    void aFollowerThatNeedsCompactedEntriesInstallsASnapshot() {
        RaftCluster cluster = new RaftCluster(3, 3, OFTEN);
        NodeId leader = commit(cluster, 0, 5);
        NodeId late = other(cluster, leader);
        cluster.sim.crash(late);
        commit(cluster, 5, 90);
        cluster.sim.restart(late);
        cluster.awaitQuiet();
        assertThat(cluster.applied(late)).isEqualTo(cluster.applied(leader)).hasSize(90);
        assertThat(cluster.group(late).view().snapshotCounters().installed()).isEqualTo(1);
        assertThat(cluster.sim.marks()).containsKeys(SnapshotMarks.OFFERED, SnapshotMarks.INSTALLED);
    }

    @Test
    void aJoinerWithoutALogInstallsASnapshotAndComesToVote() {
        RaftCluster cluster = new RaftCluster(4, 3, OFTEN);
        NodeId leader = commit(cluster, 0, 90);
        NodeId joiner = cluster.addJoiner("j1");
        assertThat(cluster.await(cluster.change(leader, MembershipChange.addLearner(joiner)))
                        .status())
                .isEqualTo(MembershipChange.Status.COMMITTED);
        cluster.awaitQuiet();
        assertThat(cluster.applied(joiner)).hasSize(90);
        assertThat(cluster.await(cluster.change(leader, MembershipChange.promote(joiner)))
                        .status())
                .isEqualTo(MembershipChange.Status.COMMITTED);
        cluster.awaitQuiet();
        assertThat(cluster.group(joiner).configuration().isVoter(joiner)).isTrue();
    }

    @Test
    void aFollowerThatInstallsIsNotCountedAsCaughtUp() {
        RaftCluster cluster = new RaftCluster(5, 3, OFTEN);
        NodeId leader = commit(cluster, 0, 90);
        NodeId joiner = cluster.addJoiner("j1");
        cluster.sim.disk(joiner).policy(DiskPolicy.SSD.extra(Time.millis(50)));
        cluster.change(leader, MembershipChange.addLearner(joiner));
        cluster.sim.runUntil(() -> cluster.sim.marks().containsKey(SnapshotMarks.OFFERED), Time.seconds(5));
        cluster.sim.runFor(Time.millis(300));
        assertThat(cluster.group(joiner).appliedIndex()).isZero();
        cluster.group(leader).peers().stream()
                .filter(peer -> peer.node().equals(joiner))
                .forEach(peer -> assertThat(peer.matchIndex()).isZero());
        cluster.awaitQuiet();
        assertThat(cluster.applied(joiner)).hasSize(90);
    }

    @Test
    void anInstallationGoesOnAfterACrashWithoutFetchingWhatIsThere() {
        RaftCluster cluster = new RaftCluster(16, 3, OFTEN);
        NodeId leader = commit(cluster, 0, 300);
        NodeId joiner = cluster.addJoiner("j1");
        cluster.sim.disk(joiner).policy(DiskPolicy.SSD.extra(Time.millis(5)));
        cluster.change(leader, MembershipChange.addLearner(joiner));
        int slices = cluster.group(leader).view().latestSnapshot().slices();
        assertThat(slices).isGreaterThan(20);
        cluster.sim.runUntil(() -> received(cluster, joiner) > slices / 2, Time.seconds(20));
        cluster.sim.runFor(Time.seconds(1) / 100);
        cluster.sim.crash(joiner);
        cluster.sim.restart(joiner);
        cluster.awaitQuiet();
        assertThat(cluster.applied(joiner)).hasSize(300);
        assertThat(cluster.sim.marks()).containsKey(SnapshotMarks.RESUMED);
        assertThat(received(cluster, joiner)).isBetween(slices / 4L, slices - 1L);
    }

    @Test
    void slicesComeFromOthersWhenTheLeaderIsGone() {
        RaftCluster cluster = new RaftCluster(7, 5, OFTEN);
        NodeId leader = commit(cluster, 0, 5);
        NodeId late = other(cluster, leader);
        cluster.sim.crash(late);
        commit(cluster, 5, 300);
        cluster.sim.disk(late).policy(DiskPolicy.SSD.extra(Time.millis(5)));
        cluster.sim.restart(late);
        cluster.sim.runUntil(() -> received(cluster, late) > 5, Time.seconds(20));
        cluster.sim.crash(cluster.awaitLeader());
        cluster.awaitQuiet();
        assertThat(cluster.applied(late)).hasSize(300);
        assertThat(cluster.sim.marks()).containsKey(SnapshotMarks.FROM_PEER);
    }

    @Test
    void aFollowerOfASnapshotAndUnreplicatedEntriesFindsBack() {
        RaftCluster cluster = new RaftCluster(8, 3, new SnapshotConfig(20, 0, 0, 64, 2, 0, 1_000));
        NodeId deposed = commit(cluster, 0, 19);
        cluster.sim.runFor(Time.millis(100));
        assertThat(cluster.group(deposed).view().log().snapshotIndex()).isEqualTo(20);
        cluster.sim.network().isolate(deposed);
        for (int i = 0; i < 10; i++) {
            cluster.propose(deposed, "lost" + i);
        }
        cluster.sim.runFor(Time.millis(50));
        assertThat(cluster.group(deposed).lastIndex()).isGreaterThan(29);
        cluster.sim.runUntil(() -> !deposed.equals(cluster.leader()) && cluster.leader() != null, Time.seconds(5));
        commit(cluster, 19, 70);
        cluster.sim.network().heal();
        cluster.awaitQuiet();
        assertThat(cluster.applied(deposed)).hasSize(70).doesNotContain("lost0");
        assertThat(cluster.sim.marks()).containsKeys(SnapshotMarks.INSTALLED, SnapshotMarks.SUFFIX_DROPPED);
    }

    @Test
    void aLongLogIsCompactedInStepsBetweenWhichOtherEventsRun() {
        RaftCluster cluster = new RaftCluster(14, 3, new SnapshotConfig(200, 0, 0, 64, 2, 0, 1_000));
        NodeId leader = commit(cluster, 0, 199);
        List<Long> begins = new ArrayList<>();
        cluster.sim.runUntil(
                () -> {
                    long begin = cluster.group(leader).view().log().snapshotIndex();
                    if (begins.isEmpty() || begins.get(begins.size() - 1) != begin) {
                        begins.add(begin);
                    }
                    return begin == 200;
                },
                Time.seconds(5));
        assertThat(begins).hasSizeGreaterThan(10).isSorted();
        for (int i = 1; i < begins.size(); i++) {
            assertThat(begins.get(i) - begins.get(i - 1)).isLessThanOrEqualTo(16);
        }
        assertThat(cluster.sim.marks()).containsKey(SnapshotMarks.COMPACTED_IN_STEPS);
    }

    @Test
    void aLongOutdatedLogGoesInStepsBeforeASnapshotReplacesIt() {
        RaftCluster cluster = new RaftCluster(15, 3, new SnapshotConfig(200, 0, 0, 64, 2, 0, 1_000));
        NodeId leader = commit(cluster, 0, 150);
        NodeId late = other(cluster, leader);
        cluster.awaitQuiet();
        assertThat(cluster.group(late).view().log().snapshotIndex()).isZero();
        cluster.sim.network().isolate(late);
        commit(cluster, 150, 400);
        NodeId leading = cluster.awaitLeader();
        cluster.sim.runUntil(() -> cluster.group(leading).view().log().snapshotIndex() == 200, Time.seconds(5));
        cluster.sim.network().heal();
        List<Long> begins = new ArrayList<>();
        cluster.sim.runUntil(
                () -> {
                    long begin = cluster.group(late).view().log().snapshotIndex();
                    if (begins.isEmpty() || begins.get(begins.size() - 1) != begin) {
                        begins.add(begin);
                    }
                    return begin >= 200;
                },
                Time.seconds(20));
        assertThat(begins).hasSizeGreaterThan(9).isSorted();
        for (long begin : begins.subList(0, begins.size() - 1)) {
            assertThat(begin).isLessThanOrEqualTo(152);
        }
        cluster.awaitQuiet();
        assertThat(cluster.applied(late)).hasSize(400);
    }

    @Test
    void aSnapshotThatAFollowerDoesNotNeedIsIgnored() {
        RaftCluster cluster = new RaftCluster(9, 3, new SnapshotConfig(20, 0, 0, 64, 2, 0, 1_000));
        NodeId leader = commit(cluster, 0, 19);
        cluster.sim.runFor(Time.millis(100));
        NodeId other = other(cluster, leader);
        cluster.sim.onNode(leader, () -> cluster.group(leader).maybeTransferTo(other));
        cluster.sim.runUntil(() -> other.equals(cluster.leader()), Time.seconds(5));
        commit(cluster, 19, 30);
        cluster.awaitQuiet();
        assertThat(cluster.sim.marks()).doesNotContainKey(SnapshotMarks.INSTALLED);
        assertThat(cluster.sim.marks()).containsKey(RaftMarks.TRANSFERRED);
    }

    @Test
    void aDamagedSliceIsFetchedFromPeersWhenTheNodeStarts() {
        RaftCluster cluster = new RaftCluster(10, 3, OFTEN);
        NodeId victim = other(cluster, commit(cluster, 0, 50));
        cluster.awaitQuiet();
        cluster.sim.runFor(Time.millis(100));
        damage(cluster, victim, 2);
        cluster.sim.crash(victim);
        cluster.sim.restart(victim);
        cluster.awaitQuiet();
        assertThat(cluster.applied(victim)).hasSize(50);
        assertThat(cluster.sim.marks()).containsKeys(SnapshotMarks.DAMAGED, SnapshotMarks.REPAIRED);
        assertThat(received(cluster, victim)).as("only what is damaged").isEqualTo(1);
        assertThat(cluster.group(victim).view().isWithoutState()).isFalse();
    }

    @Test
    void aDamagedSnapshotIsDoneWithoutWhereTheWholeLogIsThere() {
        RaftCluster cluster = new RaftCluster(11, 3, new SnapshotConfig(20, 0, 0, 64, 2, 1_000, 1_000));
        NodeId victim = other(cluster, commit(cluster, 0, 50));
        cluster.awaitQuiet();
        cluster.sim.runFor(Time.millis(100));
        damage(cluster, victim, 0);
        cluster.sim.crash(victim);
        cluster.sim.restart(victim);
        cluster.awaitQuiet();
        assertThat(cluster.applied(victim)).hasSize(50);
        assertThat(cluster.sim.marks()).containsKeys(SnapshotMarks.DAMAGED, SnapshotMarks.FELL_BACK);
        assertThat(cluster.sim.marks()).doesNotContainKey(SnapshotMarks.REPAIRED);
    }

    @Test
    void aDamagedSliceThatALeaderIsAskedForIsReplacedAndComesFromAnother() {
        RaftCluster cluster = new RaftCluster(12, 3, OFTEN);
        NodeId leader = commit(cluster, 0, 5);
        NodeId late = other(cluster, leader);
        cluster.sim.crash(late);
        commit(cluster, 5, 90);
        cluster.sim.runFor(Time.millis(100));
        damage(cluster, leader, 1);
        cluster.sim.restart(late);
        cluster.awaitQuiet();
        cluster.sim.runFor(Time.millis(100));
        assertThat(cluster.applied(late)).hasSize(90);
        assertThat(cluster.group(leader).view().snapshotCounters().damaged()).isEqualTo(1);
        assertThat(cluster.group(leader).view().latestSnapshot())
                .as("taken anew")
                .isNotNull();
    }

    @Test
    void aReplicaWithoutItsStateDoesNotCampaignAndSaysWhatIsDamaged() {
        RaftCluster cluster = new RaftCluster(13, 3, OFTEN);
        NodeId leader = commit(cluster, 0, 50);
        cluster.awaitQuiet();
        cluster.sim.runFor(Time.millis(100));
        NodeId victim = other(cluster, leader);
        // So that it finds in its log who votes.
        cluster.await(cluster.change(leader, MembershipChange.addLearner(cluster.addJoiner("j1"))));
        cluster.awaitQuiet();
        damage(cluster, victim, 0);
        long term = cluster.group(victim).term();
        for (NodeId id : cluster.sim.nodes()) {
            cluster.sim.crash(id);
        }
        cluster.sim.restart(victim);
        cluster.sim.runFor(Time.seconds(2));
        assertThat(cluster.group(victim).view().isWithoutState()).isTrue();
        assertThat(cluster.group(victim).lastReason()).contains("without-state").contains("slice 0");
        assertThat(cluster.group(victim).term()).isEqualTo(term);
        assertThat(cluster.sim.marks()).containsKey(SnapshotMarks.CAMPAIGN_WITHOUT_STATE);
        cluster.sim.restart(leader);
        cluster.awaitQuiet();
        assertThat(cluster.applied(victim)).hasSize(50);
    }

    @Test
    void aSnapshotOfALaterTermTakesAReplicaWithoutItsStateIntoThatTerm() {
        RaftCluster cluster = new RaftCluster(14, 5, OFTEN);
        NodeId leader = commit(cluster, 0, 50);
        cluster.awaitQuiet();
        cluster.sim.runFor(Time.millis(100));
        NodeId victim = other(cluster, leader);
        damage(cluster, victim, 0);
        cluster.sim.crash(victim);
        NodeId next = cluster.sim.nodes().stream()
                .filter(id -> !id.equals(leader) && !id.equals(victim))
                .findFirst()
                .orElseThrow();
        cluster.sim.onNode(leader, () -> cluster.group(leader).maybeTransferTo(next));
        cluster.sim.runUntil(() -> next.equals(cluster.leader()), Time.seconds(5));
        commit(cluster, 50, 150);
        cluster.sim.runFor(Time.millis(100));
        // It hears of the later term by snapshots alone.
        cluster.sim.network().cut(next, victim);
        cluster.sim.restart(victim);
        cluster.sim.runUntil(() -> cluster.sim.marks().containsKey(SnapshotMarks.REPAIRED), Time.seconds(5));
        cluster.sim.runFor(Time.millis(100));
        assertThat(cluster.group(victim).term()).isEqualTo(cluster.group(next).term());
        cluster.sim.network().heal();
        cluster.awaitQuiet();
        assertThat(cluster.applied(victim)).hasSize(150);
    }

    /** Flips a bit of one slice of the node's latest snapshot. */
    private static void damage(RaftCluster cluster, NodeId node, int slice) {
        SnapshotId id = cluster.group(node).view().latestSnapshot();
        cluster.sim.onNode(node, () -> cluster.node(node).damageSnapshot(id, slice));
        cluster.sim.runFor(Time.millis(10));
    }

    private static long received(RaftCluster cluster, NodeId node) {
        return cluster.group(node).view().snapshotCounters().slicesReceived();
    }

    /** Proposes c{from} to c{to - 1}, each committed before the next. */
    private static NodeId commit(RaftCluster cluster, int from, int to) {
        for (int i = from; i < to; i++) {
            cluster.await(cluster.propose(cluster.awaitLeader(), "c" + i));
        }
        return cluster.awaitLeader();
    }

    private static NodeId other(RaftCluster cluster, NodeId than) {
        return cluster.sim.nodes().stream()
                .filter(id -> !id.equals(than))
                .findFirst()
                .orElseThrow();
    }
}
