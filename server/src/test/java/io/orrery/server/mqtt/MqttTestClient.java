package io.orrery.server.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A client for tests that says exactly what it is told, packet by packet, and keeps what it hears. */
public final class MqttTestClient implements AutoCloseable {
    private static final int WAIT_SECONDS = 10;
    private static final MultiThreadIoEventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("mqtt-test-client", true), NioIoHandler.newFactory());

    private final MqttVersion version;
    private final Channel channel;
    private final BlockingQueue<MqttMessage> received = new LinkedBlockingQueue<>();

    /** Opens a socket and says nothing. */
    public MqttTestClient(int port, int version) {
        this.version = version == 5 ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1;
        channel = new Bootstrap()
                .group(LOOPS)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel fresh) {
                        fresh.pipeline()
                                .addLast(new MqttDecoder(16 * 1024 * 1024), MqttEncoder.INSTANCE, new Receiver());
                    }
                })
                .connect("127.0.0.1", port)
                .syncUninterruptibly()
                .channel();
    }

    /** A client that is connected and accepted. */
    public static MqttTestClient connected(int port, int version, String clientId) {
        MqttTestClient client = new MqttTestClient(port, version);
        assertThat(client.connect(clientId, builder -> {})).isZero();
        return client;
    }

    private final class Receiver extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object packet) {
            received.add(packet instanceof MqttPublishMessage publish ? onHeap(publish) : (MqttMessage) packet);
        }

        /** What it heard is kept for as long as a test likes: the buffer that it came in is given back. */
        private static MqttPublishMessage onHeap(MqttPublishMessage publish) {
            try {
                return publish.replace(Unpooled.copiedBuffer(publish.payload()));
            } finally {
                publish.release();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    /** Sends a CONNECT; the return code of the CONNACK comes back. */
    public int connect(String clientId, Consumer<MqttMessageBuilders.ConnectBuilder> more) {
        return connAck(clientId, more).variableHeader().connectReturnCode().byteValue() & 0xFF;
    }

    MqttConnAckMessage connAck(String clientId, Consumer<MqttMessageBuilders.ConnectBuilder> more) {
        sendConnect(clientId, more);
        return (MqttConnAckMessage) expect(MqttMessageType.CONNACK);
    }

    void sendConnect(String clientId, Consumer<MqttMessageBuilders.ConnectBuilder> more) {
        MqttMessageBuilders.ConnectBuilder builder = MqttMessageBuilders.connect()
                .protocolVersion(version)
                .clientId(clientId)
                .cleanSession(true)
                .keepAlive(60);
        more.accept(builder);
        send(builder.build());
    }

    public void send(MqttMessage packet) {
        channel.writeAndFlush(packet).syncUninterruptibly();
    }

    /** Sends bytes as they are. */
    void sendRaw(byte[] bytes) {
        channel.pipeline().remove(MqttEncoder.INSTANCE);
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes)).awaitUninterruptibly();
    }

    /** Subscribes; the first code of the SUBACK comes back. */
    public int subscribe(String filter, int qos) {
        send(MqttMessageBuilders.subscribe()
                .messageId(1)
                .addSubscription(MqttQoS.valueOf(qos), filter)
                .build());
        MqttMessage answer = expect(MqttMessageType.SUBACK);
        return ((MqttSubAckMessage) answer).payload().reasonCodes().get(0);
    }

    /** Publishes without waiting for an answer. */
    public void publish(String topic, String payload, int qos, int packetId) {
        publish(topic, payload, qos, packetId, false, false, MqttProperties.NO_PROPERTIES);
    }

    void publish(
            String topic,
            String payload,
            int qos,
            int packetId,
            boolean isDuplicate,
            boolean isRetained,
            MqttProperties properties) {
        send(new MqttPublishMessage(
                new MqttFixedHeader(MqttMessageType.PUBLISH, isDuplicate, MqttQoS.valueOf(qos), isRetained, 0),
                new MqttPublishVariableHeader(topic, packetId, properties),
                Unpooled.copiedBuffer(payload, StandardCharsets.UTF_8)));
    }

    /** Publishes with QoS 1 and waits for the PUBACK. */
    public void publishAcknowledged(String topic, String payload, int packetId) {
        publish(topic, payload, 1, packetId);
        assertThat(idOf(expect(MqttMessageType.PUBACK))).isEqualTo(packetId);
    }

    void sendStep(MqttMessageType type, int packetId) {
        MqttQoS qos = type == MqttMessageType.PUBREL ? MqttQoS.AT_LEAST_ONCE : MqttQoS.AT_MOST_ONCE;
        send(new MqttMessage(
                new MqttFixedHeader(type, false, qos, false, 0), MqttMessageIdVariableHeader.from(packetId)));
    }

    /** The next packet, which must be of this type. */
    MqttMessage expect(MqttMessageType type) {
        MqttMessage packet = next();
        assertThat(packet.decoderResult().isSuccess()).as("decodes: %s", packet).isTrue();
        assertThat(packet.fixedHeader().messageType()).isEqualTo(type);
        return packet;
    }

    private MqttMessage next() {
        try {
            MqttMessage packet = received.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            assertThat(packet).as("a packet within %d s", WAIT_SECONDS).isNotNull();
            return packet;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next packet, a PUBLISH, as {@code topic=payload}. A message of QoS 1 is acknowledged. */
    public String message() {
        MqttPublishMessage packet = publish();
        if (packet.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE) {
            sendStep(MqttMessageType.PUBACK, packet.variableHeader().packetId());
        }
        return packet.variableHeader().topicName() + "=" + packet.payload().toString(StandardCharsets.UTF_8);
    }

    MqttPublishMessage publish() {
        return (MqttPublishMessage) expect(MqttMessageType.PUBLISH);
    }

    static int idOf(MqttMessage packet) {
        return ((MqttMessageIdVariableHeader) packet.variableHeader()).messageId();
    }

    /** The reason of the DISCONNECT that must come next, before the connection closes. */
    int disconnectCode() {
        MqttMessage packet = expect(MqttMessageType.DISCONNECT);
        expectClosed();
        return packet.variableHeader() == null
                ? 0
                : ((MqttReasonCodeAndPropertiesVariableHeader) packet.variableHeader()).reasonCode() & 0xFF;
    }

    void expectClosed() {
        assertThat(channel.closeFuture().awaitUninterruptibly(WAIT_SECONDS, TimeUnit.SECONDS))
                .as("the server closes the connection")
                .isTrue();
    }

    /** That nothing more was sent: a ping comes back first. */
    void expectNothing() {
        ping();
    }

    void ping() {
        send(MqttMessage.PINGREQ);
        expect(MqttMessageType.PINGRESP);
    }

    void reads(boolean reads) {
        channel.config().setAutoRead(reads);
    }

    int receivedCount() {
        return received.size();
    }

    /** Breaks the connection without a DISCONNECT. */
    void breakOff() {
        channel.close().syncUninterruptibly();
    }

    void disconnect() {
        send(MqttMessage.DISCONNECT);
        expectClosed();
    }

    @Override
    public void close() {
        channel.close();
    }
}
