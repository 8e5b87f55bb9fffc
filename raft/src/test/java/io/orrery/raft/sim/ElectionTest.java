package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.Proposal;
import io.orrery.raft.Proposal.Status;
import io.orrery.raft.RaftMarks;
import io.orrery.raft.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElectionTest {
    @Test
    void threeNodesElectALeaderAndCommit() {
        RaftCluster cluster = new RaftCluster(1, 3);
        NodeId leader = cluster.awaitLeader();
        assertThat(cluster.await(cluster.propose(leader, "a")).status()).isEqualTo(Status.COMMITTED);
        assertThat(cluster.await(cluster.propose(leader, "b")).result().utf8()).isEqualTo("2");
        cluster.awaitQuiet();
        for (NodeId id : cluster.sim.nodes()) {
            assertThat(cluster.applied(id)).containsExactly("a", "b");
        }
    }

    @Test
    void aSingleNodeElectsItselfAndCommitsAlone() {
        RaftCluster cluster = new RaftCluster(2, 1);
        NodeId leader = cluster.awaitLeader();
        assertThat(cluster.await(cluster.propose(leader, "a")).status()).isEqualTo(Status.COMMITTED);
    }

    @Test
    void theOthersElectANewLeaderWhenTheFirstCrashes() {
        RaftCluster cluster = new RaftCluster(3, 3);
        NodeId first = cluster.awaitLeader();
        cluster.await(cluster.propose(first, "a"));
        cluster.sim.crash(first);
        NodeId second = cluster.awaitLeader();
        assertThat(second).isNotEqualTo(first);
        cluster.await(cluster.propose(second, "b"));
        cluster.sim.restart(first);
        cluster.awaitQuiet();
        assertThat(cluster.applied(first)).containsExactly("a", "b");
    }

    /** With syncs as long as a third of a turn, which would split votes if the voters' times were drawn at random. */
    @Test
    void votersThatLoseTheirLeaderTakeTurnsAndDoNotSplitTheVote() {
        long election = RaftCluster.TIMING.electionNanos();
        for (int seed = 1; seed <= 20; seed++) {
            RaftCluster cluster = new RaftCluster(seed, 5);
            NodeId leader = cluster.awaitLeader();
            cluster.sim.runFor(Time.seconds(1));
            long term = cluster.group(leader).term();
            for (NodeId id : cluster.sim.nodes()) {
                cluster.sim.disk(id).policy(cluster.sim.disk(id).policy().extra(election / 25));
            }
            cluster.sim.crash(leader);
            boolean isReplaced = cluster.sim.runUntil(() -> cluster.leader() != null, election * 8 / 5);
            assertThat(isReplaced).as("seed %d", seed).isTrue();
            assertThat(cluster.group(cluster.leader()).term())
                    .as("seed %d", seed)
                    .isEqualTo(term + 1);
        }
    }

    @Test
    void aLeaderThatHearsNoMajorityStepsDown() {
        RaftCluster cluster = new RaftCluster(4, 3);
        NodeId leader = cluster.awaitLeader();
        cluster.sim.runFor(Time.seconds(1));
        cluster.sim.network().isolate(leader);
        cluster.sim.runFor(3 * RaftCluster.TIMING.electionNanos());
        assertThat(cluster.group(leader).role()).isNotEqualTo(Role.LEADER);
        assertThat(cluster.sim.marks()).containsKey(RaftMarks.CHECKQUORUM_STEP_DOWN);
    }

    @Test
    void aNodeThatWasCutOffDoesNotRaiseTheTerm() {
        RaftCluster cluster = new RaftCluster(5, 3);
        NodeId leader = cluster.awaitLeader();
        cluster.sim.runFor(Time.seconds(1));
        long term = cluster.group(leader).term();
        NodeId other = other(cluster, leader);
        cluster.sim.network().isolate(other);
        cluster.sim.runFor(Time.seconds(10));
        cluster.sim.network().heal();
        cluster.sim.runFor(Time.seconds(5));
        assertThat(cluster.leader()).isEqualTo(leader);
        assertThat(cluster.group(leader).term()).isEqualTo(term);
        assertThat(cluster.group(other).leader()).isEqualTo(leader);
    }

    @Test
    void aNodeThatCanSendButNotReceiveDoesNotDisturb() {
        RaftCluster cluster = new RaftCluster(6, 3);
        NodeId leader = cluster.awaitLeader();
        cluster.sim.runFor(Time.seconds(1));
        long term = cluster.group(leader).term();
        NodeId deaf = other(cluster, leader);
        for (NodeId id : cluster.sim.nodes()) {
            if (!id.equals(deaf)) {
                cluster.sim.network().cut(id, deaf);
            }
        }
        cluster.sim.runFor(Time.seconds(10));
        assertThat(cluster.group(leader).isLeader()).isTrue();
        assertThat(cluster.group(leader).term()).isEqualTo(term);
        assertThat(cluster.sim.marks()).containsKey(RaftMarks.PREVOTE_REJECTED_STICKINESS);
    }

    @Test
    void aLeaderThatCanSendButNotReceiveIsReplaced() {
        RaftCluster cluster = new RaftCluster(7, 3);
        NodeId deaf = cluster.awaitLeader();
        cluster.sim.runFor(Time.seconds(1));
        for (NodeId id : cluster.sim.nodes()) {
            if (!id.equals(deaf)) {
                cluster.sim.network().cut(id, deaf);
            }
        }
        boolean replaced = cluster.sim.runUntil(
                () -> cluster.leader() != null && !cluster.leader().equals(deaf), Time.seconds(10));
        assertThat(replaced).isTrue();
        cluster.sim.runFor(Time.seconds(5));
        assertThat(cluster.group(deaf).isLeader()).isFalse();
        assertThat(cluster.leader()).isNotNull();
    }

    @Test
    void deposedLeaderDoesNotAcknowledgeUncommittedEntry() {
        RaftCluster cluster = new RaftCluster(8, 3);
        NodeId first = cluster.awaitLeader();
        cluster.sim.runFor(Time.seconds(1));
        cluster.sim.network().isolate(first);
        RaftCluster.Slot<Proposal.Outcome> lost = cluster.propose(first, "lost");
        assertThat(cluster.await(lost).status()).isEqualTo(Status.UNKNOWN);
        NodeId second = cluster.awaitLeader();
        assertThat(cluster.await(cluster.propose(second, "kept")).status()).isEqualTo(Status.COMMITTED);
        cluster.sim.network().heal();
        cluster.awaitQuiet();
        assertThat(cluster.applied(first)).containsExactly("kept");
        assertThat(cluster.sim.marks()).containsKey(RaftMarks.CONFLICT_TRUNCATED);
    }

    @Test
    void aFollowerRefusesProposalsAndNamesTheLeader() {
        RaftCluster cluster = new RaftCluster(9, 3);
        NodeId leader = cluster.awaitLeader();
        cluster.sim.runFor(Time.seconds(1));
        var outcome = cluster.await(cluster.propose(other(cluster, leader), "a"));
        assertThat(outcome.status()).isEqualTo(Status.NOT_LEADER);
        assertThat(outcome.leader()).isEqualTo(leader);
    }

    @Test
    void leadershipMovesWhenAsked() {
        RaftCluster cluster = new RaftCluster(10, 3);
        NodeId leader = cluster.awaitLeader();
        cluster.sim.runFor(Time.seconds(1));
        NodeId target = other(cluster, leader);
        cluster.sim.onNode(
                leader,
                () -> assertThat(cluster.group(leader).maybeTransferTo(target)).isTrue());
        long before = cluster.sim.nowNanos();
        assertThat(cluster.sim.runUntil(() -> target.equals(cluster.leader()), Time.seconds(1)))
                .isTrue();
        assertThat(cluster.sim.nowNanos() - before).isLessThan(Time.millis(50));
    }

    @Test
    void votesAndTermsSurviveACrashOfEverybody() {
        RaftCluster cluster = new RaftCluster(11, 3);
        NodeId leader = cluster.awaitLeader();
        cluster.await(cluster.propose(leader, "a"));
        long term = cluster.group(leader).term();
        List<NodeId> all = cluster.sim.nodes();
        all.forEach(cluster.sim::crash);
        all.forEach(cluster.sim::restart);
        NodeId next = cluster.awaitLeader();
        assertThat(cluster.group(next).term()).isGreaterThan(term);
        cluster.awaitQuiet();
        assertThat(cluster.applied(next)).containsExactly("a");
    }

    private static NodeId other(RaftCluster cluster, NodeId than) {
        return cluster.sim.nodes().stream()
                .filter(id -> !id.equals(than))
                .findFirst()
                .orElseThrow();
    }
}
