package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftMarks;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.rules.RaftRules;
import io.orrery.raft.sim.RaftCluster.Slot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proposals that wait for one another on their way into the leader's log. */
class GatheringTest {
    private static final int WINDOW = 16;
    private static final int SEEDS = 6;
    private static final RaftConfig.Timing GATHERING = new RaftConfig.Timing(
            RaftCluster.TIMING.electionNanos(), RaftCluster.TIMING.heartbeatNanos(), Time.millis(20));

    private long committed;

    private RaftCluster cluster(long seed, RaftConfig.Timing timing) {
        return new RaftCluster(seed, 3, timing, RaftConfig.Limits.DEFAULT, WalConfig.DEFAULT, RaftRules.PAPER);
    }

    /** Commits a batch of the leader's log, of clients that keep a window open, half of them half a sync later. */
    private double commitsPerBatch(long seed, RaftConfig.Timing timing) {
        RaftCluster cluster = cluster(seed, timing);
        NodeId leader = cluster.awaitLeader();
        cluster.awaitQuiet();
        committed = 0;
        long batches = cluster.node(leader).wal.counters().batches();
        for (int half = 0; half < 2; half++) {
            for (int i = 0; i < WINDOW / 2; i++) {
                cluster.sim.onNode(leader, () -> proposeAgain(cluster, leader));
            }
            cluster.sim.runFor(cluster.node(leader).wal.counters().syncNanosLately() / 2);
        }
        cluster.sim.runFor(Time.millis(300));
        assertThat(cluster.leader()).isEqualTo(leader);
        assertThat(committed).isGreaterThan(10 * WINDOW);
        boolean isReached = cluster.sim.marks().containsKey(RaftMarks.PROPOSALS_GATHERED);
        assertThat(isReached).isEqualTo(timing.gatherNanosMax() > 0);
        return committed / (double) (cluster.node(leader).wal.counters().batches() - batches);
    }

    private void proposeAgain(RaftCluster cluster, NodeId leader) {
        cluster.group(leader).propose(Bytes.ofUtf8("again"), outcome -> {
            if (outcome.isCommitted()) {
                committed++;
                proposeAgain(cluster, leader);
            }
        });
    }

    @Test
    void twoHalvesOfAWindowBecomeOneBatch() {
        double apart = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            apart += commitsPerBatch(seed, RaftCluster.TIMING) / SEEDS;
            double together = commitsPerBatch(seed, GATHERING);
            assertThat(together).as("seed %s", seed).isGreaterThan(WINDOW * 0.97);
        }
        assertThat(apart).isLessThan(WINDOW * 0.92);
    }

    @Test
    void proposalThatWaitsInVainIsInTheLogWithinTwoSyncsAndTheNextOnesDoNotWait() {
        RaftCluster cluster = cluster(1, GATHERING);
        NodeId leader = cluster.awaitLeader();
        cluster.awaitQuiet();
        List<Slot<Proposal.Outcome>> many = new ArrayList<>();
        for (int i = 0; i < WINDOW; i++) {
            many.add(cluster.propose(leader, "many"));
        }
        many.forEach(cluster::await);
        cluster.awaitQuiet();
        long last = cluster.group(leader).lastIndex();
        long twoSyncs = 2 * cluster.node(leader).wal.counters().syncNanosLately();
        Slot<Proposal.Outcome> alone = cluster.propose(leader, "alone");
        cluster.sim.runFor(Time.micros(1));
        assertThat(cluster.group(leader).lastIndex()).isEqualTo(last);
        cluster.sim.runFor(twoSyncs);
        assertThat(cluster.group(leader).lastIndex()).isEqualTo(last + 1);
        Slot<Proposal.Outcome> next = cluster.propose(leader, "next");
        cluster.sim.runFor(Time.micros(1));
        assertThat(cluster.group(leader).lastIndex()).isEqualTo(last + 2);
        assertThat(cluster.await(alone).isCommitted()).isTrue();
        assertThat(cluster.await(next).isCommitted()).isTrue();
    }

    @Test
    void handoverLeavesAProposalThatWaitsOutOfTheLogAndSaysWhoMayLead() {
        RaftCluster cluster = cluster(1, GATHERING);
        NodeId leader = cluster.awaitLeader();
        NodeId other = cluster.id(leader.equals(cluster.id(1)) ? 2 : 1);
        cluster.awaitQuiet();
        List<Slot<Proposal.Outcome>> slots = new ArrayList<>();
        slots.add(cluster.propose(leader, "first"));
        slots.add(cluster.propose(leader, "second"));
        cluster.sim.onNode(
                leader,
                () -> assertThat(cluster.group(leader).maybeTransferTo(other)).isTrue());
        assertThat(cluster.await(slots.get(0)).isCommitted()).isTrue();
        Proposal.Outcome second = cluster.await(slots.get(1));
        assertThat(second.status()).isEqualTo(Proposal.Status.NOT_LEADER);
        assertThat(second.leader()).isEqualTo(other);
        cluster.awaitQuiet();
        assertThat(cluster.leader()).isEqualTo(other);
        assertThat(cluster.applied(other)).contains("first").doesNotContain("second");
    }
}
