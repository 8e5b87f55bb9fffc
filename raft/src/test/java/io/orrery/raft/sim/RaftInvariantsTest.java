package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.check.RaftInvariants;
import org.junit.jupiter.api.Test;

/**
 * What each property accepts, and what it rejects: replicas of two worlds that know nothing of each other are shown to one
 * checker as if they were of one. Worlds of one seed are equal until something different is done in them.
 */
class RaftInvariantsTest {
    private static final NodeId ONE = NodeId.of("n1");
    private static final NodeId TWO = NodeId.of("n2");

    private final RaftInvariants invariants = new RaftInvariants();

    /** A cluster of one, which leads and has committed the entry that opens it. */
    private static RaftCluster hermit() {
        RaftCluster cluster = new RaftCluster(7, 1);
        cluster.awaitLeader();
        cluster.awaitQuiet();
        return cluster;
    }

    private static RaftGroup group(RaftCluster cluster) {
        return cluster.group(ONE);
    }

    private static void commit(RaftCluster cluster, String... commands) {
        for (String command : commands) {
            cluster.await(cluster.propose(ONE, command));
        }
    }

    private void rejects(NodeId node, RaftGroup group, String claim) {
        assertThatThrownBy(() -> invariants.observe(node, group))
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining(claim);
    }

    @Test
    void aClusterThatLosesItsLeaderAndGoesOnIsAccepted() {
        RaftCluster cluster = new RaftCluster(7, 3);
        NodeId first = cluster.awaitLeader();
        cluster.await(cluster.propose(first, "a"));
        cluster.sim.crash(first);
        cluster.sim.runUntil(() -> cluster.leader() != null, Time.seconds(20));
        cluster.await(cluster.propose(cluster.leader(), "b"));
        cluster.sim.restart(first);
        cluster.awaitQuiet();
        assertThat(cluster.invariants.committedIndex()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void equalHistoriesOfTwoReplicasAreAccepted() {
        RaftCluster here = hermit();
        RaftCluster there = hermit();
        commit(here, "a", "b");
        commit(there, "a");
        invariants.observe(ONE, group(here));
        invariants.observe(ONE, group(there));
        assertThat(invariants.committedIndex())
                .isEqualTo(group(here).commitIndex())
                .isGreaterThan(group(there).commitIndex());
    }

    @Test
    void twoLeadersInOneTermAreRejected() {
        RaftCluster here = hermit();
        invariants.observe(ONE, group(here));
        rejects(TWO, group(hermit()), "P1 election safety: two leaders in one term");
    }

    @Test
    void twoEntriesOfOneIndexAndTermAreRejected() {
        RaftCluster here = hermit();
        RaftCluster there = hermit();
        commit(here, "a");
        commit(there, "b");
        invariants.observe(ONE, group(here));
        rejects(TWO, group(there), "P3 log matching: two entries of one index and term differ");
    }

    @Test
    void aLeaderThatLacksACommittedEntryIsRejected() {
        RaftCluster here = hermit();
        commit(here, "a", "b");
        invariants.observe(ONE, group(here));
        RaftCluster there = hermit();
        there.sim.crash(ONE);
        there.sim.restart(ONE);
        there.awaitLeader();
        assertThat(group(there).commitIndex()).isLessThan(2);
        rejects(TWO, group(there), "P4 leader completeness: a leader lacks a committed entry");
    }

    @Test
    void twoCommitsAtOneIndexAreRejected() {
        RaftCluster here = hermit();
        commit(here, "a", "b");
        invariants.observe(ONE, group(here));
        RaftCluster there = hermit();
        there.sim.crash(ONE);
        there.sim.restart(ONE);
        there.awaitLeader();
        there.awaitQuiet();
        rejects(TWO, group(there), "P5 state machine safety: two entries were committed at one index");
    }

    @Test
    void twoVotesInOneTermAreRejectedThoughARestartLiesBetweenThem() {
        RaftGroup before = voter(2, NodeId.of("n2"));
        RaftGroup after = voter(2, NodeId.of("n3"));
        invariants.observe(ONE, before);
        rejects(ONE, after, "P6 one vote: a node voted twice in a term");
    }

    /** n1 of three, right after it told a vote for this one in a term: in the first world where it comes to that. */
    private static RaftGroup voter(long term, NodeId vote) {
        for (long seed = 1; seed <= 200; seed++) {
            RaftCluster cluster = new RaftCluster(seed, 3);
            RaftGroup voter = cluster.group(ONE);
            cluster.sim.runUntil(() -> voter.view().toldVoteTerm() == term, Time.seconds(2));
            if (vote.equals(voter.view().toldVote()) && voter.lastIndex() == 1) {
                return voter;
            }
        }
        throw new AssertionError("n1 votes for " + vote + " in none of 200 worlds");
    }

    @Test
    void aReplicaThatFollowsAnotherThanTheLeaderOfItsTermIsRejected() {
        RaftCluster one = new RaftCluster(7, 3);
        NodeId leader = one.awaitLeader();
        one.awaitQuiet();
        NodeId follower = leader.equals(ONE) ? TWO : ONE;
        RaftCluster other = null;
        for (long seed = 8; other == null; seed++) {
            RaftCluster next = new RaftCluster(seed, 3);
            boolean differs = !next.awaitLeader().equals(leader);
            other = differs && next.group(leader).term() == one.group(leader).term() ? next : null;
        }
        other.awaitQuiet();
        invariants.observe(leader, one.group(leader));
        invariants.observe(follower, one.group(follower));
        NodeId follows = other.leader().equals(ONE) ? TWO : ONE;
        rejects(follows, other.group(follows), "follows another than the leader of its term");
    }

    @Test
    void aRestartThatLacksACommittedEntryOfItsDiskIsRejected() {
        RaftCluster longer = hermit();
        commit(longer, "a", "b");
        invariants.observe(ONE, group(longer));
        invariants.onDiskKept(ONE);
        rejects(ONE, group(hermit()), "P7 durability: a restart lost a committed entry");
    }

    @Test
    void aRestartOnANewDiskMayLackWhatTheOldOneHad() {
        RaftCluster longer = hermit();
        commit(longer, "a", "b");
        invariants.observe(ONE, group(longer));
        invariants.observe(ONE, group(hermit()));
    }
}
