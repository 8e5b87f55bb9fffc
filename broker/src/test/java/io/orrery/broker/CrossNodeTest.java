package io.orrery.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.check.RecordingClient;
import io.orrery.broker.check.RecordingClient.Acknowledged;
import io.orrery.broker.forward.ForwardConfig;
import io.orrery.broker.session.ConnectOutcome;
import io.orrery.broker.session.ConnectRequest;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.ReasonCode;
import io.orrery.broker.session.SessionLimits;
import io.orrery.broker.session.Will;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Configuration;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Publishing, acknowledging and taking over between nodes. */
class CrossNodeTest {
    private static final ForwardConfig SMALL =
            new ForwardConfig(8, 16, 1 << 20, Time.millis(50), Time.millis(400), Time.millis(5));

    @Test
    void acknowledgementWaitsForTheNodesThatGetTheMessage() {
        BrokerCluster cluster = new BrokerCluster(1, 3);
        cluster.settle();
        RecordingClient near = cluster.connect(1, "near", "t");
        RecordingClient far = cluster.connect(2, "far", "t");
        cluster.awaitRoutes("[t -> node1, node2]");
        cluster.sim.network().cut(cluster.id(1), cluster.id(2));
        RecordingClient publisher = cluster.connect(1, "publisher");
        cluster.publish(1, publisher, 1, "t", "x");
        assertThat(near.texts()).as("local delivery does not wait").containsExactly("x");
        cluster.sim.runFor(Time.millis(300));
        assertThat(publisher.acknowledged()).isEmpty();
        cluster.sim.network().heal();
        cluster.sim.runUntil(() -> !publisher.acknowledged().isEmpty(), Time.seconds(3));
        assertThat(publisher.acknowledged()).containsExactly(new Acknowledged(1, ReasonCode.SUCCESS));
        assertThat(far.texts()).containsExactly("x");
    }

    @Test
    void acknowledgementDoesNotWaitForANodeThatIsDeclaredDead() {
        BrokerCluster cluster = new BrokerCluster(2, 3);
        cluster.settle();
        cluster.connect(2, "far", "t");
        cluster.awaitRoutes("[t -> node2]");
        RecordingClient publisher = cluster.connect(1, "publisher");
        cluster.sim.crash(cluster.id(2));
        cluster.publish(1, publisher, 1, "t", "x");
        cluster.sim.runUntil(() -> !publisher.acknowledged().isEmpty(), Time.seconds(20));
        assertThat(publisher.acknowledged()).hasSize(1);
        assertThat(cluster.node(1).routes().rowCount()).isZero();
        assertThat(cluster.node(1).forwardCounters().droppedDead()).isEqualTo(1);
        assertThat(cluster.sim.marks()).containsKey(BrokerMarks.FORWARDS_DROPPED);
    }

