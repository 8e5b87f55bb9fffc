package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.MembershipChange;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftMarks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replicas whose disks were replaced by empty ones: see docs/adr/0015. */
class WipedDiskTest {
    private static final long AGES = Time.seconds(10);

    private static List<NodeId> others(RaftCluster cluster, NodeId... without) {
        return cluster.sim.nodes().stream()
                .filter(node -> !List.of(without).contains(node))
                .toList();
    }

    private static void write(RaftCluster cluster, String command) {
        RaftCluster.Slot<Proposal.Outcome> slot = cluster.propose(cluster.awaitLeader(), command);
        assertThat(cluster.await(slot).isCommitted()).as(command).isTrue();
    }

    private static void replaceDisk(RaftCluster cluster, NodeId node) {
        cluster.sim.wipe(node);
        cluster.sim.restart(node);
        cluster.sim.runUntil(() -> cluster.group(node).view().isRunning(), Time.seconds(1));
    }

    /** The entry is on A and B. A's disk is replaced, B is down: what is left are C, which lacks it, and A, which forgot it. */
    private static void assertEntryOfALostDiskIsNotOutvoted(RaftCluster cluster) {
        NodeId b = cluster.awaitLeader();
        write(cluster, "known to all");
        cluster.awaitQuiet();
        NodeId a = others(cluster, b).get(0);
        NodeId c = others(cluster, b, a).get(0);
        cluster.sim.network().isolate(c);
        write(cluster, "on A and B");
        cluster.sim.crash(b);
        replaceDisk(cluster, a);
        cluster.sim.network().healAll();
        cluster.sim.runFor(AGES);
        assertThat(cluster.leader()).as("nobody can win who lacks the entry").isNull();
        assertThat(cluster.group(a).view().hasForgotten()).isTrue();
        cluster.sim.restart(b);
        write(cluster, "when B is back");
        cluster.awaitQuiet();
        for (NodeId node : cluster.sim.nodes()) {
            assertThat(cluster.applied(node)).containsExactly("known to all", "on A and B", "when B is back");
        }
    }

    @Test
    void anEntryWhoseOtherCopyWasOnAReplacedDiskIsNotOutvoted() {
        for (long seed = 1; seed <= 10; seed++) {
            assertEntryOfALostDiskIsNotOutvoted(new RaftCluster(seed, 3));
        }
    }

    @Test
    void aReplacedDiskIsFilledAgainAndItsNodeVotesWhenAllVotersHaveTold() {
        RaftCluster cluster = new RaftCluster(3, 3);
        NodeId leader = cluster.awaitLeader();
        write(cluster, "a");
        NodeId wiped = others(cluster, leader).get(0);
        NodeId third = others(cluster, leader, wiped).get(0);
        cluster.sim.crash(third);
        replaceDisk(cluster, wiped);
        write(cluster, "b");
        cluster.sim.runFor(AGES);
        assertThat(cluster.applied(wiped)).containsExactly("a", "b");
        assertThat(cluster.group(wiped).view().hasForgotten())
                .as("the third may have been a candidate with its vote")
                .isTrue();
        cluster.sim.restart(third);
        cluster.sim.runUntil(() -> !cluster.group(wiped).view().hasForgotten(), AGES);
        assertThat(cluster.group(wiped).view().hasForgotten()).isFalse();
        cluster.sim.crash(leader);
        write(cluster, "c");
    }

    @Test
    void aRestartDoesNotMakeAForgetfulReplicaRemember() {
        RaftCluster cluster = new RaftCluster(4, 3);
        NodeId leader = cluster.awaitLeader();
        NodeId wiped = others(cluster, leader).get(0);
        cluster.sim.crash(others(cluster, leader, wiped).get(0));
        replaceDisk(cluster, wiped);
        write(cluster, "a");
        cluster.sim.crash(wiped);
        cluster.sim.restart(wiped);
        cluster.sim.runFor(Time.seconds(2));
        assertThat(cluster.group(wiped).view().hasForgotten()).isTrue();
    }

    /** The dead one can never tell its term; but the new node was never counted on. */
    @Test
    void aNodeThatJoinsAndIsNotKnownToBeNewVotesThoughAVoterIsDead() {
        RaftCluster cluster = new RaftCluster(5, 3);
        NodeId leader = cluster.awaitLeader();
        write(cluster, "a");
        NodeId dead = others(cluster, leader).get(0);
        cluster.sim.crash(dead);
        NodeId joiner = cluster.addSuspect("n4");
        cluster.await(cluster.change(leader, MembershipChange.addPromotable(joiner)));
        cluster.sim.runUntil(() -> cluster.group(leader).configuration().isVoter(joiner), AGES);
        cluster.sim.runFor(Time.seconds(2));
        assertThat(cluster.group(joiner).view().hasForgotten()).isFalse();
        assertThat(cluster.sim.marks()).containsKey(RaftMarks.NOT_COUNTED_ON);
        cluster.sim.crash(leader);
        cluster.sim.restart(leader);
        cluster.awaitLeader();
        write(cluster, "three of four voters are enough");
    }

    /** Removed, its name is as good as a new one, dead voters or not. */
    @Test
    void aReplacedDiskIsAsGoodAsNewWhenItsNodeWasRemovedAndIsAddedAgain() {
        RaftCluster cluster = new RaftCluster(6, 4);
        NodeId leader = cluster.awaitLeader();
        write(cluster, "a");
        NodeId wiped = others(cluster, leader).get(0);
        NodeId dead = others(cluster, leader, wiped).get(0);
        cluster.sim.crash(wiped);
        assertThat(cluster.await(cluster.change(leader, MembershipChange.remove(wiped)))
                        .toString())
                .contains("COMMITTED");
        cluster.sim.crash(dead);
        replaceDisk(cluster, wiped);
        cluster.await(cluster.change(leader, MembershipChange.addPromotable(wiped)));
        cluster.sim.runUntil(() -> cluster.group(leader).configuration().isVoter(wiped), AGES);
        cluster.sim.runFor(Time.seconds(2));
        assertThat(cluster.group(wiped).view().hasForgotten()).isFalse();
    }

    @Test
    void allDisksReplacedMeansNoLeaderForEver() {
        RaftCluster cluster = new RaftCluster(7, 3);
        cluster.awaitLeader();
        write(cluster, "gone");
        for (NodeId node : cluster.sim.nodes()) {
            cluster.sim.wipe(node);
        }
        cluster.sim.nodes().forEach(cluster.sim::restart);
        cluster.sim.runFor(AGES);
        assertThat(cluster.leader()).isNull();
        assertThat(cluster.group(cluster.id(1)).lastReason()).contains("forgot");
    }
}
