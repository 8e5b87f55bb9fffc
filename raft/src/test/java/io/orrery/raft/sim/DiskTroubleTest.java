package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.MembershipChange;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.rules.RaftRules;
import org.junit.jupiter.api.Test;

/** Disks that are full, or answer nothing. */
class DiskTroubleTest {
    private static final long ELECTION_NANOS = RaftCluster.TIMING.electionNanos();

    private static RaftCluster cluster(long seed) {
        return new RaftCluster(
                seed,
                3,
                RaftCluster.TIMING,
                RaftConfig.Limits.DEFAULT,
                WalConfig.DEFAULT.withSegmentBytes(16 * 1024),
                RaftRules.PAPER);
    }

    /** Proposes until the log is full, or a time is over; the last outcome. */
    private static Proposal.Outcome fill(RaftCluster cluster, NodeId on) {
        Proposal.Outcome last = null;
        for (int i = 0; i < 200 && !cluster.node(on).wal.isFull(); i++) {
            RaftCluster.Slot<Proposal.Outcome> slot = cluster.propose(on, "x".repeat(300));
            cluster.sim.runFor(Time.millis(5));
            last = slot.value();
        }
        return last;
    }

    @Test
    void leaderWithAFullDiskHandsOverAndCommandsGoOn() {
        RaftCluster cluster = cluster(1);
        NodeId leader = cluster.awaitLeader();
        cluster.sim.disk(leader).full(2_000);
        fill(cluster, leader);
        assertThat(cluster.sim.isUp(leader)).isTrue();
        assertThat(cluster.node(leader).wal.isFull()).isTrue();
        assertThat(cluster.sim.runUntil(
                        () -> cluster.leader() != null && !cluster.leader().equals(leader), 5 * ELECTION_NANOS))
                .isTrue();
        RaftCluster.Slot<Proposal.Outcome> next = cluster.propose(cluster.leader(), "next");
        cluster.sim.runFor(Time.millis(100));
        assertThat(next.value().isCommitted()).isTrue();
    }

    @Test
    void whereAllDisksAreFullCommandsAreRefusedAndElectionsAndMembershipGoOnUntilThereIsSpace() {
        RaftCluster cluster = cluster(2);
        NodeId joiner = cluster.addJoiner("n4");
        NodeId first = cluster.awaitLeader();
        for (int i = 1; i <= 3; i++) {
            cluster.sim.disk(cluster.id(i)).full(2_000);
        }
        fill(cluster, first);
        cluster.sim.runFor(20 * ELECTION_NANOS);
        NodeId leader = cluster.awaitLeader();
        RaftCluster.Slot<Proposal.Outcome> refused = cluster.propose(leader, "refused");
        cluster.sim.runFor(Time.millis(50));
        assertThat(refused.value().status()).isEqualTo(Proposal.Status.OVERLOADED);
        assertThat(cluster.group(leader).counters().diskFull()).isPositive();

        cluster.sim.crash(leader);
        NodeId second = cluster.awaitLeader();
        assertThat(second).as("votes are durable on full disks").isNotEqualTo(leader);
        assertThat(cluster.sim.runUntil(
                        () -> cluster.group(second).commitIndex()
                                == cluster.group(second).lastIndex(),
                        Time.seconds(5)))
                .as("what opens the term is committed")
                .isTrue();
        RaftCluster.Slot<MembershipChange.Outcome> change = cluster.change(second, MembershipChange.addLearner(joiner));
        cluster.sim.runFor(Time.seconds(1));
        assertThat(change.value().status() == MembershipChange.Status.COMMITTED).isTrue();

        for (int i = 1; i <= 3; i++) {
            cluster.sim.disk(cluster.id(i)).space();
        }
        cluster.sim.runFor(Time.seconds(4));
        RaftCluster.Slot<Proposal.Outcome> taken = cluster.propose(cluster.leader(), "taken");
        cluster.sim.runFor(Time.seconds(1));
        assertThat(taken.value().isCommitted()).as("without a restart").isTrue();
    }

    @Test
    void leaderWithAFrozenDiskStepsDownWithinTwoElectionTimeoutsAndAnotherLeads() {
        for (long seed = 1; seed <= 10; seed++) {
            RaftCluster cluster = cluster(seed);
            NodeId leader = cluster.awaitLeader();
            cluster.sim.runFor(Time.millis(seed * 17));
            cluster.sim.disk(leader).freeze(true);
            cluster.propose(leader, "first");
            assertThat(cluster.sim.runUntil(() -> !cluster.group(leader).isLeader(), 2 * ELECTION_NANOS))
                    .as("seed " + seed)
                    .isTrue();
            assertThat(cluster.sim.runUntil(() -> cluster.leader() != null, ELECTION_NANOS))
                    .as("it asks the best of the others, seed " + seed)
                    .isTrue();
            NodeId other = cluster.leader();
            RaftCluster.Slot<Proposal.Outcome> next = cluster.propose(other, "next");
            cluster.sim.runFor(Time.millis(100));
            assertThat(next.value().isCommitted()).isTrue();

            cluster.sim.crash(other);
            cluster.sim.runFor(10 * ELECTION_NANOS);
            assertThat(cluster.group(leader).isLeader())
                    .as("it does not lead while its disk is frozen")
                    .isFalse();
            cluster.sim.disk(leader).freeze(false);
            cluster.awaitLeader();
        }
    }
}
