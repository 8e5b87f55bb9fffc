package io.orrery.server.mqtt;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.MessageProperties;
import io.orrery.broker.session.ReasonCode;
import io.orrery.broker.session.SubscribeRequest;
import io.orrery.broker.topic.TopicName;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Reads the packets of a connected client into the broker's words, or refuses them. */
final class PacketReader {
    private PacketReader() {}

    /**
     * A PUBLISH (section 3.3). One of QoS 2 comes back with QoS 1.
     *
     * @throws Refused for a topic, a flag or a property that is not allowed here
     */
    static Message publish(int version, MqttPublishMessage packet) {
        MqttProperties properties = packet.variableHeader().properties();
        boolean isRetained = packet.fixedHeader().isRetain();
        int qos = packet.fixedHeader().qosLevel().value();
        MessageProperties carried = MessageProperties.NONE;
        if (version >= Packets.MQTT_5) {
            requirePermitted(properties, isRetained, qos);
            carried = Properties.ofMessage(properties);
        }
        String topic = packet.variableHeader().topicName();
        String fault = TopicName.fault(topic);
        if (fault != null) {
            throw new Refused(Refused.TOPIC_NAME_INVALID, fault);
        }
        Bytes payload = Bytes.wrap(ByteBufUtil.getBytes(packet.payload()));
        return new Message(TopicName.of(topic), payload, Math.min(qos, 1), isRetained, carried);
    }

    private static void requirePermitted(MqttProperties properties, boolean isRetained, int qos) {
        if (properties.getProperty(MqttProperties.TOPIC_ALIAS) != null) {
            throw new Refused(Refused.TOPIC_ALIAS_INVALID, "a topic alias, of which none was granted");
        }
        if (properties.getProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER) != null) {
            throw new Refused(Refused.PROTOCOL_ERROR, "a client's publish with a subscription identifier");
        }
        if (qos == 2) {
            throw new Refused(Refused.QOS_NOT_SUPPORTED, "a publish of QoS 2");
        }
        if (isRetained) {
            throw new Refused(Refused.RETAIN_NOT_SUPPORTED, "a publish to be retained");
        }
        String response = Properties.text(properties, MqttProperties.RESPONSE_TOPIC);
        if (response != null && TopicName.fault(response) != null) {
            throw new Refused(Refused.PROTOCOL_ERROR, "a response topic that is no topic");
        }
    }

    /** A SUBSCRIBE (section 3.8). */
    static List<SubscribeRequest> subscribe(int version, MqttSubscribeMessage packet) {
        int id = 0;
        if (version >= Packets.MQTT_5
                && packet.variableHeader() instanceof MqttMessageIdAndPropertiesVariableHeader header) {
            id = (int) Properties.number(header.properties(), MqttProperties.SUBSCRIPTION_IDENTIFIER, 0);
            boolean isZero = id == 0 && header.properties().getProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER) != null;
            if (isZero) {
                throw new Refused(Refused.PROTOCOL_ERROR, "a subscription identifier of 0");
            }
        }
        List<SubscribeRequest> requests = new ArrayList<>();
        for (MqttTopicSubscription topic : packet.payload().topicSubscriptions()) {
            requests.add(new SubscribeRequest(
                    topic.topicFilter(),
                    topic.qualityOfService().value(),
                    topic.option().isNoLocal(),
                    topic.option().isRetainAsPublished(),
                    id));
        }
        if (requests.isEmpty()) {
            throw new Refused(Refused.PROTOCOL_ERROR, "a SUBSCRIBE without a filter");
        }
        return requests;
    }

    /** The reason of a DISCONNECT (section 3.14). */
    static ReasonCode disconnect(int version, MqttMessage packet, boolean askedForDurableSession) {
        if (version < Packets.MQTT_5
                || !(packet.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header)) {
            return ReasonCode.SUCCESS;
        }
        long expiry = Properties.number(header.properties(), MqttProperties.SESSION_EXPIRY_INTERVAL, 0);
        if (expiry > 0 && !askedForDurableSession) {
            throw new Refused(Refused.PROTOCOL_ERROR, "a session expiry that was 0 is raised");
        }
        int code = header.reasonCode() & 0xFF;
        for (ReasonCode reason : ReasonCode.values()) {
            if (reason.code() == code) {
                return reason;
            }
        }
        return code < 0x80 ? ReasonCode.SUCCESS : ReasonCode.UNSPECIFIED_ERROR;
    }
}
