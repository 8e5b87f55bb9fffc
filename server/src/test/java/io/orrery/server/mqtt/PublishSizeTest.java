package io.orrery.server.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.MessageProperties;
import io.orrery.broker.session.MessageProperties.UserProperty;
import io.orrery.broker.topic.TopicName;
import io.orrery.kernel.codec.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishSizeTest {
    private static final MessageProperties ALL = new MessageProperties(
            1,
            4_000_000_000L,
            "text/plain",
            "answers/\u00e9",
            Bytes.ofUtf8("correlation"),
            List.of(new UserProperty("a", "1"), new UserProperty("a", "\u4e2d")));

    @Test
    void predictedSizeIsWhatTheEncoderWrites() {
        for (int payload : new int[] {0, 1, 100, 120, 127, 128, 16_300, 16_383, 16_384, 70_000}) {
            for (int qos = 0; qos <= 1; qos++) {
                check(4, payload, qos, MessageProperties.NONE, new int[0]);
                check(5, payload, qos, MessageProperties.NONE, new int[0]);
                check(5, payload, qos, ALL, new int[] {1, 127, 128, 268_435_455});
                check(5, payload, qos, MessageProperties.NONE, new int[] {7});
            }
        }
    }

    private static void check(int version, int payload, int qos, MessageProperties carried, int[] ids) {
        Message message =
                new Message(TopicName.of("sensors/\u00fc/temp"), Bytes.wrap(new byte[payload]), qos, false, carried);
        MqttProperties properties =
                version < 5 ? MqttProperties.NO_PROPERTIES : Properties.toPublish(message.properties(), ids);
        EmbeddedChannel channel = channel(version);
        channel.writeOutbound(Packets.publish(message, qos, false, qos, false, properties));
        int written = 0;
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            written += part.readableBytes();
            part.release();
        }
        assertThat(PublishSize.bytes(version, message, qos, ids)).isEqualTo(written);
        channel.finishAndReleaseAll();
    }

    /** A channel that has seen a CONNECT of the version, since the encoder goes by that. */
    private static EmbeddedChannel channel(int version) {
        EmbeddedChannel client = new EmbeddedChannel(MqttEncoder.INSTANCE);
        MqttConnectMessage connect = MqttMessageBuilders.connect()
                .clientId("c")
                .protocolVersion(version < 5 ? MqttVersion.MQTT_3_1_1 : MqttVersion.MQTT_5)
                .build();
        client.writeOutbound(connect);
        EmbeddedChannel server = new EmbeddedChannel(new MqttDecoder(), MqttEncoder.INSTANCE);
        for (ByteBuf part = client.readOutbound(); part != null; part = client.readOutbound()) {
            server.writeInbound(part);
        }
        assertThat(server.<MqttConnectMessage>readInbound()).isNotNull();
        client.finishAndReleaseAll();
        return server;
    }
}
