package io.orrery.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.check.RecordingClient;
import io.orrery.broker.cluster.ClusterCommand;
import io.orrery.broker.cluster.ClusterOutcome;
import io.orrery.broker.cluster.ExchangeType;
import io.orrery.broker.cluster.NodeRole;
import io.orrery.broker.cluster.TopicSpec;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.Proposal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that join, leave, die and are forgotten; and what they agree on meanwhile. */
class ClusterLifeTest {
    private final BrokerCluster cluster = new BrokerCluster(11, 3);

    private ClusterOutcome propose(int number, ClusterCommand command) {
        List<ClusterOutcome> outcomes = new ArrayList<>();
        cluster.sim.onNode(cluster.id(number), () -> cluster.node(number).propose(command, outcomes::add));
        cluster.sim.runUntil(() -> !outcomes.isEmpty(), Time.seconds(20));
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }

    private void awaitRegistered(int count) {
        cluster.await(
                count + " nodes registered", node -> node.clusterState().nodes().size() == count);
    }

    @Test
    void everyNodeRegistersItself() {
        cluster.settle();
        awaitRegistered(3);
        assertThat(cluster.node(1).clusterState().nodes().get(cluster.id(2)).role())
                .isEqualTo(NodeRole.PRIMARY);
        assertThat(cluster.node(1).status().running()).isEqualTo(cluster.nodes);
        assertThat(cluster.node(1).status().stopped()).isEmpty();
    }

    @Test
    void anyNodeChangesTheStateOfAll() {
        cluster.settle();
        for (int i = 1; i <= 3; i++) {
            ClusterOutcome outcome = propose(i, new ClusterCommand.CreateNamespace("ns" + i));
            assertThat(outcome.status()).isEqualTo(Proposal.Status.COMMITTED);
            assertThat(outcome.result().isOk()).isTrue();
        }
        propose(2, new ClusterCommand.CreateTopic("ns1", "t", new TopicSpec(3, 2, 0, ExchangeType.TOPIC)));
        cluster.await("topic everywhere", node -> node.clusterState().topic("ns1", "t") != null);
        cluster.await(
                "namespaces everywhere",
                node -> node.clusterState().namespaces().size() == 4);
    }

    @Test
    void stateSurvivesTheRestartOfAllNodes() {
        cluster.settle();
        propose(1, new ClusterCommand.CreateNamespace("kept"));
        cluster.nodes.forEach(cluster.sim::crash);
        cluster.nodes.forEach(cluster.sim::restart);
        cluster.settle();
        cluster.await("state is back", node -> node.clusterState().namespaces().containsKey("kept"));
    }

    @Test
    void joinerBecomesAVoterAndRegisters() {
        cluster.settle();
        NodeId joiner = cluster.addJoiner("node4", config -> config);
        cluster.settle();
        cluster.await("node4 votes", node -> node.group().configuration().isVoter(joiner));
        awaitRegistered(4);
        RecordingClient there = cluster.connect(4, "c4", "x/#");
        RecordingClient here = cluster.connect(1, "c1");
        cluster.awaitRoutes("[x/# -> node4]");
        cluster.publish(1, here, 1, "x/y", "welcome");
        cluster.sim.runUntil(() -> !here.acknowledged().isEmpty(), Time.seconds(5));
        assertThat(there.texts()).containsExactly("welcome");
    }

    @Test
    void secondaryReceivesTheStateAndDoesNotVote() {
        cluster.settle();
        NodeId joiner = cluster.addJoiner("node4", config -> config.withRole(NodeRole.SECONDARY));
        cluster.settle();
        awaitRegistered(4);
        cluster.sim.runFor(Time.seconds(3));
        assertThat(cluster.node(1).group().configuration().isLearner(joiner)).isTrue();
        assertThat(cluster.node(1).clusterState().nodes().get(joiner).role()).isEqualTo(NodeRole.SECONDARY);
        propose(4, new ClusterCommand.CreateNamespace("by-secondary"));
        cluster.await(
                "state everywhere", node -> node.clusterState().namespaces().containsKey("by-secondary"));
    }

