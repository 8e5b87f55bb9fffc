package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Proposal;
import io.orrery.raft.PulseMarks;
import io.orrery.raft.read.Read;
import io.orrery.raft.read.ReadKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final long ELECTION = GroupsCluster.TIMING.electionNanos();

    @Test
    void nodesOfSilentGroupsExchangeOneMessageEachInAnInterval() {
        GroupsCluster cluster = new GroupsCluster(1, 20);
        cluster.awaitSilence();
        long before = cluster.node(GroupsCluster.N1).groups.beatsSent();
        cluster.sim.runFor(Time.seconds(10));
        long intervals = Time.seconds(10) / GroupsCluster.TIMING.heartbeatNanos();
        long sent = cluster.node(GroupsCluster.N1).groups.beatsSent() - before;
        assertThat(sent).isBetween(2 * intervals - 2, 2 * intervals + 2);
        assertThat(cluster.allAsleep()).isTrue();
    }

    @Test
    void allGroupsOfADeadNodeAreLedAgainWithinTwoElectionTimeouts() {
        GroupsCluster cluster = new GroupsCluster(2, 30);
        cluster.awaitSilence();
        NodeId dead = cluster.leader(0);
        cluster.sim.crash(dead);
        assertThat(cluster.sim.runUntil(cluster::allLed, 2 * ELECTION)).isTrue();
        assertThat(cluster.sim.marks()).containsKey(PulseMarks.WOKEN_BY_DEAD_NODE);
    }

    @Test
    void aProposalWakesASilentGroupAndNoOther() {
        GroupsCluster cluster = new GroupsCluster(3, 4);
        cluster.awaitSilence();
        NodeId leader = cluster.leader(1);
        Proposal.Outcome outcome = cluster.propose(leader, 1, "a");
        assertThat(outcome.status()).isEqualTo(Proposal.Status.COMMITTED);
        assertThat(cluster.asleep()).isEqualTo(9);
        cluster.awaitSilence();
        for (NodeId node : cluster.sim.nodes()) {
            assertThat(cluster.node(node).machines.get(1).applied()).containsExactly("a");
        }
    }

    @Test
    void aReadOnAFollowerWakesASilentGroup() {
        GroupsCluster cluster = new GroupsCluster(4, 2);
        cluster.awaitSilence();
        NodeId follower = cluster.leader(0).equals(GroupsCluster.N1) ? GroupsCluster.N2 : GroupsCluster.N1;
        List<Read.Outcome> slot = new ArrayList<>();
        cluster.sim.onNode(follower, () -> cluster.group(follower, 0).read(ReadKind.INDEX, slot::add));
        cluster.await(() -> !slot.isEmpty(), "an answer");
        assertThat(slot.get(0).isRead()).isTrue();
        cluster.awaitSilence();
    }

    @Test
    void aFollowerThatMissesAnEntryKeepsItsGroupAwake() {
        GroupsCluster cluster = new GroupsCluster(5, 2);
        cluster.awaitSilence();
        NodeId leader = cluster.leader(0);
        NodeId cutOff = leader.equals(GroupsCluster.N1) ? GroupsCluster.N2 : GroupsCluster.N1;
        cluster.sim.network().isolate(cutOff);
        cluster.propose(leader, 0, "a");
        cluster.sim.runFor(5 * ELECTION);
        assertThat(cluster.group(leader, 0).isLeader()).isTrue();
        assertThat(cluster.group(leader, 0).isAsleep()).isFalse();
        cluster.sim.network().heal();
        cluster.awaitSilence();
        assertThat(cluster.node(cutOff).machines.get(0).applied()).containsExactly("a");
    }

    @Test
    void aLeaderThatSleptThroughItsDepositionLearnsOfIt() {
        GroupsCluster cluster = new GroupsCluster(6, 3);
        cluster.awaitSilence();
        NodeId first = cluster.leader(0);
        cluster.sim.network().isolate(first);
        cluster.await(() -> !cluster.leader(0).equals(first), "another leader");
        cluster.propose(cluster.leader(0), 0, "a");
        cluster.sim.network().heal();
        cluster.awaitSilence();
        assertThat(cluster.group(first, 0).isLeader()).isFalse();
        assertThat(cluster.node(first).machines.get(0).applied()).containsExactly("a");
    }

    @Test
    void aNodeThatRestartsSoonIsNotTakenForTheLeaderItWas() {
        GroupsCluster cluster = new GroupsCluster(7, 5);
        cluster.awaitSilence();
        NodeId first = cluster.leader(0);
        cluster.sim.crash(first);
        cluster.sim.restart(first);
        cluster.await(cluster::allLed, "leaders");
        cluster.awaitSilence();
        assertThat(cluster.sim.marks()).containsKey(PulseMarks.WOKEN_BY_RESTART);
        Proposal.Outcome outcome = cluster.propose(cluster.leader(0), 0, "a");
        assertThat(outcome.status()).isEqualTo(Proposal.Status.COMMITTED);
    }

    @Test
    void aPartitionBetweenLeaderAndOneFollowerEnds() {
        GroupsCluster cluster = new GroupsCluster(8, 3);
        cluster.awaitSilence();
        NodeId leader = cluster.leader(0);
        NodeId follower = leader.equals(GroupsCluster.N1) ? GroupsCluster.N2 : GroupsCluster.N1;
        cluster.sim.network().cut(leader, follower);
        cluster.sim.network().cut(follower, leader);
        cluster.sim.runFor(10 * ELECTION);
        assertThat(cluster.propose(cluster.leader(0), 0, "a").status()).isEqualTo(Proposal.Status.COMMITTED);
        cluster.sim.network().heal();
        cluster.awaitSilence();
        assertThat(cluster.node(follower).machines.get(0).applied()).containsExactly("a");
    }

    @Test
    void withANodeOfAnEarlierReleaseGroupsSpeakForThemselvesAndStayAwake() {
        GroupsCluster cluster = new GroupsCluster(9, 3, GroupsCluster.N3);
        cluster.await(cluster::allLed, "leaders");
        cluster.sim.runFor(Time.seconds(5));
        assertThat(cluster.asleep()).isZero();
        assertThat(cluster.sim.marks()).containsKey(PulseMarks.BEAT_ALONE);
        NodeId leader = cluster.leader(0);
        long term = cluster.group(leader, 0).term();
        cluster.sim.runFor(Time.seconds(5));
        assertThat(cluster.group(leader, 0).term()).isEqualTo(term);
        cluster.upgrade(GroupsCluster.N3);
        cluster.sim.crash(GroupsCluster.N3);
        cluster.sim.restart(GroupsCluster.N3);
        cluster.awaitSilence();
    }

    @Test
    void groupsThatAreWrittenToStayAwakeAndLoseNoLeader() {
        GroupsCluster cluster = new GroupsCluster(10, 3);
        cluster.await(cluster::allLed, "leaders");
        cluster.awaitSilence();
        NodeId leader = cluster.leader(2);
        long term = cluster.group(leader, 2).term();
        for (int i = 0; i < 200; i++) {
            cluster.sim.onNode(leader, () -> cluster.group(leader, 2).propose(Bytes.ofUtf8("x"), outcome -> {}));
            cluster.sim.runFor(Time.millis(10));
            assertThat(cluster.group(leader, 2).isAsleep()).isFalse();
        }
        assertThat(cluster.group(leader, 2).isLeader()).isTrue();
        assertThat(cluster.group(leader, 2).term()).isEqualTo(term);
    }
}
