package io.orrery.server.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttMessageType;
import io.orrery.server.node.ServerNode;
import io.orrery.server.node.TestNodes;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens at the limits: clients that do not read, that publish too much, or that are too many. */
class SlowClientTest {
    @TempDir
    static Path folder;

    private static ServerNode node;

    @BeforeAll
    static void startNode() {
        node = TestNodes.alone(
                "slow@local",
                folder,
                "mqtt.outbound.bytes-max=16KiB",
                "mqtt.session.queued-max=50",
                "mqtt.receive-maximum=4",
                "mqtt.connect-timeout=2s",
                "mqtt.connections.max=6");
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void clientThatDoesNotReadLosesMessagesAndHoldsUpNobody() {
        try (MqttTestClient deaf = connected(4, "deaf");
                MqttTestClient keen = connected(4, "keen");
                MqttTestClient publisher = connected(4, "pub")) {
            deaf.subscribe("flood", 0);
            keen.subscribe("flood", 0);
            deaf.reads(false);
            String payload = "x".repeat(32 * 1024);
            int sent = 0;
            while (node.sessionCounters().droppedQueueFull() == 0) {
                assertThat(sent).as("messages before the first is dropped").isLessThan(2_000);
                publisher.publish("flood", payload, 0, 0);
                publisher.ping();
                assertThat(keen.message()).hasSize("flood=".length() + payload.length());
                sent++;
            }
            deaf.reads(true);
            for (int i = 0; i < sent - 1; i++) {
                deaf.message();
            }
            publisher.publish("flood", "after", 0, 0);
            assertThat(deaf.message()).isEqualTo("flood=after");
        }
    }

    @Test
    void oldClientThatPublishesFasterThanItIsAcknowledgedIsHeldBackAndLosesNothing() {
        try (MqttTestClient subscriber = connected(4, "all");
                MqttTestClient publisher = connected(4, "fast")) {
            subscriber.subscribe("many", 1);
            for (int i = 1; i <= 30; i++) {
                publisher.publish("many", Integer.toString(i), 1, i);
            }
            for (int i = 1; i <= 30; i++) {
                assertThat(MqttTestClient.idOf(publisher.expect(MqttMessageType.PUBACK)))
                        .isEqualTo(i);
                assertThat(subscriber.message()).isEqualTo("many=" + i);
            }
        }
    }

    @Test
    void connectionThatSaysNothingIsClosedInTime() {
        long timeouts = node.mqttCounters().connectTimeouts();
        MqttTestClient mute = new MqttTestClient(node.mqttAddress().port(), 4);
        mute.expectClosed();
        assertThat(node.mqttCounters().connectTimeouts()).isEqualTo(timeouts + 1);
    }

    @Test
    void connectionBeyondTheLimitIsClosedAndCounted() {
        long refused = node.mqttCounters().refusedFull();
        MqttTestClient[] clients = new MqttTestClient[6];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = connected(4, "c" + i);
        }
        MqttTestClient seventh = new MqttTestClient(node.mqttAddress().port(), 4);
        seventh.expectClosed();
        assertThat(node.mqttCounters().refusedFull()).isEqualTo(refused + 1);
        for (MqttTestClient client : clients) {
            client.ping();
            client.disconnect();
        }
        TestNodes.await(
                "a free place",
                () -> node.mqttCounters().accepted() == node.mqttCounters().closed());
    }

    private static MqttTestClient connected(int version, String id) {
        return MqttTestClient.connected(node.mqttAddress().port(), version, id);
    }
}
