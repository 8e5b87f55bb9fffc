package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftMarks;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.read.Read;
import io.orrery.raft.read.ReadConfig;
import io.orrery.raft.read.ReadKind;
import io.orrery.raft.rules.RaftRules;
import io.orrery.raft.sim.RaftCluster.Found;
import io.orrery.raft.sim.RaftCluster.Slot;
import org.junit.jupiter.api.Test;

/** Reads by a lease: as long as clocks keep within the bound they are as good as any, and no longer. */
class LeaseTest {
    private static final int BOUND_PPM = 10_000;
    private static final int FAR_PPM = 200_000;

    private static RaftCluster cluster(long seed, int driftPpmMax) {
        return new RaftCluster(seed, 3, ReadConfig.DEFAULT.withLeases(driftPpmMax));
    }

    private static void commit(RaftCluster cluster, String command) {
        NodeId leader = cluster.awaitLeader();
        assertThat(cluster.await(cluster.propose(leader, command)).isCommitted())
                .isTrue();
    }

    private static boolean isSucceeded(RaftCluster cluster, NodeId old) {
        return cluster.leader() != null && !cluster.leader().equals(old);
    }

    /** By then a heartbeat was answered, and the leader has a lease. */
    private static void settle(RaftCluster cluster) {
        cluster.sim.runFor(3 * RaftCluster.TIMING.heartbeatNanos());
    }

    @Test
    void leaderWithALeaseAnswersWithoutAnyMessage() {
        RaftCluster cluster = cluster(1, BOUND_PPM);
        commit(cluster, "c");
        settle(cluster);
        NodeId leader = cluster.leader();
        cluster.sim.network().isolate(leader);
        Slot<Found> slot = cluster.read(leader, ReadKind.LEASE);
        cluster.sim.runFor(Time.millis(1));
        assertThat(slot.value().outcome().status()).isEqualTo(Read.Status.READ);
        assertThat(slot.value().applied()).containsExactly("c");
        assertThat(cluster.group(leader).counters().leaseReads()).isEqualTo(1);
        assertThat(cluster.group(leader).counters().readRounds()).isZero();
    }

    @Test
    void leaseEndsBeforeAnyOtherIsElected() {
        for (long seed = 1; seed <= 20; seed++) {
            RaftCluster cluster = cluster(seed, BOUND_PPM);
            commit(cluster, "old");
            NodeId old = cluster.leader();
            cluster.sim.network().isolate(old);
            cluster.sim.runUntil(() -> isSucceeded(cluster, old), Time.seconds(3));
            Slot<Found> slot = cluster.read(old, ReadKind.LEASE);
            cluster.sim.runFor(Time.millis(1));
            assertThat(slot.value()).as("seed " + seed).isNull();
        }
    }

    @Test
    void leaseReadWithoutLeasesIsAnsweredByARound() {
        RaftCluster cluster = new RaftCluster(1, 3);
        commit(cluster, "c");
        Found found = cluster.await(cluster.read(cluster.leader(), ReadKind.LEASE));
        assertThat(found.applied()).containsExactly("c");
        assertThat(cluster.group(cluster.leader()).counters().readRounds()).isEqualTo(1);
    }

    @Test
    void followerReadsByItsLeadersLease() {
        RaftCluster cluster = cluster(1, BOUND_PPM);
        commit(cluster, "c");
        settle(cluster);
        NodeId follower = cluster.leader().equals(cluster.id(1)) ? cluster.id(2) : cluster.id(1);
        assertThat(cluster.await(cluster.read(follower, ReadKind.LEASE)).applied())
                .containsExactly("c");
        assertThat(cluster.group(cluster.leader()).counters().readRounds()).isZero();
    }

