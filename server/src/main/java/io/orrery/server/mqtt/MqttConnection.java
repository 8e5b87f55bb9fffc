package io.orrery.server.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.orrery.broker.session.ConnectRequest;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.ReasonCode;
import io.orrery.broker.session.SubscribeRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket's half of a connection: reads packets, refuses what the protocol forbids, and hands the rest to the node in
 * order. For its event loop, but for {@link #shutDown}.
 *
 * <p>States: {@code FRESH} until the CONNECT, {@code OPEN} until anything ends it, {@code ENDING} afterwards: what still
 * comes in is dropped.
 */
final class MqttConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(MqttConnection.class);
    private static final int ANSWER_BYTES = 8;

    private enum State {
        FRESH,
        OPEN,
        ENDING
    }

    private final NodeGate gate;
    private final MqttLimits limits;
    private final MqttCounters counters;
    private volatile ChannelHandlerContext context;
    private Inflow inflow;
    private Outflow outflow;
    private ServedClient client;
    private KeepAlive keepAlive;
    private Future<?> connectTimeout;
    private State state = State.FRESH;
    private int version = 4;
    private boolean asksForDurableSession;
    private boolean isHeldByNode;

    MqttConnection(NodeGate gate, MqttLimits limits, MqttCounters counters) {
        this.gate = gate;
        this.limits = limits;
        this.counters = counters;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        inflow = new Inflow(gate, ctx.channel().eventLoop(), counters, this::onReadingChange);
        outflow = new Outflow(ctx.channel(), limits.outboundBytesMax(), counters, this::onRelief);
        client = new ServedClient(gate, limits, counters, outflow, this::pause);
        keepAlive = new KeepAlive(ctx.channel().eventLoop(), this::onSilence);
        connectTimeout =
                ctx.executor().schedule(this::onConnectTimeout, limits.connectTimeoutNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object packet) {
        try {
            if (state != State.ENDING) {
                counters.packetsReceived.increment();
                keepAlive.onHeard();
                onPacket((MqttMessage) packet);
            }
        } catch (Refused e) {
            refuse(e.code(), e.getMessage());
        } finally {
            ReferenceCountUtil.release(packet);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        inflow.flush();
    }

    private void onPacket(MqttMessage packet) {
        if (packet.decoderResult().isFailure()) {
            onUndecodable(packet.decoderResult().cause());
            return;
        }
        MqttMessageType type = packet.fixedHeader().messageType();
        if (state == State.FRESH) {
            if (type != MqttMessageType.CONNECT) {
                throw new Refused(Refused.PROTOCOL_ERROR, "a " + type + " before the CONNECT");
            }
            onConnect((MqttConnectMessage) packet);
            return;
        }
        switch (type) {
            case PUBLISH -> onPublish((MqttPublishMessage) packet);
            case PUBACK -> step(id(packet), client::onPubAck);
            case PUBREL -> step(id(packet), client::onPubRel);
            case SUBSCRIBE -> onSubscribe((MqttSubscribeMessage) packet);
            case UNSUBSCRIBE -> onUnsubscribe((MqttUnsubscribeMessage) packet);
            case PINGREQ -> outflow.add(MqttMessage.PINGRESP, ANSWER_BYTES);
            case DISCONNECT -> onDisconnect(packet);
            case CONNECT -> throw new Refused(Refused.PROTOCOL_ERROR, "a second CONNECT");
            default -> throw new Refused(Refused.PROTOCOL_ERROR, "a " + type + " that nothing asked for");
        }
    }

    private void onConnect(MqttConnectMessage packet) {
        ConnectReader reader = new ConnectReader(packet);
        version = reader.version();
        connectTimeout.cancel(false);
        ConnectRequest request;
        int packetBytesMax;
        try {
            request = reader.request(String.valueOf(context.channel().remoteAddress()));
            packetBytesMax = reader.packetBytesMax();
        } catch (Refused e) {
            counters.refusedConnects.increment();
            LOG.debug("CONNECT of {} refused: {}", context.channel().remoteAddress(), e.getMessage());
            if (version >= Packets.MQTT_5) {
                outflow.add(Packets.connAck(e.code(), MqttProperties.NO_PROPERTIES), ANSWER_BYTES);
            }
            end();
            return;
        }
        state = State.OPEN;
        asksForDurableSession = reader.asksForDurableSession();
        keepAlive.start(grantedKeepAlive(reader.keepAliveSeconds()));
        boolean durable = asksForDurableSession;
        inflow.add(() -> client.connect(request, packetBytesMax, durable));
    }

    private int grantedKeepAlive(int asked) {
        if (version >= Packets.MQTT_5 && (asked == 0 || asked > limits.keepAliveSecondsMax())) {
            return limits.keepAliveSecondsMax();
        }
        return asked;
    }

    private void onPublish(MqttPublishMessage packet) {
        Message message = PacketReader.publish(version, packet);
        int packetId = packet.variableHeader().packetId();
        if (packet.fixedHeader().qosLevel() == MqttQoS.EXACTLY_ONCE) {
            inflow.add(() -> client.publishExactlyOnce(message, packetId));
        } else {
            inflow.add(() -> client.publish(message, packetId));
        }
    }

    private void onSubscribe(MqttSubscribeMessage packet) {
        List<SubscribeRequest> requests = PacketReader.subscribe(version, packet);
        step(packet.variableHeader().messageId(), packetId -> client.subscribe(packetId, requests));
    }

    private void onUnsubscribe(MqttUnsubscribeMessage packet) {
        List<String> filters = packet.payload().topics();
        if (filters.isEmpty()) {
            throw new Refused(Refused.PROTOCOL_ERROR, "an UNSUBSCRIBE without a filter");
        }
        step(packet.variableHeader().messageId(), packetId -> client.unsubscribe(packetId, filters));
    }

    private void onDisconnect(MqttMessage packet) {
        ReasonCode reason = PacketReader.disconnect(version, packet, asksForDurableSession);
        inflow.add(() -> client.onDisconnect(reason));
        end();
    }

    private static int id(MqttMessage packet) {
        return ((MqttMessageIdVariableHeader) packet.variableHeader()).messageId();
    }

    /** What the client's half does with a packet of an id. */
    private interface Step {
        void run(int packetId);
    }

    private void step(int packetId, Step step) {
        inflow.add(() -> step.run(packetId));
    }

    private void onUndecodable(Throwable cause) {
        counters.malformed.increment();
        LOG.debug("bytes of {} are no MQTT: {}", context.channel().remoteAddress(), cause.getMessage());
        if (state == State.OPEN) {
            boolean isTooLong = cause instanceof TooLongFrameException;
            closeWith(isTooLong ? Refused.PACKET_TOO_LARGE : Refused.MALFORMED_PACKET);
            return;
        }
        if (cause instanceof MqttUnacceptableProtocolVersionException) {
            outflow.add(Packets.connAck(0x01, MqttProperties.NO_PROPERTIES), ANSWER_BYTES);
        } else if (cause instanceof MqttIdentifierRejectedException) {
            outflow.add(Packets.connAck(0x02, MqttProperties.NO_PROPERTIES), ANSWER_BYTES);
        }
        end();
    }

    private void refuse(int code, String why) {
        counters.protocolErrors.increment();
        LOG.debug("{} refused: {}", context.channel().remoteAddress(), why);
        closeWith(code);
    }

    private void closeWith(int code) {
        if (state == State.OPEN && version >= Packets.MQTT_5) {
            outflow.add(Packets.disconnect(code), ANSWER_BYTES);
        }
        inflow.add(client::onLost);
        end();
    }

    private void end() {
        state = State.ENDING;
        outflow.end();
        inflow.flush();
    }

    private void onConnectTimeout() {
        counters.connectTimeouts.increment();
        end();
    }

    private void onSilence() {
        if (state == State.OPEN) {
            counters.keepAliveTimeouts.increment();
            closeWith(ReasonCode.KEEP_ALIVE_TIMEOUT.code());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        outflow.onChannelWritability();
    }

    private void onRelief() {
        inflow.add(client::onWritable);
        inflow.flush();
    }

    /** Called on the node's thread. */
    private void pause(boolean isPaused) {
        context.channel().eventLoop().execute(() -> {
            isHeldByNode = isPaused;
            onReadingChange();
        });
    }

    private void onReadingChange() {
        boolean reads = !isHeldByNode && !inflow.isStalled();
        if (reads != context.channel().config().isAutoRead()) {
            context.channel().config().setAutoRead(reads);
            keepAlive.reading(reads);
        }
    }

    /** Ends the connection because the node stops; from any thread. */
    void shutDown() {
        if (context == null) {
            return;
        }
        context.channel().eventLoop().execute(() -> {
            if (state == State.OPEN) {
                state = State.ENDING;
                inflow.add(client::onShutdown);
                inflow.flush();
            } else {
                end();
            }
        });
    }

    /** Closes the socket as it is; from any thread. */
    void cutOff() {
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        counters.closed.increment();
        connectTimeout.cancel(false);
        keepAlive.stop();
        state = State.ENDING;
        inflow.add(client::onLost);
        inflow.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("connection of {} broke", ctx.channel().remoteAddress(), cause);
        ctx.close();
    }
}