    /** It does not campaign, so nothing but silence tells it that the leader in which it believes has given it up. */
    @Test
    void secondaryThatWasForgottenWhileItWasCutOffAsksForItsPlaceAgain() {
        cluster.settle();
        NodeId joiner = cluster.addJoiner("node4", config -> config.withRole(NodeRole.SECONDARY));
        cluster.settle();
        awaitRegistered(4);
        cluster.await("node4 learns", node -> node.group().configuration().isMember(joiner));
        cluster.sim.network().isolate(joiner);
        cluster.sim.runFor(Time.seconds(12));
        cluster.sim.onNode(cluster.id(1), () -> cluster.node(1).forget(joiner, reason -> {}));
        boolean isForgotten = cluster.sim.runUntil(
                () -> !cluster.node(1).group().configuration().isMember(joiner), Time.seconds(20));
        assertThat(isForgotten).isTrue();
        // Nobody tries any longer to tell it.
        cluster.sim.runFor(Time.seconds(10));
        cluster.sim.network().heal();
        cluster.await(
                "node4 is a member again", node -> node.group().configuration().isMember(joiner));
    }

    @Test
    void joinerSurvivesTheDeathOfTheLeaderThatAddedIt() {
        cluster.settle();
        NodeId joiner = cluster.addJoiner("node4", config -> config);
        NodeId leader = cluster.node(1).group().leader();
        cluster.sim.runUntil(
                () -> cluster.sim
                        .protocol(leader, BrokerNode.class)
                        .group()
                        .configuration()
                        .isMember(joiner),
                Time.seconds(20));
        cluster.sim.crash(leader);
        cluster.await("node4 votes", node -> node.group().configuration().isVoter(joiner));
        cluster.sim.restart(leader);
        cluster.settle();
        cluster.await("all know", node -> node.group().configuration().isVoter(joiner));
    }

    @Test
    void leavingNodeIsNeitherVoterNorMemberNorListed() {
        cluster.settle();
        awaitRegistered(3);
        cluster.connect(3, "c3", "gone/#");
        cluster.awaitRoutes("[gone/# -> node3]");
        boolean[] left = new boolean[1];
        cluster.sim.onNode(cluster.id(3), () -> cluster.node(3).leave(() -> left[0] = true));
        assertThat(cluster.sim.runUntil(() -> left[0], Time.seconds(20))).isTrue();
        cluster.sim.runUntil(() -> cluster.node(1).routes().rowCount() == 0, Time.seconds(5));
        assertThat(cluster.node(1).routes().routes()).isEmpty();
        assertThat(cluster.node(1).group().configuration().isMember(cluster.id(3)))
                .isFalse();
        assertThat(cluster.node(1).status().running()).containsExactly(cluster.id(1), cluster.id(2));
        assertThat(cluster.node(1).status().stopped()).isEmpty();
        assertThat(cluster.node(3).status().running()).containsExactly(cluster.id(3));
        cluster.sim.runFor(Time.seconds(5));
        assertThat(cluster.node(3).group().configuration().isVoter(cluster.id(3)))
                .as("it does not ask to join again")
                .isFalse();
    }

    @Test
    void nodeThatLeftKeepsItsClientsAndReachesNobodyElse() {
        cluster.settle();
        awaitRegistered(3);
        RecordingClient stays = cluster.connect(3, "stays", "t");
        RecordingClient elsewhere = cluster.connect(1, "elsewhere", "t");
        cluster.awaitRoutes("[t -> node1, node3]");
        boolean[] left = new boolean[1];
        cluster.sim.onNode(cluster.id(3), () -> cluster.node(3).leave(() -> left[0] = true));
        cluster.sim.runUntil(() -> left[0], Time.seconds(20));
        cluster.publish(3, stays, 1, "t", "alone");
        cluster.sim.runFor(Time.seconds(1));
        assertThat(stays.texts()).containsExactly("alone");
        assertThat(stays.acknowledged()).hasSize(1);
        assertThat(elsewhere.texts()).isEmpty();
        cluster.sim.onNode(cluster.id(3), () -> cluster.node(3).join(List.of(cluster.id(1))));
        cluster.awaitRoutes("[t -> node1, node3]");
        cluster.publish(3, stays, 2, "t", "together");
        cluster.sim.runFor(Time.seconds(1));
        assertThat(elsewhere.texts()).containsExactly("together");
        assertThat(stays.texts()).containsExactly("alone", "together");
    }

