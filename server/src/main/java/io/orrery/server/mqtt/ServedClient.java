package io.orrery.server.mqtt;

import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.orrery.broker.input.ClientInputs;
import io.orrery.broker.session.ConnectOutcome;
import io.orrery.broker.session.ConnectRequest;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.ReasonCode;
import io.orrery.broker.session.SubscribeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The node's half of a connection: calls the session with what the client sent, in order. A client that was refused, or
 * whose session is over, is served no more: its steps do nothing. For the node's thread.
 */
final class ServedClient {
    private static final int ANSWER_BYTES = 16;

    private final NodeGate gate;
    private final MqttLimits limits;
    private final MqttCounters counters;
    private final Outflow outflow;
    private final Consumer<Boolean> pause;
    private final ExactlyOnceInbound exactlyOnce = new ExactlyOnceInbound();
    private int version;
    private ClientInputs session;
    private Object incarnation;

    ServedClient(NodeGate gate, MqttLimits limits, MqttCounters counters, Outflow outflow, Consumer<Boolean> pause) {
        this.gate = gate;
        this.limits = limits;
        this.counters = counters;
        this.outflow = outflow;
        this.pause = pause;
    }

    void connect(ConnectRequest request, int packetBytesMax, boolean asksForDurableSession) {
        version = request.protocolLevel();
        MqttLink link = new MqttLink(version, packetBytesMax, outflow, exactlyOnce, pause);
        ClientInputs inputs = gate.connect(request, link);
        ConnectOutcome outcome = inputs.outcome();
        if (!outcome.isAccepted()) {
            counters.refusedConnects.increment();
            int code = version >= Packets.MQTT_5 ? outcome.reason().code() : oldCode(outcome.reason());
            outflow.add(Packets.connAck(code, MqttProperties.NO_PROPERTIES), ANSWER_BYTES);
            outflow.end();
            return;
        }
        session = inputs;
        incarnation = gate.incarnation();
        MqttProperties properties = version >= Packets.MQTT_5
                ? granted(request, outcome.session().clientId(), asksForDurableSession)
                : MqttProperties.NO_PROPERTIES;
        outflow.add(Packets.connAck(ReasonCode.SUCCESS.code(), properties), ANSWER_BYTES);
    }

    /** What the CONNACK of MQTT 5 says about this server (section 3.2.2.3). */
    private MqttProperties granted(ConnectRequest request, String clientId, boolean asksForDurableSession) {
        MqttProperties properties = new MqttProperties();
        add(properties, MqttProperties.RECEIVE_MAXIMUM, limits.receiveMaximum());
        add(properties, MqttProperties.MAXIMUM_QOS, 1);
        add(properties, MqttProperties.RETAIN_AVAILABLE, 0);
        add(properties, MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE, 0);
        add(properties, MqttProperties.MAXIMUM_PACKET_SIZE, limits.packetBytesMax());
        if (asksForDurableSession) {
            add(properties, MqttProperties.SESSION_EXPIRY_INTERVAL, 0);
        }
        if (request.clientId().isEmpty()) {
            properties.add(new StringProperty(MqttProperties.ASSIGNED_CLIENT_IDENTIFIER, clientId));
        }
        if (request.keepAliveSeconds() == 0 || request.keepAliveSeconds() > limits.keepAliveSecondsMax()) {
            add(properties, MqttProperties.SERVER_KEEP_ALIVE, limits.keepAliveSecondsMax());
        }
        return properties;
    }

    private static void add(MqttProperties properties, int id, int value) {
        properties.add(new IntegerProperty(id, value));
    }

    /** The return code of MQTT 3.1.1, section 3.2.2.3. */
    private static int oldCode(ReasonCode reason) {
        return switch (reason) {
            case CLIENT_IDENTIFIER_NOT_VALID -> 0x02;
            case NOT_AUTHORIZED -> 0x05;
            default -> 0x03;
        };
    }

    /** Whether there is a session, and it is the running node's. */
    private boolean isServed() {
        return session != null && incarnation == gate.incarnation() && session.isOpen();
    }

    void publish(Message message, int packetId) {
        if (isServed()) {
            session.publish(message, packetId);
        }
    }

    /** A PUBLISH of QoS 2, which an old client may send; {@code message} has QoS 1. */
    void publishExactlyOnce(Message message, int packetId) {
        if (!isServed()) {
            return;
        }
        switch (exactlyOnce.onPublish(packetId)) {
            case NEW -> session.publish(message, packetId);
            case ANSWERED -> outflow.add(Packets.step(MqttMessageType.PUBREC, packetId), ANSWER_BYTES);
            case PENDING -> {}
        }
    }

    void onPubRel(int packetId) {
        if (isServed()) {
            exactlyOnce.onPubRel(packetId);
            outflow.add(Packets.step(MqttMessageType.PUBCOMP, packetId), ANSWER_BYTES);
        }
    }

    void onPubAck(int packetId) {
        if (isServed()) {
            session.onPubAck(packetId);
        }
    }

    void subscribe(int packetId, List<SubscribeRequest> requests) {
        if (!isServed()) {
            return;
        }
        List<Integer> codes = new ArrayList<>();
        for (SubscribeRequest request : requests) {
            ReasonCode reason = session.subscribe(request);
            boolean isOldRefusal = version < Packets.MQTT_5 && reason.isError();
            codes.add(isOldRefusal ? ReasonCode.UNSPECIFIED_ERROR.code() : reason.code());
        }
        outflow.add(Packets.subAck(version, packetId, codes), ANSWER_BYTES + codes.size());
    }

    void unsubscribe(int packetId, List<String> filters) {
        if (!isServed()) {
            return;
        }
        List<Integer> codes = new ArrayList<>();
        filters.forEach(filter -> codes.add(session.unsubscribe(filter).code()));
        outflow.add(Packets.unsubAck(version, packetId, codes), ANSWER_BYTES + codes.size());
    }

    void onWritable() {
        if (isServed()) {
            session.onWritable();
        }
    }

    void onDisconnect(ReasonCode reason) {
        if (isServed()) {
            session.onDisconnect(reason);
        }
    }

    /** The connection is gone, or is to go without the client's consent. */
    void onLost() {
        if (isServed()) {
            session.onLinkLost();
        }
    }

    void onShutdown() {
        if (isServed()) {
            session.end(ReasonCode.SERVER_SHUTTING_DOWN, true);
        }
    }
}
