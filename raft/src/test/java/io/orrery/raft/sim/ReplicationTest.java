package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Proposal;
import io.orrery.raft.Proposal.Status;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftMarks;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.rules.RaftRules;
import io.orrery.sim.disk.DiskPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicationTest {
    @Test
    void whatOneCycleProposesGoesOutAsOneMessageAndOneWrite() {
        RaftCluster cluster = new RaftCluster(1, 3);
        NodeId leader = settledLeader(cluster);
        long batches = cluster.node(leader).wal.counters().batches();
        List<Proposal.Outcome> outcomes = new ArrayList<>();
        cluster.sim.onNode(leader, () -> {
            for (int i = 0; i < 1000; i++) {
                cluster.group(leader).propose(Bytes.ofUtf8("c" + i), outcomes::add);
            }
        });
        cluster.sim.runUntil(() -> outcomes.size() == 1000, Time.seconds(5));
        assertThat(cluster.node(leader).wal.counters().batches() - batches).isEqualTo(1);
        assertThat(outcomes).allMatch(Proposal.Outcome::isCommitted);
        assertThat(outcomes).extracting(Proposal.Outcome::index).isSorted();
    }

    @Test
    void theLeaderCommitsWithAMajorityWhileItsOwnDiskIsSlow() {
        RaftCluster cluster = new RaftCluster(2, 3);
        NodeId leader = settledLeader(cluster);
        cluster.sim.disk(leader).policy(DiskPolicy.SSD.extra(Time.seconds(2)));
        long before = cluster.sim.nowNanos();
        assertThat(cluster.await(cluster.propose(leader, "a")).status()).isEqualTo(Status.COMMITTED);
        assertThat(cluster.sim.nowNanos() - before).isLessThan(Time.millis(20));
        assertThat(cluster.sim.marks()).containsKey(RaftMarks.COMMITTED_BEFORE_OWN_SYNC);
    }

    @Test
    void nothingIsCommittedWhileOnlyTheLeadersDiskWorks() {
        RaftCluster cluster = new RaftCluster(3, 3);
        NodeId leader = settledLeader(cluster);
        for (NodeId id : cluster.sim.nodes()) {
            if (!id.equals(leader)) {
                cluster.sim.disk(id).policy(DiskPolicy.SSD.extra(Time.millis(500)));
            }
        }
        RaftCluster.Slot<Proposal.Outcome> slot = cluster.propose(leader, "a");
        cluster.sim.runFor(Time.millis(450));
        assertThat(slot.value()).isNull();
        assertThat(cluster.group(leader).isLeader())
                .as("heartbeats do not wait for disks")
                .isTrue();
        assertThat(cluster.await(slot).status()).isEqualTo(Status.COMMITTED);
    }

    @Test
    void theLeaderRefusesBeyondItsLimitsAndRecovers() {
        RaftConfig.Limits few = new RaftConfig.Limits(10, 1 << 20, 2, 1 << 20, 8, 1 << 20, 1 << 16, 100, 100);
        RaftCluster cluster = new RaftCluster(4, 3, RaftCluster.TIMING, few, WalConfig.DEFAULT, RaftRules.PAPER);
        NodeId leader = settledLeader(cluster);
        List<RaftCluster.Slot<Proposal.Outcome>> slots = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            slots.add(cluster.propose(leader, "c" + i));
        }
        slots.forEach(cluster::await);
        assertThat(slots.subList(0, 8)).allMatch(slot -> slot.value().isCommitted());
        assertThat(slots.subList(8, 10)).allMatch(slot -> slot.value().status() == Status.OVERLOADED);
        assertThat(cluster.await(cluster.propose(leader, "again")).isCommitted())
                .isTrue();
    }

    @Test
    void followersHearOfACommitWithoutWaitingForAHeartbeat() {
        RaftCluster cluster = new RaftCluster(5, 3);
        NodeId leader = settledLeader(cluster);
        cluster.await(cluster.propose(leader, "a"));
        cluster.sim.runFor(Time.millis(2));
        for (NodeId id : cluster.sim.nodes()) {
            assertThat(cluster.applied(id)).containsExactly("a");
        }
    }

    @Test
    void aFollowerThatMissedMuchIsFoundInFewSteps() {
        RaftCluster cluster = new RaftCluster(6, 3);
        NodeId leader = settledLeader(cluster);
        NodeId late = other(cluster, leader);
        cluster.sim.crash(late);
        for (int i = 0; i < 500; i++) {
            cluster.await(cluster.propose(leader, "c" + i));
        }
        long refusals = cluster.sim.marks().getOrDefault(RaftMarks.APPEND_REFUSED, 0L);
        cluster.sim.restart(late);
        cluster.awaitQuiet();
        assertThat(cluster.applied(late)).hasSize(500);
        assertThat(cluster.sim.marks().get(RaftMarks.APPEND_REFUSED) - refusals).isLessThanOrEqualTo(3);
    }

    @Test
    void aFollowerWhoseDiskWasWipedIsFilledAgainWhileNobodyProposes() {
        RaftCluster cluster = new RaftCluster(7, 3);
        NodeId leader = settledLeader(cluster);
        cluster.await(cluster.propose(leader, "a"));
        cluster.awaitQuiet();
        NodeId wiped = other(cluster, leader);
        cluster.sim.onNode(wiped, () -> cluster.node(wiped).wipe());
        cluster.sim.runFor(Time.millis(50));
        cluster.sim.crash(wiped);
        cluster.sim.restart(wiped);
        cluster.awaitQuiet();
        assertThat(cluster.applied(wiped)).containsExactly("a");
    }

    @Test
    void linksThatLoseFramesDelayCommitsAndLoseNone() {
        RaftCluster cluster = new RaftCluster(8, 3);
        NodeId leader = settledLeader(cluster);
        cluster.sim.network().policy(cluster.sim.network().policy().loss(50_000));
        List<String> acknowledged = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            if (cluster.await(cluster.propose(cluster.awaitLeader(), "c" + i)).isCommitted()) {
                acknowledged.add("c" + i);
            }
        }
        cluster.sim.network().policy(cluster.sim.network().policy().loss(0));
        cluster.awaitQuiet();
        assertThat(acknowledged).hasSizeGreaterThan(90);
        assertThat(cluster.applied(leader)).containsAll(acknowledged);
    }

    private static NodeId settledLeader(RaftCluster cluster) {
        cluster.awaitLeader();
        cluster.awaitQuiet();
        return cluster.awaitLeader();
    }

    private static NodeId other(RaftCluster cluster, NodeId than) {
        return cluster.sim.nodes().stream()
                .filter(id -> !id.equals(than))
                .findFirst()
                .orElseThrow();
    }
}
