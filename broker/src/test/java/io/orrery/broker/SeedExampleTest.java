package io.orrery.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.check.RecordingClient;
import io.orrery.broker.check.RecordingClient.Acknowledged;
import io.orrery.broker.session.ReasonCode;
import io.orrery.kernel.Time;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example of emqttd's clustering document, on three nodes. */
class SeedExampleTest {
    private final BrokerCluster cluster = new BrokerCluster(42, 3);
    private RecordingClient client1;
    private RecordingClient client2;
    private RecordingClient client3;

    @BeforeEach
    void subscribe() {
        cluster.settle();
        client1 = cluster.connect(1, "client1", "t/+/x", "t/+/y");
        client2 = cluster.connect(2, "client2", "t/#");
        client3 = cluster.connect(3, "client3", "t/+/x", "t/a");
        cluster.awaitRoutes("[t/+/x -> node1, node3, t/+/y -> node1, t/# -> node2, t/a -> node3]");
    }

    @Test
    void everyNodeDrawsTheTrieAndTableOfTheDocument() {
        for (int i = 1; i <= 3; i++) {
            assertThat(cluster.node(i).routes().describe()).isEqualTo("""
                            --------------------------
                            |          t             |
                            |         / \\            |
                            |        +   #           |
                            |      /  \\              |
                            |    x      y            |
                            --------------------------
                            | t/+/x -> node1, node3  |
                            | t/+/y -> node1         |
                            | t/#   -> node2         |
                            | t/a   -> node3         |
                            --------------------------
                            """);
        }
    }

    @Test
    void publishAtNode1IsDeliveredToClient2AndClient3Only() {
        cluster.publish(1, client1, 7, "t/a", "hello");
        cluster.sim.runUntil(() -> !client1.acknowledged().isEmpty(), Time.seconds(5));
        assertThat(client1.acknowledged()).containsExactly(new Acknowledged(7, ReasonCode.SUCCESS));
        cluster.sim.runFor(Time.seconds(1));
        assertThat(client1.received()).isEmpty();
        assertThat(client2.texts()).containsExactly("hello");
        assertThat(client3.texts()).containsExactly("hello");
        assertThat(cluster.node(1).forwardCounters().sent()).isEqualTo(2);
        assertThat(cluster.node(1).forwardCounters().resent()).isZero();
    }

    @Test
    void nodeWithTwoMatchingFiltersGetsTheMessageOnce() {
        cluster.publish(2, client2, 0, "t/b/x", "x");
        cluster.sim.runFor(Time.seconds(1));
        assertThat(client1.texts()).containsExactly("x");
        assertThat(client2.texts()).containsExactly("x");
        assertThat(client3.texts()).containsExactly("x");
        assertThat(cluster.node(2).forwardCounters().sent()).isEqualTo(2);
    }

    @Test
    void rowsOfADeadNodeVanishEverywhereAndComeBackWithItsClients() {
        cluster.sim.crash(cluster.id(3));
        cluster.awaitRoutes("[t/+/x -> node1, t/+/y -> node1, t/# -> node2]");
        cluster.publish(1, client1, 8, "t/a", "without 3");
        cluster.sim.runUntil(() -> !client1.acknowledged().isEmpty(), Time.seconds(5));
        assertThat(client1.acknowledged()).hasSize(1);
        cluster.sim.restart(cluster.id(3));
        cluster.settle();
        RecordingClient again = cluster.connect(3, "client3", "t/+/x", "t/a");
        cluster.awaitRoutes("[t/+/x -> node1, node3, t/+/y -> node1, t/# -> node2, t/a -> node3]");
        cluster.publish(1, client1, 9, "t/a", "with 3");
        cluster.sim.runFor(Time.seconds(1));
        assertThat(again.texts()).containsExactly("with 3");
        assertThat(client2.texts()).containsExactly("without 3", "with 3");
    }
}
