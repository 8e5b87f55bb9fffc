package io.orrery.server.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import io.orrery.broker.session.Message;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Packets that the server sends, for one protocol version each. */
final class Packets {
    static final int MQTT_5 = 5;

    private Packets() {}

    static MqttConnAckMessage connAck(int code, MqttProperties properties) {
        MqttConnectReturnCode returnCode = MqttConnectReturnCode.valueOf((byte) code);
        return new MqttConnAckMessage(
                header(MqttMessageType.CONNACK), new MqttConnAckVariableHeader(returnCode, false, properties));
    }

    static MqttPublishMessage publish(
            Message message, int qos, boolean retain, int packetId, boolean duplicate, MqttProperties properties) {
        Bytes payload = message.payload();
        return new MqttPublishMessage(
                new MqttFixedHeader(MqttMessageType.PUBLISH, duplicate, MqttQoS.valueOf(qos), retain, 0),
                new MqttPublishVariableHeader(message.topic().text(), packetId, properties),
                Unpooled.wrappedBuffer(payload.array(), payload.offset(), payload.length()));
    }

    /** The answer to a PUBLISH of QoS 1. */
    static MqttMessage pubAck(int version, int packetId, int code) {
        return new MqttPubAckMessage(header(MqttMessageType.PUBACK), reply(version, packetId, code));
    }

    /** A step of the QoS 2 exchange. */
    static MqttMessage step(MqttMessageType type, int packetId) {
        return new MqttMessage(header(type), MqttMessageIdVariableHeader.from(packetId));
    }

    static MqttMessage subAck(int version, int packetId, List<Integer> codes) {
        return new MqttSubAckMessage(
                header(MqttMessageType.SUBACK), idAndProperties(version, packetId), new MqttSubAckPayload(codes));
    }

    static MqttMessage unsubAck(int version, int packetId, List<Integer> codes) {
        if (version < MQTT_5) {
            return new MqttUnsubAckMessage(
                    header(MqttMessageType.UNSUBACK), MqttMessageIdVariableHeader.from(packetId));
        }
        List<Short> reasons = new ArrayList<>();
        codes.forEach(code -> reasons.add(code.shortValue()));
        return new MqttUnsubAckMessage(
                header(MqttMessageType.UNSUBACK), idAndProperties(version, packetId), new MqttUnsubAckPayload(reasons));
    }

    static MqttMessage disconnect(int code) {
        return new MqttMessage(
                header(MqttMessageType.DISCONNECT),
                new MqttReasonCodeAndPropertiesVariableHeader((byte) code, MqttProperties.NO_PROPERTIES));
    }

    private static MqttMessageIdVariableHeader reply(int version, int packetId, int code) {
        return version < MQTT_5
                ? MqttMessageIdVariableHeader.from(packetId)
                : new MqttPubReplyMessageVariableHeader(packetId, (byte) code, MqttProperties.NO_PROPERTIES);
    }

    private static MqttMessageIdAndPropertiesVariableHeader idAndProperties(int version, int packetId) {
        return new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES);
    }

    private static MqttFixedHeader header(MqttMessageType type) {
        return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
    }
}