    @Test
    void forgottenNodeThatStartsAgainComesBack() {
        cluster.settle();
        awaitRegistered(3);
        cluster.sim.crash(cluster.id(3));
        cluster.await("node3 is stopped", node -> node.status().stopped().equals(List.of(cluster.id(3))));
        List<String> reasons = new ArrayList<>();
        cluster.sim.onNode(cluster.id(1), () -> cluster.node(1).forget(cluster.id(3), reasons::add));
        cluster.sim.runUntil(() -> !reasons.isEmpty(), Time.seconds(20));
        assertThat(reasons).containsExactly("");
        cluster.sim.restart(cluster.id(3));
        cluster.await(
                "node3 votes again",
                node -> node.isReady()
                        && node.group().leader() != null
                        && node.group().configuration().isVoter(cluster.id(3)));
        awaitRegistered(3);
    }

    @Test
    void leaderMayLeaveToo() {
        cluster.settle();
        awaitRegistered(3);
        NodeId leader = cluster.node(1).group().leader();
        boolean[] left = new boolean[1];
        cluster.sim.onNode(
                leader, () -> cluster.sim.protocol(leader, BrokerNode.class).leave(() -> left[0] = true));
        assertThat(cluster.sim.runUntil(() -> left[0], Time.seconds(20))).isTrue();
        int other = leader.equals(cluster.id(1)) ? 2 : 1;
        ClusterOutcome outcome = propose(other, new ClusterCommand.CreateNamespace("after"));
        assertThat(outcome.status()).isEqualTo(Proposal.Status.COMMITTED);
        assertThat(cluster.node(other).group().configuration().members())
                .hasSize(2)
                .doesNotContain(leader);
        assertThat(cluster.node(other).status().stopped()).isEmpty();
    }

    @Test
    void nodeThatLeftMayJoinAgain() {
        cluster.settle();
        boolean[] left = new boolean[1];
        cluster.sim.onNode(cluster.id(3), () -> cluster.node(3).leave(() -> left[0] = true));
        cluster.sim.runUntil(() -> left[0], Time.seconds(20));
        cluster.sim.onNode(cluster.id(3), () -> cluster.node(3).join(List.of(cluster.id(1))));
        cluster.settle();
        cluster.await("node3 votes", node -> node.group().configuration().isVoter(cluster.id(3)));
        awaitRegistered(3);
    }

    @Test
    void deadNodeIsStoppedUntilItIsForgotten() {
        cluster.settle();
        awaitRegistered(3);
        List<String> reasons = new ArrayList<>();
        cluster.sim.onNode(cluster.id(1), () -> cluster.node(1).forget(cluster.id(3), reasons::add));
        cluster.sim.runUntil(() -> !reasons.isEmpty(), Time.seconds(20));
        assertThat(reasons).containsExactly("node3 is running: let it leave");
        cluster.sim.crash(cluster.id(3));
        cluster.await("node3 is stopped", node -> node.status().stopped().equals(List.of(cluster.id(3))));
        cluster.sim.onNode(cluster.id(1), () -> cluster.node(1).forget(cluster.id(3), reasons::add));
        cluster.sim.runUntil(() -> reasons.size() == 2, Time.seconds(20));
        assertThat(reasons.get(1)).isEmpty();
        cluster.await(
                "node3 is forgotten",
                node -> node.status().stopped().isEmpty()
                        && !node.group().configuration().isMember(cluster.id(3)));
    }

    @Test
    void removalWithoutAMajorityFailsInTime() {
        cluster.settle();
        cluster.sim.crash(cluster.id(2));
        cluster.sim.crash(cluster.id(3));
        cluster.sim.runFor(Time.seconds(8));
        List<String> reasons = new ArrayList<>();
        cluster.sim.onNode(cluster.id(1), () -> cluster.node(1).forget(cluster.id(3), reasons::add));
        assertThat(cluster.sim.runUntil(() -> !reasons.isEmpty(), Time.seconds(15)))
                .isTrue();
        assertThat(reasons).containsExactly("no leader answered in time");
    }
}
