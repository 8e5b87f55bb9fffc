package io.orrery.server.mqtt;

import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.orrery.broker.session.ClientLink;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.ReasonCode;
import java.util.function.Consumer;

/** The node's half of a connection: what the session says becomes packets. For the node's thread. */
final class MqttLink implements ClientLink {
    private static final int SMALL_PACKET_BYTES = 8;

    private final int version;
    private final int packetBytesMax;
    private final Outflow outflow;
    private final ExactlyOnceInbound exactlyOnce;
    private final Consumer<Boolean> pause;

    /**
     * @param packetBytesMax what the client takes
     * @param exactlyOnce which publishes of the client came with QoS 2
     * @param pause stops or resumes reading; may be called from the node's thread
     */
    MqttLink(
            int version, int packetBytesMax, Outflow outflow, ExactlyOnceInbound exactlyOnce, Consumer<Boolean> pause) {
        this.version = version;
        this.packetBytesMax = packetBytesMax;
        this.outflow = outflow;
        this.exactlyOnce = exactlyOnce;
        this.pause = pause;
    }

    @Override
    public boolean publish(
            Message message, int qos, boolean retain, int packetId, boolean duplicate, int[] subscriptionIds) {
        int size = PublishSize.bytes(version, message, qos, subscriptionIds);
        if (size > packetBytesMax) {
            return false;
        }
        MqttProperties properties = version < Packets.MQTT_5
                ? MqttProperties.NO_PROPERTIES
                : Properties.toPublish(message.properties(), subscriptionIds);
        outflow.add(Packets.publish(message, qos, retain, packetId, duplicate, properties), size);
        return true;
    }

    @Override
    public void pubAck(int packetId, ReasonCode reason) {
        if (exactlyOnce.onTaken(packetId)) {
            outflow.add(Packets.step(MqttMessageType.PUBREC, packetId), SMALL_PACKET_BYTES);
        } else {
            outflow.add(Packets.pubAck(version, packetId, reason.code()), SMALL_PACKET_BYTES);
        }
    }

    @Override
    public boolean isWritable() {
        return outflow.isWritable();
    }

    @Override
    public void pauseReading(boolean isPaused) {
        pause.accept(isPaused);
    }

    @Override
    public void close(ReasonCode reason) {
        if (version >= Packets.MQTT_5) {
            outflow.add(Packets.disconnect(reason.code()), SMALL_PACKET_BYTES);
        }
        outflow.end();
    }
}
