package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.Configuration;
import io.orrery.raft.MembershipMarks;
import io.orrery.raft.Proposal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A majority is gone for good. */
class RecoveryTest {
    @Test
    void theRestGoesOnUnderAForcedConfigurationWithAllThatItHolds() {
        RaftCluster cluster = new RaftCluster(1, 5);
        NodeId leader = settledLeader(cluster);
        cluster.await(cluster.propose(leader, "a"));
        cluster.awaitQuiet();
        List<NodeId> rest = crashMajority(cluster, leader);
        cluster.sim.runFor(Time.seconds(2));
        assertThat(cluster.leader()).isNull();

        String words = recover(cluster, rest.get(0), rest, true);
        assertThat(words).contains("forced voters", "are lost");
        boolean led = cluster.sim.runUntil(() -> cluster.leader() != null, Time.seconds(5));
        assertThat(led).isTrue();
        NodeId next = cluster.leader();
        assertThat(cluster.await(cluster.propose(next, "b")).status()).isEqualTo(Proposal.Status.COMMITTED);
        cluster.awaitQuiet();
        for (NodeId node : rest) {
            assertThat(cluster.applied(node)).containsExactly("a", "b");
            assertThat(cluster.group(node).configuration().voters()).isEqualTo(rest);
            assertThat(cluster.group(node).configuration().forced()).isTrue();
        }
        assertThat(cluster.sim.marks()).containsKey(MembershipMarks.QUORUM_FORCED);
        assertThat(cluster.group(rest.get(0)).events())
                .anyMatch(event -> event.what().equals("recover"));
    }

    @Test
    void oneNodeRecoversAlone() {
        RaftCluster cluster = new RaftCluster(2, 3);
        NodeId leader = settledLeader(cluster);
        NodeId last = others(cluster, leader).get(0);
        others(cluster, last).forEach(cluster.sim::crash);
        cluster.sim.runFor(Time.seconds(1));
        recover(cluster, last, List.of(last), true);
        assertThat(cluster.await(awaitedProposal(cluster, last)).status()).isEqualTo(Proposal.Status.COMMITTED);
        assertThat(cluster.group(last).configuration().voters()).containsExactly(last);
    }

    private static RaftCluster.Slot<Proposal.Outcome> awaitedProposal(RaftCluster cluster, NodeId node) {
        assertThat(cluster.sim.runUntil(() -> cluster.group(node).isLeader(), Time.seconds(5)))
                .isTrue();
        return cluster.propose(node, "x");
    }

    @Test
    void whileALeaderIsThereItIsRefused() {
        RaftCluster cluster = new RaftCluster(3, 3);
        NodeId leader = settledLeader(cluster);
        NodeId follower = others(cluster, leader).get(0);
        assertThat(recover(cluster, leader, List.of(leader), false)).contains("there is a leader");
        assertThat(recover(cluster, follower, List.of(follower), false)).contains("there is a leader, " + leader);
    }

    @Test
    void whileAQuorumAnswersItIsRefusedThoughNobodyLeads() {
        RaftCluster cluster = new RaftCluster(4, 3);
        NodeId leader = settledLeader(cluster);
        List<NodeId> rest = others(cluster, leader);
        cluster.sim.crash(leader);
        boolean free = cluster.sim.runUntil(() -> cluster.group(rest.get(0)).leader() == null, Time.seconds(2));
        assertThat(free).isTrue();
        Configuration before = cluster.group(rest.get(0)).configuration();
        String words = recover(cluster, rest.get(0), List.of(rest.get(0)), false);
        assertThat(words).containsAnyOf("a quorum answered", "there is a leader");
        assertThat(cluster.group(rest.get(0)).configuration()).isEqualTo(before);
    }

    @Test
    void onANodeWhoseLogIsShorterThanAnothersItIsRefused() {
        RaftCluster cluster = new RaftCluster(5, 5);
        NodeId leader = settledLeader(cluster);
        NodeId behind = others(cluster, leader).get(0);
        NodeId ahead = others(cluster, leader).get(1);
        cluster.sim.network().isolate(behind);
        cluster.await(cluster.propose(leader, "a"));
        cluster.awaitQuiet(List.of(ahead));
        for (NodeId node : cluster.sim.nodes()) {
            if (!node.equals(behind) && !node.equals(ahead)) {
                cluster.sim.crash(node);
            }
        }
        cluster.sim.network().heal();
        cluster.sim.runFor(Time.seconds(1));
        List<NodeId> both = List.of(behind, ahead);
        assertThat(recover(cluster, behind, both, false)).contains(ahead + " did not answer, or would not vote");
        recover(cluster, ahead, both, true);
        assertThat(cluster.await(awaitedProposal(cluster, ahead)).status()).isEqualTo(Proposal.Status.COMMITTED);
        cluster.awaitQuiet();
        assertThat(cluster.applied(behind)).containsExactly("a", "x");
    }

    @Test
    void votersThatHoldNothingAreRefused() {
        RaftCluster cluster = new RaftCluster(6, 3);
        NodeId leader = settledLeader(cluster);
        NodeId last = others(cluster, leader).get(0);
        others(cluster, last).forEach(cluster.sim::crash);
        cluster.sim.runFor(Time.seconds(1));
        assertThat(recover(cluster, last, List.of(leader), false)).contains("must be one of the voters");
        assertThat(recover(cluster, last, List.of(last, NodeId.of("x")), false)).contains("x is not a member");
    }

    @Test
    void whereAMajorityForgotTheRestGoesOnOnceTheForgetfulAreStoppedAndTheyComeBackAsTheyAre() {
        RaftCluster cluster = new RaftCluster(7, 3);
        NodeId leader = settledLeader(cluster);
        cluster.await(cluster.propose(leader, "a"));
        cluster.awaitQuiet();
        NodeId whole = others(cluster, leader).get(0);
        List<NodeId> wiped = others(cluster, whole);
        wiped.forEach(cluster.sim::crash);
        wiped.forEach(cluster.sim::wipe);
        wiped.forEach(cluster.sim::restart);
        cluster.sim.runFor(Time.seconds(10));
        assertThat(cluster.leader()).isNull();
        assertThat(recover(cluster, whole, List.of(whole), false)).contains("a quorum answered", "are stopped first");

        wiped.forEach(cluster.sim::crash);
        cluster.sim.runFor(Time.seconds(1));
        recover(cluster, whole, List.of(whole), true);
        assertThat(cluster.await(awaitedProposal(cluster, whole)).status()).isEqualTo(Proposal.Status.COMMITTED);
        wiped.forEach(cluster.sim::restart);
        cluster.sim.runFor(Time.seconds(3));
        assertThat(cluster.leader()).isEqualTo(whole);
        assertThat(cluster.group(whole).configuration().voters()).containsExactly(whole);
    }

    private static String recover(RaftCluster cluster, NodeId on, List<NodeId> voters, boolean succeeds) {
        List<String> words = new ArrayList<>();
        List<Boolean> ends = new ArrayList<>();
        cluster.sim.onNode(
                on,
                () -> cluster.group(on).recover(voters, (isDone, text) -> {
                    ends.add(isDone);
                    words.add(text);
                }));
        cluster.sim.runUntil(() -> !words.isEmpty(), Time.seconds(5));
        assertThat(ends).as(words.toString()).containsExactly(succeeds);
        return words.get(0);
    }

    private static List<NodeId> crashMajority(RaftCluster cluster, NodeId leader) {
        List<NodeId> rest = others(cluster, leader);
        cluster.sim.crash(leader);
        cluster.sim.crash(rest.remove(0));
        cluster.sim.crash(rest.remove(0));
        return rest;
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
