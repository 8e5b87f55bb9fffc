package io.orrery.server.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.orrery.server.node.ServerNode;
import io.orrery.server.node.TestNodes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One node, real sockets, a client that says exactly what it is told. */
class MqttListenerTest {
    @TempDir
    static Path folder;

    private static ServerNode node;

    @BeforeAll
    static void startNode() {
        node = TestNodes.alone("n@local", folder, "mqtt.packet.bytes-max=64KiB", "mqtt.receive-maximum=8");
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void messagesOfBothQosReachASubscriberInOrder(int version) {
        try (MqttTestClient subscriber = connected(version, "sub" + version);
                MqttTestClient publisher = connected(version, "pub" + version)) {
            assertThat(subscriber.subscribe("o/" + version + "/+", 1)).isEqualTo(1);
            publisher.publish("o/" + version + "/a", "0", 0, 0);
            publisher.publishAcknowledged("o/" + version + "/b", "1", 7);
            assertThat(subscriber.message()).isEqualTo("o/" + version + "/a=0");
            assertThat(subscriber.message()).isEqualTo("o/" + version + "/b=1");
        }
    }

    @Test
    void propertiesTravelToSubscribersOfVersion5() {
        try (MqttTestClient subscriber = connected(5, "p-sub");
                MqttTestClient publisher = connected(5, "p-pub")) {
            subscriber.subscribe("props", 0);
            MqttProperties properties = new MqttProperties();
            properties.add(new StringProperty(MqttProperties.CONTENT_TYPE, "text/plain"));
            properties.add(new IntegerProperty(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, 100));
            properties.add(new MqttProperties.UserProperty("k", "v1"));
            properties.add(new MqttProperties.UserProperty("k", "v2"));
            publisher.publish("props", "x", 0, 0, false, false, properties);
            MqttProperties arrived = subscriber.publish().variableHeader().properties();
            assertThat(Properties.text(arrived, MqttProperties.CONTENT_TYPE)).isEqualTo("text/plain");
            assertThat(Properties.number(arrived, MqttProperties.PUBLICATION_EXPIRY_INTERVAL, 0))
                    .isEqualTo(100);
            assertThat(Properties.ofMessage(arrived).userProperties()).hasSize(2);
        }
    }

    @Test
    void publishWithoutSubscribersIsAcknowledgedAndSaysSo() {
        try (MqttTestClient client = connected(5, "nobody")) {
            client.publish("nobody/listens", "x", 1, 3);
            MqttMessage ack = client.expect(MqttMessageType.PUBACK);
            assertThat(((MqttPubReplyMessageVariableHeader) ack.variableHeader()).reasonCode())
                    .isEqualTo((byte) 0x10);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void secondConnectEndsTheConnection(int version) {
        MqttTestClient client = connected(version, "twice" + version);
        client.sendConnect("twice" + version, builder -> {});
        if (version == 5) {
            assertThat(client.disconnectCode()).isEqualTo(0x82);
        }
        client.expectClosed();
    }

    @Test
    void firstPacketOtherThanConnectEndsTheConnection() {
        long errors = counters().protocolErrors();
        MqttTestClient client = new MqttTestClient(port(), 4);
        client.send(MqttMessage.PINGREQ);
        client.expectClosed();
        assertThat(counters().protocolErrors()).isEqualTo(errors + 1);
    }

    @Test
    void oldClientWithoutIdNeedsACleanSession() {
        MqttTestClient refused = new MqttTestClient(port(), 4);
        assertThat(refused.connect("", builder -> builder.cleanSession(false))).isEqualTo(0x02);
        refused.expectClosed();
        try (MqttTestClient accepted = new MqttTestClient(port(), 4)) {
            assertThat(accepted.connect("", builder -> {})).isZero();
        }
    }

    @Test
    void connAckOfVersion5SaysWhatIsGranted() {
        try (MqttTestClient client = new MqttTestClient(port(), 5)) {
            MqttProperties asked = new MqttProperties();
            asked.add(new IntegerProperty(MqttProperties.SESSION_EXPIRY_INTERVAL, 3600));
            MqttConnAckMessage answer =
                    client.connAck("", builder -> builder.keepAlive(0).properties(asked));
            MqttProperties granted = answer.variableHeader().properties();
            assertThat(answer.variableHeader().isSessionPresent()).isFalse();
            assertThat(Properties.text(granted, MqttProperties.ASSIGNED_CLIENT_IDENTIFIER))
                    .isNotEmpty();
            assertThat(Properties.number(granted, MqttProperties.SESSION_EXPIRY_INTERVAL, -1))
                    .isZero();
            assertThat(Properties.number(granted, MqttProperties.MAXIMUM_QOS, 2))
                    .isEqualTo(1);
            assertThat(Properties.number(granted, MqttProperties.RETAIN_AVAILABLE, 1))
                    .isZero();
            assertThat(Properties.number(granted, MqttProperties.RECEIVE_MAXIMUM, -1))
                    .isEqualTo(8);
            assertThat(Properties.number(granted, MqttProperties.MAXIMUM_PACKET_SIZE, -1))
                    .isEqualTo(65_536);
            assertThat(Properties.number(granted, MqttProperties.SERVER_KEEP_ALIVE, -1))
                    .isEqualTo(64_800);
        }
    }

    @Test
    void willIsPublishedWhenAConnectionBreaksAndNotAfterADisconnect() {
        try (MqttTestClient watcher = connected(4, "watcher")) {
            watcher.subscribe("wills/#", 0);
            MqttTestClient polite = withWill("polite");
            polite.disconnect();
            MqttTestClient broken = withWill("broken");
            broken.breakOff();
            assertThat(watcher.message()).isEqualTo("wills/broken=gone");
            MqttTestClient twice = withWill("twice");
            twice.sendConnect("twice", builder -> {});
            assertThat(watcher.message()).isEqualTo("wills/twice=gone");
        }
    }

    private static MqttTestClient withWill(String id) {
        MqttTestClient client = new MqttTestClient(port(), 4);
        int code = client.connect(
                id,
                builder -> builder.willFlag(true)
                        .willTopic("wills/" + id)
                        .willMessage("gone".getBytes(StandardCharsets.UTF_8))
                        .willQoS(MqttQoS.AT_MOST_ONCE));
        assertThat(code).isZero();
        return client;
    }

    @Test
    void silentClientIsSentAwayAfterOneAndAHalfKeepAlives() {
        MqttTestClient client = new MqttTestClient(port(), 5);
        client.connect("silent", builder -> builder.keepAlive(1));
        long startNanos = System.nanoTime();
        assertThat(client.disconnectCode()).isEqualTo(0x8D);
        assertThat(System.nanoTime() - startNanos).isBetween(1_300_000_000L, 4_000_000_000L);
    }

    @Test
    void secondConnectionOfAClientEndsTheFirstWithAReason() {
        MqttTestClient first = connected(5, "same");
        try (MqttTestClient second = connected(5, "same")) {
            assertThat(first.disconnectCode()).isEqualTo(0x8E);
            second.ping();
        }
    }

    @Test
    void repeatedQosTwoPublishOfAnOldClientGoesOnOnce() {
        try (MqttTestClient subscriber = connected(4, "q2-sub");
                MqttTestClient publisher = connected(4, "q2-pub")) {
            subscriber.subscribe("q2", 2);
            publisher.publish("q2", "once", 2, 5);
            assertThat(MqttTestClient.idOf(publisher.expect(MqttMessageType.PUBREC)))
                    .isEqualTo(5);
            publisher.publish("q2", "once", 2, 5, true, false, MqttProperties.NO_PROPERTIES);
            publisher.expect(MqttMessageType.PUBREC);
            publisher.sendStep(MqttMessageType.PUBREL, 5);
            assertThat(MqttTestClient.idOf(publisher.expect(MqttMessageType.PUBCOMP)))
                    .isEqualTo(5);
            publisher.publish("q2", "again", 2, 5);
            publisher.expect(MqttMessageType.PUBREC);
            assertThat(subscriber.message()).isEqualTo("q2=once");
            assertThat(subscriber.message()).isEqualTo("q2=again");
            subscriber.expectNothing();
        }
    }

    @Test
    void whatVersion5WasToldIsNotToBeHadEndsItsConnection() {
        assertThat(codeAfter(client -> client.publish("t", "x", 2, 1))).isEqualTo(0x9B);
        assertThat(codeAfter(client -> client.publish("t", "x", 0, 0, false, true, MqttProperties.NO_PROPERTIES)))
                .isEqualTo(0x9A);
        MqttProperties alias = new MqttProperties();
        alias.add(new IntegerProperty(MqttProperties.TOPIC_ALIAS, 1));
        assertThat(codeAfter(client -> client.publish("t", "x", 0, 0, false, false, alias)))
                .isEqualTo(0x94);
        assertThat(codeAfter(client -> client.publish("t", "x".repeat(70_000), 0, 0)))
                .isEqualTo(0x95);
        assertThat(codeAfter(client -> client.sendStep(MqttMessageType.PUBREC, 1)))
                .isEqualTo(0x82);
    }

    private static int codeAfter(Consumer<MqttTestClient> offence) {
        MqttTestClient client = connected(5, "offender");
        offence.accept(client);
        return client.disconnectCode();
    }

    @Test
    void retainFlagOfAnOldClientIsTakenAndIgnored() {
        try (MqttTestClient client = connected(4, "retainer")) {
            client.publish("kept", "x", 0, 0, false, true, MqttProperties.NO_PROPERTIES);
            client.subscribe("kept", 0);
            client.expectNothing();
        }
    }

    @Test
    void eachFilterOfASubscribeIsAnsweredForItself() {
        try (MqttTestClient five = connected(5, "filters5");
                MqttTestClient four = connected(4, "filters4")) {
            MqttMessage subscribe = MqttMessageBuilders.subscribe()
                    .messageId(9)
                    .addSubscription(MqttQoS.AT_MOST_ONCE, "ok/+")
                    .addSubscription(MqttQoS.EXACTLY_ONCE, "ok/#")
                    .addSubscription(MqttQoS.AT_MOST_ONCE, "not/#/ok")
                    .addSubscription(MqttQoS.AT_MOST_ONCE, "$share/g/t")
                    .build();
            five.send(subscribe);
            assertThat(((MqttSubAckMessage) five.expect(MqttMessageType.SUBACK))
                            .payload()
                            .reasonCodes())
                    .containsExactly(0, 1, 0x8F, 0x9E);
            four.send(subscribe);
            assertThat(((MqttSubAckMessage) four.expect(MqttMessageType.SUBACK))
                            .payload()
                            .reasonCodes())
                    .containsExactly(0, 1, 0x80, 0x80);
            five.send(MqttMessageBuilders.unsubscribe()
                    .messageId(10)
                    .addTopicFilter("ok/+")
                    .addTopicFilter("never")
                    .build());
            assertThat(((MqttUnsubAckMessage) five.expect(MqttMessageType.UNSUBACK))
                            .payload()
                            .unsubscribeReasonCodes())
                    .containsExactly((short) 0, (short) 0x11);
        }
    }

    @Test
    void clientsReceiveMaximumIsKept() {
        try (MqttTestClient subscriber = new MqttTestClient(port(), 5);
                MqttTestClient publisher = connected(5, "rm-pub")) {
            MqttProperties one = new MqttProperties();
            one.add(new IntegerProperty(MqttProperties.RECEIVE_MAXIMUM, 1));
            subscriber.connect("rm-sub", builder -> builder.properties(one));
            subscriber.subscribe("rm", 1);
            publisher.publishAcknowledged("rm", "1", 1);
            publisher.publishAcknowledged("rm", "2", 2);
            MqttPublishMessage first = subscriber.publish();
            subscriber.expectNothing();
            subscriber.sendStep(MqttMessageType.PUBACK, first.variableHeader().packetId());
            assertThat(subscriber.message()).isEqualTo("rm=2");
        }
    }

    @Test
    void packetLargerThanAClientTakesIsNotSentToIt() {
        try (MqttTestClient subscriber = new MqttTestClient(port(), 5);
                MqttTestClient publisher = connected(5, "mp-pub")) {
            MqttProperties small = new MqttProperties();
            small.add(new IntegerProperty(MqttProperties.MAXIMUM_PACKET_SIZE, 50));
            subscriber.connect("mp-sub", builder -> builder.properties(small));
            subscriber.subscribe("mp", 1);
            publisher.publishAcknowledged("mp", "x".repeat(100), 1);
            publisher.publishAcknowledged("mp", "small", 2);
            assertThat(subscriber.message()).isEqualTo("mp=small");
        }
    }

    private static MqttTestClient connected(int version, String id) {
        return MqttTestClient.connected(port(), version, id);
    }

    private static int port() {
        return node.mqttAddress().port();
    }

    private static MqttCounters counters() {
        return node.mqttCounters();
    }
}
