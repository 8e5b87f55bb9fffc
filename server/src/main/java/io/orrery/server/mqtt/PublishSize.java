package io.orrery.server.mqtt;

import io.netty.buffer.ByteBufUtil;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.MessageProperties;
import io.orrery.broker.session.MessageProperties.UserProperty;

/** How many bytes a PUBLISH takes on the wire, before it is made: a client may say how many it takes at most. */
final class PublishSize {
    private PublishSize() {}

    static int bytes(int version, Message message, int qos, int[] subscriptionIds) {
        int rest = 2
                + utf8(message.topic().text())
                + (qos > 0 ? 2 : 0)
                + message.payload().length();
        if (version >= Packets.MQTT_5) {
            int properties = properties(message.properties(), subscriptionIds);
            rest += variable(properties) + properties;
        }
        return 1 + variable(rest) + rest;
    }

    private static int properties(MessageProperties message, int[] subscriptionIds) {
        int bytes = 0;
        for (int id : subscriptionIds) {
            bytes += 1 + variable(id);
        }
        if (message == MessageProperties.NONE) {
            return bytes;
        }
        bytes += message.payloadFormat() >= 0 ? 2 : 0;
        bytes += message.expirySeconds() >= 0 ? 5 : 0;
        bytes += message.contentType() != null ? 3 + utf8(message.contentType()) : 0;
        bytes += message.responseTopic() != null ? 3 + utf8(message.responseTopic()) : 0;
        bytes += message.correlationData() != null
                ? 3 + message.correlationData().length()
                : 0;
        for (UserProperty user : message.userProperties()) {
            bytes += 5 + utf8(user.name()) + utf8(user.value());
        }
        return bytes;
    }

    private static int utf8(String text) {
        return ByteBufUtil.utf8Bytes(text);
    }

    /** Bytes of a variable byte integer (section 1.5.5). */
    private static int variable(int value) {
        return value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : 4;
    }
}