    @Test
    void qos1SurvivesStreamsThatBreakWithoutLossOrDuplicates() {
        BrokerCluster cluster = new BrokerCluster(3, 2);
        cluster.settle();
        RecordingClient far = cluster.connect(2, "far", "t");
        cluster.awaitRoutes("[t -> node2]");
        RecordingClient publisher = cluster.connect(1, "publisher");
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            cluster.publish(1, publisher, i, "t", "m" + i);
            expected.add("m" + i);
            cluster.sim.runFor(Time.micros(300));
            if (i % 9 == 0) {
                cluster.sim.network().reset(cluster.id(1), cluster.id(2));
            }
        }
        cluster.sim.runUntil(() -> publisher.acknowledged().size() == 100, Time.seconds(20));
        assertThat(publisher.acknowledged()).hasSize(100);
        assertThat(far.texts()).isEqualTo(expected);
        assertThat(cluster.node(1).forwardCounters().resent()).isPositive();
    }

    @Test
    void publisherIsHeldBackAndThenRefusedWhileALinkIsFull() {
        BrokerCluster cluster = new BrokerCluster(4, 2, config -> config.with(SMALL, SessionLimits.DEFAULT));
        cluster.settle();
        RecordingClient far = cluster.connect(2, "far", "t");
        cluster.awaitRoutes("[t -> node2]");
        RecordingClient publisher = cluster.connect(1, "publisher");
        cluster.sim.network().cut(cluster.id(1), cluster.id(2));
        for (int i = 1; i <= 9; i++) {
            cluster.publish(1, publisher, i, "t", "m" + i);
        }
        assertThat(publisher.isPaused()).isTrue();
        for (int i = 10; i <= 17; i++) {
            cluster.publish(1, publisher, i, "t", "m" + i);
        }
        cluster.publish(1, publisher, 0, "t", "dropped");
        cluster.sim.network().heal();
        cluster.sim.runUntil(() -> publisher.acknowledged().size() == 17, Time.seconds(10));
        assertThat(publisher.isPaused()).isFalse();
        assertThat(publisher.acknowledged().get(16)).isEqualTo(new Acknowledged(17, ReasonCode.QUOTA_EXCEEDED));
        assertThat(publisher.acknowledged().subList(0, 16)).allMatch(one -> one.reason() == ReasonCode.SUCCESS);
        assertThat(far.texts()).hasSize(16).doesNotContain("dropped");
        assertThat(cluster.node(1).brokerCounters().overloaded()).isEqualTo(1);
        assertThat(cluster.node(1).forwardCounters().droppedFull()).isEqualTo(1);
    }

    @Test
    void clientThatConnectsElsewhereLeavesItsFirstNodeWithItsWill() {
        BrokerCluster cluster = new BrokerCluster(5, 3);
        cluster.settle();
        RecordingClient watcher = cluster.connect(3, "watcher", "will");
        cluster.awaitRoutes("[will -> node3]");
        Will will = new Will(Message.of("will", Bytes.ofUtf8("gone from node1"), 1));
        RecordingClient first = cluster.connect(1, ConnectRequest.of("roamer").withWill(will));
        RecordingClient second = cluster.connect(2, "roamer");
        cluster.sim.runUntil(() -> first.closed() != null, Time.seconds(5));
        assertThat(first.closed()).isEqualTo(ReasonCode.SESSION_TAKEN_OVER);
        cluster.sim.runFor(Time.seconds(2));
        assertThat(second.closed()).isNull();
        assertThat(watcher.texts()).containsExactly("gone from node1");
        assertThat(cluster.node(3).directory().node("roamer")).isEqualTo(cluster.id(2));
    }

    @Test
    void clientOnBothSidesOfAPartitionKeepsTheLaterSessionAfterIt() {
        BrokerCluster cluster = new BrokerCluster(6, 3);
        cluster.settle();
        RecordingClient earlier = cluster.connect(1, "roamer", "x");
        cluster.sim.runFor(Time.seconds(1));
        cluster.sim.network().partition(List.of(List.of(cluster.id(1)), List.of(cluster.id(2), cluster.id(3))));
        cluster.sim.runFor(Time.seconds(10));
        RecordingClient later = cluster.connect(2, "roamer", "x");
        cluster.sim.runFor(Time.seconds(5));
        assertThat(earlier.closed()).isNull();
        cluster.sim.network().heal();
        cluster.sim.runUntil(() -> earlier.closed() != null, Time.seconds(60));
        assertThat(earlier.closed()).isEqualTo(ReasonCode.SESSION_TAKEN_OVER);
        cluster.awaitRoutes("[x -> node2]");
        assertThat(later.closed()).isNull();
    }

    @Test
    void clientsAreRefusedUntilTheNodeKnowsItsGeneration() {
        Simulation sim = new Simulation(7);
        NodeId id = sim.addNode(
                "n",
                kernel -> new BrokerNode(kernel, BrokerConfig.of("test", Configuration.EMPTY), AddressBook.BY_NAME));
        BrokerNode node = sim.protocol(id, BrokerNode.class);
        List<ConnectOutcome> outcomes = new ArrayList<>();
        Runnable connect = () -> outcomes.add(node.connect(ConnectRequest.of("c"), new RecordingClient(node.kernel())));
        sim.onNode(id, connect);
        sim.runUntil(node::isReady, Time.seconds(5));
        sim.onNode(id, connect);
        assertThat(outcomes.get(0).reason()).isEqualTo(ReasonCode.SERVER_UNAVAILABLE);
        assertThat(outcomes.get(1).reason()).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void closingAllSessionsTellsTheClientsAndPublishesWills() {
        BrokerCluster cluster = new BrokerCluster(8, 2);
        cluster.settle();
        RecordingClient watcher = cluster.connect(2, "watcher", "will");
        cluster.awaitRoutes("[will -> node2]");
        Will will = new Will(Message.of("will", Bytes.ofUtf8("node1 stops"), 0));
        RecordingClient client = cluster.connect(1, ConnectRequest.of("c").withWill(will));
        cluster.sim.onNode(cluster.id(1), () -> cluster.node(1).closeSessions(ReasonCode.SERVER_SHUTTING_DOWN));
        cluster.sim.runFor(Time.seconds(1));
        assertThat(client.closed()).isEqualTo(ReasonCode.SERVER_SHUTTING_DOWN);
        assertThat(watcher.texts()).containsExactly("node1 stops");
    }
}
