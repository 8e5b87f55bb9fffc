package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.Configuration;
import io.orrery.raft.MembershipChange;
import io.orrery.raft.MembershipChange.Outcome;
import io.orrery.raft.MembershipChange.Status;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftMarks;
import io.orrery.raft.Role;
import org.junit.jupiter.api.Test;

class MembershipTest {
    @Test
    void aJoinerLearnsTheLogAndIsPromotedToVote() {
        RaftCluster cluster = new RaftCluster(1, 3);
        NodeId leader = settledLeader(cluster);
        cluster.await(cluster.propose(leader, "a"));
        NodeId joiner = cluster.addJoiner("n4");
        cluster.sim.runFor(Time.seconds(2));
        assertThat(cluster.group(joiner).role()).as("it waits to be contacted").isEqualTo(Role.FOLLOWER);
        assertThat(cluster.group(joiner).term()).isZero();

        assertCommitted(cluster, leader, MembershipChange.addLearner(joiner));
        cluster.awaitQuiet();
        assertThat(cluster.applied(joiner)).containsExactly("a");
        awaitAnswer(cluster, leader, joiner);
        assertCommitted(cluster, leader, MembershipChange.promote(joiner));
        cluster.awaitQuiet();
        assertThat(cluster.group(joiner).configuration().isVoter(joiner)).isTrue();

        cluster.sim.crash(leader);
        cluster.sim.crash(other(cluster, leader));
        cluster.sim.runFor(Time.seconds(3));
        assertThat(cluster.leader()).as("two of four voters are no majority").isNull();
    }

    @Test
    void aLearnerDoesNotCountForCommits() {
        RaftCluster cluster = new RaftCluster(2, 1);
        NodeId leader = settledLeader(cluster);
        NodeId learner = cluster.addJoiner("n2");
        assertCommitted(cluster, leader, MembershipChange.addLearner(learner));
        cluster.sim.crash(learner);
        assertThat(cluster.await(cluster.propose(leader, "a")).status()).isEqualTo(Proposal.Status.COMMITTED);
    }

