package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.check.RaftInvariants;
import io.orrery.raft.log.RaftLog;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.rules.RaftRules;
import io.orrery.sim.SimulationFailure;
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
        rejects(ONE, group(hermit()), "P7 durability: a restart lost an entry");
    }

    @Test
    void aRestartThatLacksAnEntryOfItsDiskIsRejectedThoughItWasNeverCommitted() {
        RaftCluster cluster = new RaftCluster(7, 3);
        NodeId leader = cluster.awaitLeader();
        cluster.awaitQuiet();
        cluster.sim.network().isolate(leader);
        cluster.propose(leader, "a");
        RaftGroup group = cluster.group(leader);
        cluster.sim.runUntil(() -> group.view().log().durableIndex() == group.lastIndex(), Time.millis(100));
        assertThat(group.lastIndex()).isGreaterThan(group.commitIndex());
        invariants.observe(leader, group);
        invariants.onDiskKept(leader);
        RaftCluster other = new RaftCluster(7, 3);
        other.awaitLeader();
        other.awaitQuiet();
        rejects(leader, other.group(leader), "P7 durability: a restart lost an entry");
    }

    @Test
    void aPreVoteForALogThatIsBehindIsRejected() {
        RaftRules generous = new RaftRules() {
            @Override
            public boolean isUpToDate(long candidateTerm, long candidateIndex, long lastTerm, long lastIndex) {
                return true;
            }
        };
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= 20; seed++) {
                        standInWithAShortLog(seed, 0, generous);
                        standInWithAShortLog(seed, 1, generous);
                    }
                })
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("P8 pre-vote: granted to a log that is behind");
    }

    @Test
    void noPreVoteIsGrantedToALogThatIsBehind() {
        for (long seed = 1; seed <= 20; seed++) {
            standInWithAShortLog(seed, 0, RaftRules.PAPER);
            standInWithAShortLog(seed, 1, RaftRules.PAPER);
        }
    }

    /** One of three missed an entry; when the leader is gone, it may be the first to stand for election. */
    private static void standInWithAShortLog(long seed, int which, RaftRules rules) {
        RaftConfig.Limits limits = RaftConfig.Limits.DEFAULT;
        RaftCluster cluster = new RaftCluster(seed, 3, RaftCluster.TIMING, limits, WalConfig.DEFAULT, rules);
        NodeId leader = cluster.awaitLeader();
        NodeId behind = cluster.sim.nodes().stream()
                .filter(node -> !node.equals(leader))
                .skip(which)
                .findFirst()
                .orElseThrow();
        cluster.awaitQuiet();
        cluster.sim.network().isolate(behind);
        cluster.await(cluster.propose(leader, "a"));
        cluster.sim.network().healAll();
        cluster.sim.network().isolate(leader);
        cluster.sim.runFor(Time.seconds(1));
    }

    @Test
    void whatALeaderHoldsForMatchingIsAcceptedWherePeersHoldIt() {
        RaftCluster cluster = new RaftCluster(7, 3);
        NodeId leader = cluster.awaitLeader();
        cluster.await(cluster.propose(leader, "a"));
        cluster.awaitQuiet();
        assertThat(cluster.group(leader).matchAdvances()).isPositive();
        for (NodeId node : cluster.sim.nodes()) {
            if (!node.equals(leader)) {
                invariants.observe(node, cluster.group(node));
            }
        }
        invariants.observe(leader, cluster.group(leader));
    }

    @Test
    void whatALeaderHoldsForMatchingIsRejectedWhereAPeerLacksIt() {
        RaftCluster longer = new RaftCluster(7, 3);
        NodeId leader = longer.awaitLeader();
        longer.await(longer.propose(leader, "a"));
        longer.awaitQuiet();
        longer.sim.runFor(Time.seconds(1));
        RaftCluster shorter = new RaftCluster(7, 3);
        shorter.awaitLeader();
        shorter.awaitQuiet();
        NodeId follower = leader.equals(ONE) ? TWO : ONE;
        invariants.observe(follower, shorter.group(follower));
        rejects(leader, longer.group(leader), "P10 progress: a leader counts what a peer does not hold");
    }

    @Test
    void whatALeaderHoldsForMatchingIsRejectedWhereAPeerIsStillInAnEarlierTerm() {
        RaftCluster cluster = new RaftCluster(7, 3);
        NodeId leader = cluster.awaitLeader();
        cluster.await(cluster.propose(leader, "a"));
        cluster.awaitQuiet();
        NodeId follower = leader.equals(ONE) ? TWO : ONE;
        assertThat(observeFresh(follower).term())
                .isLessThan(cluster.group(leader).term());
        rejects(leader, cluster.group(leader), "P10 progress: a leader counts what was acknowledged in another term");
    }

    /** A replica that runs and has not heard of any candidate is shown to the checker. */
    private RaftGroup observeFresh(NodeId node) {
        RaftCluster fresh = new RaftCluster(7, 3);
        RaftGroup group = fresh.group(node);
        fresh.sim.runUntil(() -> group.view().isRunning(), Time.seconds(1));
        invariants.observe(node, group);
        return group;
    }

    @Test
    void aReplicaThatForgotAndVotesInATermInWhichItVotedIsRejected() {
        invariants.observe(ONE, group(hermit()));
        invariants.onDiskHarmed(ONE);
        rejects(ONE, group(hermit()), "P13 remembrance: a replica that forgot votes in a term that is not above");
    }

    @Test
    void aReplicaThatForgotAndVotesWithoutWhatItHadOfWhatIsCommittedIsRejected() {
        RaftCluster longer = hermit();
        commit(longer, "a", "b");
        invariants.observe(ONE, group(longer));
        invariants.onDiskHarmed(ONE);
        RaftCluster shorter = new RaftCluster(7, 1);
        shorter.awaitLeader();
        shorter.sim.crash(ONE);
        shorter.sim.restart(ONE);
        shorter.awaitLeader();
        rejects(ONE, group(shorter), "P13 remembrance: a replica that forgot votes before it has again");
    }

    @Test
    void aReplicaWhoseDiskWasHarmedMayVoteInALaterTermWithAllThatItHad() {
        RaftCluster cluster = hermit();
        commit(cluster, "a", "b");
        invariants.observe(ONE, group(cluster));
        invariants.onDiskHarmed(ONE);
        cluster.sim.crash(ONE);
        cluster.sim.restart(ONE);
        cluster.awaitLeader();
        invariants.observe(ONE, group(cluster));
        assertThat(group(cluster).term()).isGreaterThan(2);
    }

    @Test
    void aLeaderThatOnlyAppendsIsAcceptedAndOneThatCutsItsLogOffIsRejected() {
        RaftCluster cluster = new RaftCluster(7, 3);
        NodeId leader = cluster.awaitLeader();
        cluster.awaitQuiet();
        RaftGroup group = cluster.group(leader);
        invariants.observe(leader, group);
        cluster.sim.network().isolate(leader);
        cluster.propose(leader, "a");
        cluster.propose(leader, "b");
        cluster.sim.runFor(Time.millis(1));
        assertThat(group.isLeader()).isTrue();
        invariants.observe(leader, group);
        RaftLog log = (RaftLog) group.view().log();
        // Nothing in the protocol would do that; the cluster's own checker sees it at the end of the event.
        assertThatThrownBy(() -> cluster.sim.onNode(leader, () -> log.truncateFrom(log.lastIndex())))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("P2 leader append-only: a leader cut off entries");
    }

    @Test
    void aReplicaThatGivesUpAnEntryThatOthersHaveCommittedIsRejected() {
        RaftCluster cluster = new RaftCluster(7, 3);
        NodeId leader = cluster.awaitLeader();
        cluster.awaitQuiet();
        cluster.propose(leader, "a");
        RaftGroup leading = cluster.group(leader);
        assertThat(cluster.sim.runUntil(() -> leading.commitIndex() == leading.lastIndex(), Time.seconds(1)))
                .isTrue();
        NodeId unaware = cluster.sim.nodes().stream()
                .filter(node -> cluster.group(node).commitIndex() < leading.commitIndex())
                .filter(node -> cluster.group(node).view().log().durableIndex() == leading.commitIndex())
                .findFirst()
                .orElseThrow();
        RaftLog log = (RaftLog) cluster.group(unaware).view().log();
        assertThatThrownBy(() -> cluster.sim.onNode(unaware, () -> log.truncateFrom(log.lastIndex())))
                .hasMessageContaining("P14 retention: a replica gave up a committed entry");
    }

    /** Section 7, step 6: the entries behind it may be acknowledged. */
    @Test
    void aSnapshotInThePlaceOfALogThatHoldsItsLastEntryIsRejected() {
        RaftCluster cluster = new RaftCluster(7, 3);
        NodeId leader = cluster.awaitLeader();
        cluster.awaitQuiet();
        cluster.propose(leader, "a");
        NodeId follower = cluster.sim.nodes().stream()
                .filter(node -> !node.equals(leader))
                .findFirst()
                .orElseThrow();
        RaftLog log = (RaftLog) cluster.group(follower).view().log();
        long before = log.lastIndex();
        assertThat(cluster.sim.runUntil(() -> log.lastIndex() > before, Time.seconds(1)))
                .isTrue();
        assertThatThrownBy(() -> cluster.sim.onNode(follower, () -> log.restartAt(before, log.term(before))))
                .hasMessageContaining("P15 suffix: a snapshot took the place of a log that holds its last entry");
    }

    @Test
    void aSnapshotInThePlaceOfALogThatEndsBeforeItIsAccepted() {
        RaftCluster cluster = new RaftCluster(7, 3);
        NodeId leader = cluster.awaitLeader();
        cluster.awaitQuiet();
        NodeId follower = cluster.sim.nodes().stream()
                .filter(node -> !node.equals(leader))
                .findFirst()
                .orElseThrow();
        cluster.sim.network().isolate(follower);
        cluster.await(cluster.propose(leader, "a"));
        RaftLog log = (RaftLog) cluster.group(follower).view().log();
        long last = cluster.group(leader).lastIndex();
        long term = cluster.group(leader).view().log().term(last);
        invariants.observe(leader, cluster.group(leader));
        invariants.observe(follower, cluster.group(follower));
        cluster.sim.onNode(follower, () -> log.restartAt(last, term));
        invariants.observe(follower, cluster.group(follower));
        assertThat(log.snapshotIndex()).isEqualTo(last);
    }

    @Test
    void aCommitThatNoMajorityIsSeenToHoldIsRejected() {
        RaftCluster cluster = new RaftCluster(7, 3);
        NodeId leader = cluster.awaitLeader();
        cluster.awaitQuiet();
        invariants.observe(leader, cluster.group(leader));
        cluster.await(cluster.propose(leader, "a"));
        rejects(leader, cluster.group(leader), "P11 quorum: a leader committed what no majority of the voters holds");
    }

    @Test
    void aRestartOnANewDiskMayLackWhatTheOldOneHad() {
        RaftCluster longer = hermit();
        commit(longer, "a", "b");
        invariants.observe(ONE, group(longer));
        invariants.observe(ONE, group(hermit()));
    }
}