    @Test
    void leaderThatToldAnotherToCampaignHasNoLeaseInThatTermAnyMore() {
        RaftCluster cluster = cluster(1, BOUND_PPM);
        commit(cluster, "c");
        settle(cluster);
        NodeId leader = cluster.leader();
        NodeId to = leader.equals(cluster.id(1)) ? cluster.id(2) : cluster.id(1);
        cluster.sim.onNode(leader, () -> cluster.group(leader).maybeTransferTo(to));
        boolean told =
                cluster.sim.runUntil(() -> cluster.sim.marks().containsKey(RaftMarks.TRANSFERRED), Time.seconds(1));
        assertThat(told).isTrue();
        cluster.sim.network().isolate(leader);
        Slot<Found> slot = cluster.read(leader, ReadKind.LEASE);
        cluster.sim.runFor(Time.millis(20));
        assertThat(slot.value()).isNull();
        assertThat(cluster.sim.marks()).containsKey(RaftMarks.LEASE_GIVEN_UP);
    }

    @Test
    void restartedVoterVotesForNobodyUntilALeaseItMayHaveGrantedIsOver() {
        RaftCluster cluster = cluster(1, BOUND_PPM);
        commit(cluster, "c");
        settle(cluster);
        NodeId leader = cluster.leader();
        long term = cluster.group(leader).term();
        cluster.sim.network().isolate(leader);
        for (int i = 1; i <= 3; i++) {
            if (!cluster.id(i).equals(leader)) {
                cluster.sim.crash(cluster.id(i));
                cluster.sim.restart(cluster.id(i));
            }
        }
        long restarted = cluster.sim.nowNanos();
        cluster.sim.runUntil(() -> isSucceeded(cluster, leader), Time.seconds(5));
        assertThat(cluster.group(cluster.leader()).term()).isGreaterThan(term);
        assertThat(cluster.sim.nowNanos() - restarted).isGreaterThanOrEqualTo(RaftCluster.TIMING.electionNanos());
    }

    @Test
    void wallClockThatStepsMakesNoLeaseReadStale() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(isStaleReadSeen(seed, BOUND_PPM, 0, Time.seconds(3600)))
                    .as("seed " + seed)
                    .isFalse();
        }
    }

    @Test
    void driftWithinTheBoundMakesNoLeaseReadStale() {
        for (long seed = 1; seed <= 40; seed++) {
            assertThat(isStaleReadSeen(seed, FAR_PPM, FAR_PPM, 0))
                    .as("seed " + seed)
                    .isFalse();
        }
    }

    /** That the bound is not idle caution: clocks that leave it make stale reads, and the check sees them. */
    @Test
    void driftBeyondTheBoundMakesALeaseReadStaleAndThatIsFound() {
        int stale = 0;
        for (long seed = 1; seed <= 40; seed++) {
            stale += isStaleReadSeen(seed, 0, FAR_PPM, 0) ? 1 : 0;
        }
        assertThat(stale).isPositive();
    }

    /**
     * A leader whose clock is slow is cut off, with followers whose clocks are fast. They elect another and write; meanwhile the
     * old one reads. A read that was asked for after the write was acknowledged, and does not find it, is stale.
     */
    private static boolean isStaleReadSeen(long seed, int boundPpm, int driftPpm, long wallStepNanos) {
        long election = Time.millis(400);
        RaftConfig.Timing timing = new RaftConfig.Timing(election, Time.millis(5));
        RaftCluster cluster = new RaftCluster(
                seed,
                3,
                timing,
                RaftConfig.Limits.DEFAULT,
                ReadConfig.DEFAULT.withLeases(boundPpm),
                WalConfig.DEFAULT,
                RaftRules.PAPER);
        commit(cluster, "old");
        NodeId old = cluster.leader();
        for (NodeId id : cluster.sim.nodes()) {
            cluster.sim.machine(id).drift(id.equals(old) ? -driftPpm : driftPpm);
        }
        Prng luck = new Prng(seed);
        cluster.sim.runFor(election + luck.below(Time.millis(5)));
        commit(cluster, "older");
        cluster.sim.network().isolate(old);
        cluster.sim.machine(old).stepWall(wallStepNanos);
        cluster.sim.runUntil(() -> isSucceeded(cluster, old), Time.seconds(3));
        commit(cluster, "new");
        Slot<Found> slot = cluster.read(old, ReadKind.LEASE);
        cluster.sim.runFor(Time.micros(100));
        return slot.value() != null
                && slot.value().outcome().isRead()
                && !slot.value().applied().contains("new");
    }
}
