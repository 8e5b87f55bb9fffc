package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.Configuration;
import io.orrery.raft.MembershipChange;
import io.orrery.raft.MembershipChange.Outcome;
import io.orrery.raft.MembershipChange.Status;
import io.orrery.raft.MembershipMarks;
import io.orrery.raft.Proposal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes of several members at once; safety is checked after every event. */
class JointMembershipTest {
    @Test
    void allVotersAreReplacedAtOnceAndTheGroupGoesOn() {
        RaftCluster cluster = new RaftCluster(1, 3);
        NodeId leader = settledLeader(cluster);
        cluster.await(cluster.propose(leader, "a"));
        List<NodeId> fresh = joiners(cluster, "x1", "x2", "x3");
        Outcome outcome = cluster.await(cluster.change(leader, replace(cluster, leader, fresh)));

        assertThat(outcome.status()).isEqualTo(Status.COMMITTED);
        assertThat(cluster.sim.marks())
                .containsKeys(
                        MembershipMarks.JOINT_ENTERED,
                        MembershipMarks.JOINT_LEFT,
                        MembershipMarks.VOTERS_REPLACED,
                        MembershipMarks.LEADER_REMOVED_IN_JOINT);
        boolean moved = cluster.sim.runUntil(
                () -> cluster.leader() != null && fresh.contains(cluster.leader()), Time.seconds(5));
        assertThat(moved).as("a new voter leads").isTrue();
        NodeId next = cluster.leader();
        assertThat(cluster.group(next).configuration()).isEqualTo(Configuration.ofVoters(fresh));
        cluster.config.initial().voters().forEach(cluster.sim::crash);
        assertThat(cluster.await(cluster.propose(next, "b")).status()).isEqualTo(Proposal.Status.COMMITTED);
        assertThat(cluster.applied(next)).containsExactly("a", "b");
    }

    @Test
    void nothingIsCommittedInAJointConfigurationWithoutTheOutgoingVoters() {
        RaftCluster cluster = new RaftCluster(2, 3);
        NodeId leader = settledLeader(cluster);
        List<NodeId> voters = joiners(cluster, "x1", "x2");
        voters.add(leader);
        others(cluster, leader).forEach(cluster.sim::crash);
        RaftCluster.Slot<Outcome> change = cluster.change(leader, replace(cluster, leader, voters));
        cluster.sim.runFor(Time.millis(150));
        assertThat(change.value()).isNull();
        assertThat(cluster.group(leader).configuration().isJoint()).isTrue();
        assertThat(cluster.sim.marks()).containsKey(MembershipMarks.WAITED_FOR_OUTGOING);

        others(cluster, leader).forEach(cluster.sim::restart);
        boolean left = cluster.sim.runUntil(
                () -> cluster.leader() != null
                        && !cluster.group(cluster.leader()).configuration().isJoint(),
                Time.seconds(10));
        assertThat(left).isTrue();
    }

    @Test
    void aSuccessorLeavesTheJointConfigurationThatACrashedLeaderEntered() {
        RaftCluster cluster = new RaftCluster(3, 3);
        NodeId leader = settledLeader(cluster);
        NodeId joiner = cluster.addJoiner("x1");
        List<NodeId> voters = others(cluster, leader);
        voters.add(joiner);
        cluster.change(leader, replace(cluster, leader, voters));
        NodeId follower = voters.get(0);
        boolean joint = cluster.sim.runUntil(
                () -> cluster.group(follower).configuration().isJoint(), Time.seconds(1));
        assertThat(joint).isTrue();
        cluster.sim.crash(leader);

        boolean left = cluster.sim.runUntil(
                () -> cluster.leader() != null
                        && cluster.group(cluster.leader()).configuration().equals(Configuration.ofVoters(voters)),
                Time.seconds(20));
        assertThat(left).isTrue();
        assertThat(cluster.sim.marks())
                .containsKeys(MembershipMarks.ELECTED_IN_JOINT, MembershipMarks.JOINT_LEFT_BY_SUCCESSOR);
    }

    @Test
    void aJointConfigurationWhoseEntryIsCutOffIsRolledBack() {
        RaftCluster cluster = new RaftCluster(4, 3);
        NodeId leader = settledLeader(cluster);
        Configuration before = cluster.group(leader).configuration();
        List<NodeId> fresh = joiners(cluster, "x1", "x2");
        fresh.forEach(cluster.sim::crash);
        cluster.sim.network().isolate(leader);
        RaftCluster.Slot<Outcome> lost = cluster.change(leader, replace(cluster, leader, fresh));
        assertThat(cluster.group(leader).configuration().isJoint())
                .as("in force at once")
                .isTrue();
        assertThat(cluster.await(lost).status()).isEqualTo(Status.UNKNOWN);
        NodeId next = cluster.awaitLeader();
        cluster.await(cluster.propose(next, "a"));
        cluster.sim.network().heal();
        cluster.awaitQuiet();
        assertThat(cluster.group(leader).configuration()).isEqualTo(before);
        assertThat(cluster.sim.marks()).containsKey(MembershipMarks.JOINT_ROLLED_BACK);
    }

