package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.MembershipChange;
import io.orrery.raft.MembershipMarks;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftMarks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferTest {
    @Test
    void noRequestFailsAndNoneWaitsLongWhileLeadershipIsHandedOver() {
        for (long seed = 1; seed <= 20; seed++) {
            RaftCluster cluster = new RaftCluster(seed, 3);
            NodeId leader = settledLeader(cluster);
            List<RaftCluster.Slot<Proposal.Outcome>> slots = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                if (i == 100) {
                    cluster.sim.onNode(
                            leader,
                            () -> assertThat(cluster.group(leader).maybeHandOver())
                                    .isTrue());
                }
                slots.add(cluster.forward(cluster.id(1 + i % 3), "c" + i));
                cluster.sim.runFor(Time.micros(500));
            }
            cluster.sim.runFor(Time.millis(50));
            for (RaftCluster.Slot<Proposal.Outcome> slot : slots) {
                assertThat(slot.value()).as("within 50 ms, seed " + seed).isNotNull();
                assertThat(slot.value().status()).as("seed " + seed).isEqualTo(Proposal.Status.COMMITTED);
            }
            assertThat(cluster.group(leader).isLeader()).isFalse();
            assertThat(cluster.sim.marks()).containsKey(RaftMarks.TRANSFERRED);
        }
    }

    @Test
    void aLeaderThatRemovesItselfLetsAnotherTakeOverAndNobodyWaitsForAnElectionTimeout() {
        for (long seed = 1; seed <= 5; seed++) {
            RaftCluster cluster = new RaftCluster(seed, 3);
            NodeId leader = settledLeader(cluster);
            RaftCluster.Slot<MembershipChange.Outcome> removal =
                    cluster.change(leader, MembershipChange.remove(leader));
            cluster.sim.runUntil(() -> removal.value() != null, Time.seconds(1));
            boolean isLed = cluster.sim.runUntil(
                    () -> cluster.leader() != null && !cluster.leader().equals(leader), Time.millis(50));
            assertThat(isLed)
                    .as("within a quarter of an election timeout, seed " + seed)
                    .isTrue();
            assertThat(cluster.sim.marks()).containsKey(MembershipMarks.REMOVED_LEADER_HANDED_OVER);
        }
    }

    @Test
    void whatWasHeldTakesItsCourseWhenTheSuccessorDoesNotAnswer() {
        RaftCluster cluster = new RaftCluster(2, 3);
        NodeId leader = settledLeader(cluster);
        NodeId successor = cluster.id(1).equals(leader) ? cluster.id(2) : cluster.id(1);
        cluster.sim.network().isolate(successor);
        cluster.sim.onNode(
                leader,
                () -> assertThat(cluster.group(leader).maybeTransferTo(successor))
                        .isTrue());
        cluster.propose(leader, "before");
        RaftCluster.Slot<Proposal.Outcome> held = cluster.propose(leader, "held");
        cluster.sim.runFor(Time.millis(100));
        assertThat(held.value()).as("it waits").isNull();
        assertThat(cluster.sim.marks()).containsKey(MembershipMarks.PROPOSAL_HELD);
        assertThat(cluster.await(held).status()).isEqualTo(Proposal.Status.COMMITTED);
        assertThat(cluster.group(leader).isLeader()).isTrue();
        assertThat(cluster.sim.marks()).containsKey(RaftMarks.TRANSFER_EXPIRED);
    }

    @Test
    void aHeldProposalOfADeposedLeaderCertainlyHadNoEffect() {
        RaftCluster cluster = new RaftCluster(3, 3);
        NodeId leader = settledLeader(cluster);
        List<RaftCluster.Slot<Proposal.Outcome>> slots = new ArrayList<>();
        cluster.sim.onNode(leader, () -> cluster.group(leader).maybeHandOver());
        slots.add(cluster.propose(leader, "held"));
        Proposal.Outcome outcome = cluster.await(slots.get(0));
        assertThat(outcome.status()).isEqualTo(Proposal.Status.NOT_LEADER);
        assertThat(outcome.leader()).as("who takes over").isNotNull().isNotEqualTo(leader);
        cluster.awaitLeader();
        cluster.awaitQuiet();
        assertThat(cluster.applied(leader)).isEmpty();
    }

    @Test
    void theSuccessorIsTheOneOfTheHighestPriorityThatHasAll() {
        RaftCluster cluster = new RaftCluster(4, 5);
        NodeId leader = settledLeader(cluster);
        List<NodeId> others = new ArrayList<>(cluster.config.initial().voters());
        others.remove(leader);
        for (int i = 0; i < 4; i++) {
            cluster.priority(others.get(i), 50 + 10 * i);
            cluster.sim.crash(others.get(i));
            cluster.sim.restart(others.get(i));
            cluster.sim.runFor(Time.millis(200));
        }
        assertThat(cluster.leader()).isEqualTo(leader);
        cluster.sim.network().isolate(others.get(3));
        cluster.await(cluster.propose(leader, "a"));
        cluster.awaitQuiet(others.subList(0, 3));
        cluster.sim.onNode(leader, () -> cluster.group(leader).maybeHandOver());
        boolean moved = cluster.sim.runUntil(() -> others.get(2).equals(cluster.leader()), Time.millis(100));
        assertThat(moved).as("the best one lacks an entry").isTrue();
    }

    @Test
    void aLeaderOfLowPriorityYieldsToAClearlyBetterOneAndKeepsItsPlaceAmongEquals() {
        RaftCluster cluster = new RaftCluster(5, 3);
        cluster.config.initial().voters().forEach(member -> cluster.priority(member, 95));
        cluster.priority(cluster.id(2), 40);
        restartAll(cluster);
        NodeId leader = settledLeader(cluster);
        cluster.sim.onNode(leader, () -> cluster.group(leader).maybeTransferTo(cluster.id(2)));
        cluster.sim.runFor(Time.millis(100));
        if (leader.equals(cluster.id(2))) {
            throw new AssertionError("the seed should elect another first");
        }
        assertThat(cluster.leader()).isEqualTo(cluster.id(2));
        boolean yielded = cluster.sim.runUntil(
                () -> cluster.leader() != null && !cluster.id(2).equals(cluster.leader()), Time.seconds(5));
        assertThat(yielded).isTrue();
        assertThat(cluster.sim.marks()).containsKey(MembershipMarks.YIELDED_TO_PRIORITY);
        NodeId next = cluster.leader();
        long term = cluster.group(next).term();
        cluster.sim.runFor(Time.seconds(20));
        assertThat(cluster.group(next).term()).as("nobody is clearly better").isEqualTo(term);
    }

    @Test
    void aLowPriorityWaitsLongerButNeverForOthers() {
        int best = 0;
        for (long seed = 1; seed <= 10; seed++) {
            RaftCluster cluster = new RaftCluster(seed, 3);
            cluster.priority(cluster.id(1), 0);
            cluster.priority(cluster.id(2), 0);
            restartAll(cluster);
            best += cluster.awaitLeader().equals(cluster.id(3)) ? 1 : 0;
            cluster.sim.crash(cluster.id(3));
            boolean led = cluster.sim.runUntil(
                    () -> cluster.leader() != null, cluster.config.timing().electionNanos() * 10);
            assertThat(led).as("only low ones are left, seed " + seed).isTrue();
        }
        assertThat(best).as("elections won by the best of three").isEqualTo(10);
    }

    private static void restartAll(RaftCluster cluster) {
        for (NodeId node : cluster.sim.nodes()) {
            cluster.sim.crash(node);
            cluster.sim.restart(node);
        }
    }

    private static NodeId settledLeader(RaftCluster cluster) {
        cluster.awaitLeader();
        cluster.awaitQuiet();
        return cluster.awaitLeader();
    }
}
