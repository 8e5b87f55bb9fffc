package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.MembershipChange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator is told who moves leadership. */
class SuccessorTest {
    @Test
    void aVoterThatAnswersMayLeadAndALearnerAStrangerTheLeaderAndTheSilentMayNot() {
        RaftCluster cluster = new RaftCluster(1, 3);
        NodeId learner = cluster.addJoiner("joiner");
        NodeId leader = settledLeader(cluster);
        cluster.await(cluster.change(leader, MembershipChange.addLearner(learner)));
        cluster.awaitQuiet();
        List<NodeId> others = othersThan(cluster, leader);
        assertThat(whyNot(cluster, leader, others.get(0))).isEmpty();
        assertThat(whyNot(cluster, leader, leader)).contains("is the leader already");
        assertThat(whyNot(cluster, leader, learner)).contains("is a learner");
        assertThat(whyNot(cluster, leader, NodeId.of("stranger"))).isEqualTo("stranger is no voter");
        assertThat(whyNot(cluster, others.get(0), others.get(1))).contains("does not lead");
        assertThat(cluster.group(others.get(0)).fittestSuccessor()).isNull();

        cluster.sim.network().isolate(others.get(0));
        cluster.sim.runFor(2 * cluster.config.timing().electionNanos());
        assertThat(whyNot(cluster, leader, others.get(0))).contains("has not been heard from for");
        assertThat(cluster.group(leader).fittestSuccessor()).isEqualTo(others.get(1));
    }

    @Test
    void aTransferThatCameToNothingSaysByHowMuchTheVoterIsBehindOrThatItWasNotElected() {
        RaftCluster cluster = new RaftCluster(2, 3);
        NodeId leader = settledLeader(cluster);
        NodeId behind = othersThan(cluster, leader).get(0);
        cluster.sim.network().isolate(behind);
        cluster.await(cluster.propose(leader, "a"));
        begin(cluster, leader, behind);
        assertThat(cluster.group(leader).transferTarget()).isEqualTo(behind);
        assertThat(whyNot(cluster, leader, othersThan(cluster, leader).get(1)))
                .contains("is being handed to " + behind + " already");
        awaitEnd(cluster, leader);
        assertThat(cluster.group(leader).transferFailure())
                .matches(behind + " is behind by 1 of \\d+ entries, and did not catch up in time");

        cluster.sim.network().heal();
        boolean caughtUp = cluster.sim.runUntil(
                () -> cluster.group(leader).matchIndex(behind)
                        == cluster.group(leader).lastIndex(),
                Time.seconds(5));
        assertThat(caughtUp).isTrue();
        cluster.sim.network().isolate(behind);
        begin(cluster, leader, behind);
        assertThat(cluster.group(leader).transferFailure())
                .as("that was the last one")
                .isEmpty();
        awaitEnd(cluster, leader);
        assertThat(cluster.group(leader).transferFailure()).contains("was asked to take over, and was not elected");
    }

    @Test
    void whoTakesOverAgainByPriorityIsKnownBefore() {
        RaftCluster cluster = new RaftCluster(5, 3);
        cluster.config.initial().voters().forEach(member -> cluster.priority(member, 95));
        cluster.priority(cluster.id(2), 40);
        for (NodeId node : cluster.sim.nodes()) {
            cluster.sim.crash(node);
            cluster.sim.restart(node);
        }
        NodeId leader = settledLeader(cluster);
        assertThat(leader).as("the seed elects another").isNotEqualTo(cluster.id(2));
        NodeId equal = othersThan(cluster, leader).stream()
                .filter(node -> !node.equals(cluster.id(2)))
                .findFirst()
                .orElseThrow();
        assertThat(cluster.group(leader).preferredTo(equal)).isNull();
        assertThat(cluster.group(leader).preferredTo(cluster.id(2))).isEqualTo(leader);
    }

    private static void begin(RaftCluster cluster, NodeId leader, NodeId to) {
        cluster.sim.onNode(
                leader,
                () -> assertThat(cluster.group(leader).maybeTransferTo(to)).isTrue());
    }

    private static void awaitEnd(RaftCluster cluster, NodeId leader) {
        boolean ended = cluster.sim.runUntil(() -> cluster.group(leader).transferTarget() == null, Time.seconds(1));
        assertThat(ended).isTrue();
        assertThat(cluster.group(leader).isLeader()).as("it goes on").isTrue();
    }

    private static String whyNot(RaftCluster cluster, NodeId asked, NodeId to) {
        return cluster.group(asked).whyNoTransferTo(to);
    }

    private static List<NodeId> othersThan(RaftCluster cluster, NodeId leader) {
        List<NodeId> others = new ArrayList<>(cluster.config.initial().voters());
        others.remove(leader);
        return others;
    }

    private static NodeId settledLeader(RaftCluster cluster) {
        cluster.awaitLeader();
        cluster.awaitQuiet();
        return cluster.awaitLeader();
    }
}
