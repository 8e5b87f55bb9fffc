package io.orrery.server.mqtt;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.orrery.broker.session.ConnectRequest;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.MessageProperties;
import io.orrery.broker.session.Will;
import io.orrery.broker.topic.TopicName;
import io.orrery.kernel.codec.Bytes;

/** Reads a CONNECT packet (section 3.1): what the client asks of the broker, and what of its connection. */
final class ConnectReader {
    /** No packet is larger than this; see section 2.1.4. */
    private static final long PACKET_BYTES_MAX = 268_435_460;

    private final MqttConnectVariableHeader header;
    private final MqttConnectPayload payload;
    private final MqttProperties properties;

    ConnectReader(MqttConnectMessage connect) {
        header = connect.variableHeader();
        payload = connect.payload();
        properties = header.properties();
    }

    int version() {
        return header.version();
    }

    /** Seconds; 0 switches it off. */
    int keepAliveSeconds() {
        return header.keepAliveTimeSeconds();
    }

    /** Whether the client asked that its session outlive the connection. */
    boolean asksForDurableSession() {
        return version() >= Packets.MQTT_5
                ? Properties.number(properties, MqttProperties.SESSION_EXPIRY_INTERVAL, 0) > 0
                : !header.isCleanSession();
    }

    /** The largest packet the client takes, in bytes. */
    int packetBytesMax() {
        long size = Properties.number(properties, MqttProperties.MAXIMUM_PACKET_SIZE, PACKET_BYTES_MAX);
        if (size == 0) {
            throw new Refused(Refused.PROTOCOL_ERROR, "a Maximum Packet Size of 0");
        }
        return (int) Math.min(size, PACKET_BYTES_MAX);
    }

    /**
     * @throws Refused with the reason code for the CONNACK
     */
    ConnectRequest request(String remoteAddress) {
        long receiveMaximum = Properties.number(properties, MqttProperties.RECEIVE_MAXIMUM, 65_535);
        if (receiveMaximum == 0) {
            throw new Refused(Refused.PROTOCOL_ERROR, "a Receive Maximum of 0");
        }
        if (properties.getProperty(MqttProperties.AUTHENTICATION_METHOD) != null) {
            throw new Refused(Refused.BAD_AUTHENTICATION_METHOD, "no authentication method is known here");
        }
        if (properties.getProperty(MqttProperties.AUTHENTICATION_DATA) != null) {
            throw new Refused(Refused.PROTOCOL_ERROR, "authentication data without a method");
        }
        return new ConnectRequest(
                payload.clientIdentifier() == null ? "" : payload.clientIdentifier(),
                version(),
                header.isCleanSession(),
                header.keepAliveTimeSeconds(),
                (int) receiveMaximum,
                header.hasUserName() ? payload.userName() : null,
                remoteAddress,
                header.isWillFlag() ? will() : null);
    }

    private Will will() {
        if (header.willQos() > 2) {
            throw new Refused(Refused.MALFORMED_PACKET, "a will of QoS 3");
        }
        String fault = TopicName.fault(payload.willTopic());
        if (fault != null) {
            throw new Refused(Refused.TOPIC_NAME_INVALID, fault);
        }
        boolean isMqtt5 = version() >= Packets.MQTT_5;
        if (isMqtt5 && header.willQos() == 2) {
            throw new Refused(Refused.QOS_NOT_SUPPORTED, "a will of QoS 2");
        }
        if (isMqtt5 && header.isWillRetain()) {
            throw new Refused(Refused.RETAIN_NOT_SUPPORTED, "a will to be retained");
        }
        MessageProperties carried = isMqtt5 ? Properties.ofMessage(payload.willProperties()) : MessageProperties.NONE;
        return new Will(new Message(
                TopicName.of(payload.willTopic()),
                Bytes.wrap(payload.willMessageInBytes()),
                Math.min(header.willQos(), 1),
                header.isWillRetain(),
                carried));
    }
}
