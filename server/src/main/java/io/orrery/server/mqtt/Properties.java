package io.orrery.server.mqtt;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringPair;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperties;
import io.orrery.broker.session.MessageProperties;
import io.orrery.broker.session.MessageProperties.UserProperty;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The properties of MQTT 5 (section 2.2.2): from packets to the broker's words and back. */
final class Properties {
    private Properties() {}

    /** An integer property, unsigned as it is on the wire, or a substitute if it is absent. */
    static long number(MqttProperties properties, int id, long absent) {
        MqttProperty<?> property = properties.getProperty(id);
        return property == null ? absent : ((Integer) property.value()) & 0xFFFF_FFFFL;
    }

    /** A text property, or null. */
    static String text(MqttProperties properties, int id) {
        MqttProperty<?> property = properties.getProperty(id);
        return property == null ? null : (String) property.value();
    }

    /** What travels with a message, of a PUBLISH or a will. */
    static MessageProperties ofMessage(MqttProperties properties) {
        if (properties.isEmpty()) {
            return MessageProperties.NONE;
        }
        MqttProperty<?> correlation = properties.getProperty(MqttProperties.CORRELATION_DATA);
        List<UserProperty> users = new ArrayList<>();
        if (properties.getProperty(MqttProperties.USER_PROPERTY) instanceof UserProperties pairs) {
            for (StringPair pair : pairs.value()) {
                users.add(new UserProperty(pair.key, pair.value));
            }
        }
        return new MessageProperties(
                (int) number(properties, MqttProperties.PAYLOAD_FORMAT_INDICATOR, -1),
                number(properties, MqttProperties.PUBLICATION_EXPIRY_INTERVAL, -1),
                text(properties, MqttProperties.CONTENT_TYPE),
                text(properties, MqttProperties.RESPONSE_TOPIC),
                correlation == null ? null : Bytes.wrap((byte[]) correlation.value()),
                users);
    }

    /** The properties of an outgoing PUBLISH of MQTT 5. */
    static MqttProperties toPublish(MessageProperties message, int[] subscriptionIds) {
        if (message == MessageProperties.NONE && subscriptionIds.length == 0) {
            return MqttProperties.NO_PROPERTIES;
        }
        MqttProperties properties = new MqttProperties();
        if (message.payloadFormat() >= 0) {
            properties.add(new IntegerProperty(MqttProperties.PAYLOAD_FORMAT_INDICATOR, message.payloadFormat()));
        }
        if (message.expirySeconds() >= 0) {
            properties.add(
                    new IntegerProperty(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, (int) message.expirySeconds()));
        }
        addText(properties, MqttProperties.CONTENT_TYPE, message.contentType());
        addText(properties, MqttProperties.RESPONSE_TOPIC, message.responseTopic());
        if (message.correlationData() != null) {
            properties.add(new BinaryProperty(
                    MqttProperties.CORRELATION_DATA, message.correlationData().toByteArray()));
        }
        for (UserProperty user : message.userProperties()) {
            properties.add(new MqttProperties.UserProperty(user.name(), user.value()));
        }
        for (int id : subscriptionIds) {
            properties.add(new IntegerProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER, id));
        }
        return properties;
    }

    private static void addText(MqttProperties properties, int id, String text) {
        if (text != null) {
            properties.add(new StringProperty(id, text));
        }
    }
}