    @Test
    void theEndOfAJointConfigurationIsRolledBackIntoIt() {
        RaftCluster cluster = new RaftCluster(9, 3);
        NodeId leader = settledLeader(cluster);
        List<NodeId> fresh = joiners(cluster, "x1", "x2");
        RaftCluster.Slot<Outcome> change = cluster.change(leader, replace(cluster, leader, fresh));
        boolean left = cluster.sim.runUntil(
                () -> cluster.group(leader).configuration().equals(Configuration.ofVoters(fresh)), Time.seconds(2));
        assertThat(left).isTrue();
        cluster.sim.network().isolate(leader);
        assertThat(cluster.await(change).status()).as("it may hold").isEqualTo(Status.UNKNOWN);
        boolean ended = cluster.sim.runUntil(
                () -> cluster.leader() != null
                        && cluster.group(cluster.leader()).configuration().equals(Configuration.ofVoters(fresh)),
                Time.seconds(20));
        assertThat(ended).as("another leader ended it").isTrue();
        cluster.sim.network().heal();
        cluster.sim.runFor(Time.seconds(3));
        assertThat(cluster.sim.marks()).containsKey(MembershipMarks.JOINT_BACK_IN_FORCE);
    }

    @Test
    void whoIsDemotedLearnsOnAndVotesNoMore() {
        RaftCluster cluster = new RaftCluster(5, 3);
        NodeId leader = settledLeader(cluster);
        List<NodeId> demoted = others(cluster, leader);
        MembershipChange change = MembershipChange.demote(demoted.get(0)).and(MembershipChange.demote(demoted.get(1)));
        assertThat(cluster.await(cluster.change(leader, change)).status()).isEqualTo(Status.COMMITTED);
        assertThat(cluster.group(leader).configuration()).isEqualTo(new Configuration(List.of(leader), demoted));
        demoted.forEach(cluster.sim::crash);
        assertThat(cluster.await(cluster.propose(leader, "a")).status()).isEqualTo(Proposal.Status.COMMITTED);
        demoted.forEach(cluster.sim::restart);
        cluster.awaitQuiet();
        assertThat(cluster.applied(demoted.get(0))).containsExactly("a");
    }

    @Test
    void aLearnerThatWasAddedToVoteDoesSoWhenItHasCaughtUp() {
        RaftCluster cluster = new RaftCluster(6, 3);
        NodeId leader = settledLeader(cluster);
        NodeId joiner = cluster.addJoiner("x1");
        cluster.sim.network().isolate(joiner);
        MembershipChange change = MembershipChange.addPromotable(joiner);
        assertThat(cluster.await(cluster.change(leader, change)).status()).isEqualTo(Status.COMMITTED);
        cluster.sim.runFor(Time.seconds(2));
        assertThat(cluster.group(leader).configuration().isPromotable(joiner)).isTrue();
        cluster.sim.network().heal();
        boolean votes =
                cluster.sim.runUntil(() -> cluster.group(leader).configuration().isVoter(joiner), Time.seconds(5));
        assertThat(votes).isTrue();
        assertThat(cluster.group(leader).configuration().promotable()).isEmpty();
        assertThat(cluster.sim.marks()).containsKey(MembershipMarks.LEARNER_PROMOTED_ITSELF);
    }

    /** The leader that began it is gone; what the learner was added for is in the configuration. */
    @Test
    void aLearnerIsPromotedByALaterLeaderToo() {
        RaftCluster cluster = new RaftCluster(7, 3);
        NodeId leader = settledLeader(cluster);
        NodeId joiner = cluster.addJoiner("x1");
        cluster.sim.network().isolate(joiner);
        cluster.await(cluster.change(leader, MembershipChange.addPromotable(joiner)));
        cluster.awaitQuiet(cluster.config.initial().voters());
        cluster.sim.crash(leader);
        cluster.sim.network().heal();
        boolean votes = cluster.sim.runUntil(
                () -> cluster.leader() != null
                        && cluster.group(cluster.leader()).configuration().isVoter(joiner),
                Time.seconds(20));
        assertThat(votes).isTrue();
    }

    /**
     * The leader removes itself with all other voters, and dies when nobody but it has left the joint configuration: those
     * who count on its vote need it, though it votes no more by its own log.
     */
    @Test
    void aLeaderThatAloneLeftTheJointConfigurationIsHeardWhenItComesBack() {
        RaftCluster cluster = new RaftCluster(8, 1);
        NodeId leader = settledLeader(cluster);
        List<NodeId> fresh = joiners(cluster, "x1");
        cluster.change(leader, replace(cluster, leader, fresh));
        boolean isOut = cluster.sim.runUntil(
                () -> !cluster.group(leader).configuration().isVoter(leader), Time.seconds(2));
        assertThat(isOut).isTrue();
        cluster.sim.crash(leader);
        assertThat(cluster.group(fresh.get(0)).configuration().isJoint())
                .as("it has not heard of the end")
                .isTrue();
        cluster.sim.runFor(Time.seconds(2));
        assertThat(cluster.leader()).as("the outgoing voter is needed").isNull();
        cluster.sim.restart(leader);
        boolean led = cluster.sim.runUntil(() -> fresh.get(0).equals(cluster.leader()), Time.seconds(20));
        assertThat(led).isTrue();
        assertThat(cluster.await(cluster.propose(fresh.get(0), "a")).status()).isEqualTo(Proposal.Status.COMMITTED);
    }

    private static MembershipChange replace(RaftCluster cluster, NodeId leader, List<NodeId> voters) {
        return MembershipChange.replaceVoters(cluster.group(leader).configuration(), voters);
    }

    private static List<NodeId> joiners(RaftCluster cluster, String... names) {
        List<NodeId> joiners = new ArrayList<>();
        for (String name : names) {
            joiners.add(cluster.addJoiner(name));
        }
        return joiners;
    }

    private static List<NodeId> others(RaftCluster cluster, NodeId than) {
        List<NodeId> others = new ArrayList<>(cluster.config.initial().voters());
        others.remove(than);
        return others;
    }

    private static NodeId settledLeader(RaftCluster cluster) {
        cluster.awaitLeader();
        cluster.awaitQuiet();
        return cluster.awaitLeader();
    }
}