    @Test
    void aLearnerThatLagsIsNotPromoted() {
        RaftCluster cluster = new RaftCluster(3, 1);
        NodeId leader = settledLeader(cluster);
        NodeId learner = cluster.addJoiner("n2");
        cluster.sim.network().isolate(learner);
        assertCommitted(cluster, leader, MembershipChange.addLearner(learner));
        for (int i = 0; i < 1100; i++) {
            cluster.propose(leader, "c" + i);
        }
        Outcome outcome = cluster.await(cluster.change(leader, MembershipChange.promote(learner)));
        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.reason()).contains("lags");
    }

    @Test
    void aSecondChangeWaitsForTheFirst() {
        RaftCluster cluster = new RaftCluster(4, 3);
        NodeId leader = settledLeader(cluster);
        RaftCluster.Slot<Outcome> first = cluster.change(leader, MembershipChange.addLearner(NodeId.of("x")));
        RaftCluster.Slot<Outcome> second = cluster.change(leader, MembershipChange.addLearner(NodeId.of("y")));
        assertThat(cluster.await(second).status()).isEqualTo(Status.REFUSED);
        assertThat(second.value().reason()).contains("under way");
        assertThat(cluster.await(first).status()).isEqualTo(Status.COMMITTED);
    }

    @Test
    void aNewLeaderChangesNothingBeforeItHasCommittedInItsTerm() {
        RaftCluster cluster = new RaftCluster(5, 3);
        NodeId leader = cluster.awaitLeader();
        assertThat(cluster.group(leader).commitIndex()).isZero();
        Outcome outcome = cluster.await(cluster.change(leader, MembershipChange.remove(other(cluster, leader))));
        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.reason()).contains("its term");
    }

    @Test
    void impossibleChangesAreRefusedWithTheirReason() {
        RaftCluster cluster = new RaftCluster(6, 1);
        NodeId leader = settledLeader(cluster);
        assertRefused(cluster, leader, MembershipChange.remove(leader), "only voter");
        assertRefused(cluster, leader, MembershipChange.addLearner(leader), "is a member");
        assertRefused(cluster, leader, MembershipChange.promote(leader), "not a learner");
        assertRefused(cluster, leader, MembershipChange.remove(NodeId.of("x")), "not a member");
    }

    @Test
    void aLeaderThatRemovesItselfStepsDownWhenThatIsCommittedAndTheOthersGoOn() {
        RaftCluster cluster = new RaftCluster(7, 3);
        NodeId leader = settledLeader(cluster);
        assertCommitted(cluster, leader, MembershipChange.remove(leader));
        assertThat(cluster.group(leader).isLeader()).isFalse();
        assertThat(cluster.sim.marks()).containsKey(RaftMarks.REMOVED_LEADER_STEPPED_DOWN);
        NodeId next = cluster.awaitLeader();
        assertThat(next).isNotEqualTo(leader);
        assertThat(cluster.await(cluster.propose(next, "a")).status()).isEqualTo(Proposal.Status.COMMITTED);
        assertThat(cluster.group(next).configuration().isMember(leader)).isFalse();
    }

    @Test
    void aRemovedNodeThatDoesNotKnowItDoesNotDisturb() {
        RaftCluster cluster = new RaftCluster(8, 3);
        NodeId leader = settledLeader(cluster);
        NodeId removed = other(cluster, leader);
        cluster.sim.network().isolate(removed);
        assertCommitted(cluster, leader, MembershipChange.remove(removed));
        cluster.sim.runFor(Time.seconds(2));
        cluster.sim.network().heal();
        long term = cluster.group(leader).term();
        cluster.sim.runFor(Time.seconds(10));
        assertThat(cluster.group(leader).isLeader()).isTrue();
        assertThat(cluster.group(leader).term()).isEqualTo(term);
    }

    @Test
    void aRemovedNodeThatCanBeReachedIsToldBeforeItIsForgotten() {
        RaftCluster cluster = new RaftCluster(9, 3);
        NodeId leader = settledLeader(cluster);
        NodeId removed = other(cluster, leader);
        assertCommitted(cluster, leader, MembershipChange.remove(removed));
        cluster.sim.runFor(Time.seconds(1));
        assertThat(cluster.group(removed).configuration().isMember(removed)).isFalse();
        assertThat(cluster.group(removed).commitIndex())
                .isEqualTo(cluster.group(leader).commitIndex());
    }

    @Test
    void aConfigurationWhoseEntryIsCutOffIsRolledBack() {
        RaftCluster cluster = new RaftCluster(10, 3);
        NodeId leader = settledLeader(cluster);
        Configuration before = cluster.group(leader).configuration();
        cluster.sim.network().isolate(leader);
        RaftCluster.Slot<Outcome> lost = cluster.change(leader, MembershipChange.addLearner(NodeId.of("x")));
        assertThat(cluster.group(leader).configuration()).as("in force at once").isNotEqualTo(before);
        assertThat(cluster.await(lost).status()).isEqualTo(Status.UNKNOWN);
        NodeId next = cluster.awaitLeader();
        cluster.await(cluster.propose(next, "a"));
        cluster.sim.network().heal();
        cluster.awaitQuiet();
        assertThat(cluster.group(leader).configuration()).isEqualTo(before);
        assertThat(cluster.sim.marks()).containsKey(RaftMarks.CONFIGURATION_ROLLED_BACK);
    }

    /**
     * A voter holds the learner's promotion, uncommitted; the learner holds entries of a later leader, now dead, that cut it
     * off. Neither voter can win: one lacks the learner's vote, the other the first one's.
     */
    /** A log may be so short that who has nothing of it does not lag. */
    @Test
    void aLearnerThatHasNeverAnsweredIsNotPromoted() {
        RaftCluster cluster = new RaftCluster(13, 3);
        NodeId leader = settledLeader(cluster);
        NodeId joiner = cluster.addJoiner("n4");
        cluster.sim.network().cut(leader, joiner);
        assertCommitted(cluster, leader, MembershipChange.addLearner(joiner));
        assertRefused(cluster, leader, MembershipChange.promote(joiner), "n4 has not answered");

        cluster.sim.network().heal();
        awaitAnswer(cluster, leader, joiner);
        assertCommitted(cluster, leader, MembershipChange.promote(joiner));
    }

    /** Its vote would be needed, and withheld: where the others are no majority without it, nobody would be elected. */
    @Test
    void aLearnerThatMayHaveForgottenIsNotPromotedBeforeItVotes() {
        RaftCluster cluster = new RaftCluster(14, 3);
        NodeId leader = settledLeader(cluster);
        NodeId joiner = cluster.addSuspect("n4");
        assertCommitted(cluster, leader, MembershipChange.addLearner(joiner));
        awaitAnswer(cluster, leader, joiner);
        assertRefused(cluster, leader, MembershipChange.promote(joiner), "does not know yet whether it may vote");

        cluster.sim.runFor(3 * cluster.config.timing().electionNanos());
        assertThat(cluster.group(joiner).view().hasForgotten()).isFalse();
        assertCommitted(cluster, leader, MembershipChange.promote(joiner));
    }

    @Test
    void aLearnerWithTheLongestLogLeadsUntilTheVotersHaveIt() {
        RaftCluster cluster = new RaftCluster(12, 3);
        NodeId promoter = settledLeader(cluster);
        NodeId learner = cluster.addJoiner("n4");
        assertCommitted(cluster, promoter, MembershipChange.addLearner(learner));
        awaitAnswer(cluster, promoter, learner);
        cluster.sim.network().isolate(promoter);
        cluster.change(promoter, MembershipChange.promote(learner));
        cluster.sim.runUntil(() -> !promoter.equals(cluster.leader()), Time.seconds(20));
        NodeId doomed = cluster.awaitLeader();
        NodeId behind = cluster.config.initial().voters().stream()
                .filter(id -> !id.equals(promoter) && !id.equals(doomed))
                .findFirst()
                .orElseThrow();
        cluster.sim.network().cut(doomed, behind);
        long term = cluster.group(doomed).term();
        cluster.sim.runUntil(() -> lastTerm(cluster, learner) == term, Time.seconds(20));
        assertThat(lastTerm(cluster, behind)).as("it has not got the entry").isLessThan(term);
        cluster.sim.crash(doomed);
        cluster.sim.network().heal();

        boolean led = cluster.sim.runUntil(
                () -> leadsAfter(cluster, term, promoter) || leadsAfter(cluster, term, behind), Time.seconds(10));
        assertThat(led).as("a voter leads").isTrue();
        assertThat(cluster.await(cluster.propose(cluster.leader(), "a")).status())
                .isEqualTo(Proposal.Status.COMMITTED);
        assertThat(cluster.sim.marks()).containsKey(RaftMarks.NON_VOTER_NEEDED);
    }

    private static boolean leadsAfter(RaftCluster cluster, long term, NodeId id) {
        return cluster.group(id).isLeader() && cluster.group(id).term() > term;
    }

    private static long lastTerm(RaftCluster cluster, NodeId id) {
        return cluster.group(id).view().log().term(cluster.group(id).lastIndex());
    }

    @Test
    void membershipSurvivesARestart() {
        RaftCluster cluster = new RaftCluster(11, 3);
        NodeId leader = settledLeader(cluster);
        NodeId removed = other(cluster, leader);
        assertCommitted(cluster, leader, MembershipChange.remove(removed));
        cluster.sim.nodes().forEach(cluster.sim::crash);
        cluster.sim.nodes().forEach(cluster.sim::restart);
        NodeId next = cluster.awaitLeader();
        assertThat(cluster.group(next).configuration().isMember(removed)).isFalse();
    }

    /** A learner that has not answered is not promoted: it may have to ask what it has forgotten. */
    private static void awaitAnswer(RaftCluster cluster, NodeId leader, NodeId learner) {
        boolean answered = cluster.sim.runUntil(
                () -> cluster.group(leader).peers().stream()
                        .anyMatch(peer -> peer.node().equals(learner) && peer.matchIndex() > 0),
                Time.seconds(20));
        assertThat(answered).isTrue();
    }

    private static NodeId settledLeader(RaftCluster cluster) {
        cluster.awaitLeader();
        cluster.awaitQuiet();
        return cluster.awaitLeader();
    }

    private static void assertCommitted(RaftCluster cluster, NodeId leader, MembershipChange change) {
        assertThat(cluster.await(cluster.change(leader, change)))
                .extracting(Outcome::status, Outcome::reason)
                .containsExactly(Status.COMMITTED, "");
    }

    private static void assertRefused(RaftCluster cluster, NodeId leader, MembershipChange change, String reason) {
        Outcome outcome = cluster.await(cluster.change(leader, change));
        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.reason()).contains(reason);
    }

    private static NodeId other(RaftCluster cluster, NodeId than) {
        return cluster.sim.nodes().stream()
                .filter(id -> !id.equals(than))
                .findFirst()
                .orElseThrow();
    }
}
