package io.orrery.server.mqtt;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Takes MQTT connections on one TCP port. */
public final class MqttListener implements AutoCloseable {
    private static final int CLIENT_ID_CHARS_MAX = 65_535;
    private static final int BACKLOG = 1024;
    private static final long DRAIN_MILLIS = 2_000;

    private final NodeGate gate;
    private final MqttLimits limits;
    private final MqttCounters counters = new MqttCounters();
    private final Set<MqttConnection> connections = ConcurrentHashMap.newKeySet();
    private final EventLoopGroup loops;
    private Channel server;

    /**
     * @param threads that serve the connections
     */
    public MqttListener(NodeGate gate, MqttLimits limits, int threads, String name) {
        this.gate = gate;
        this.limits = limits;
        IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.loops =
                new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("orrery-mqtt-" + name, true), io);
    }

    /**
     * Binds.
     *
     * @throws ProblemException if the address cannot be had
     */
    public MqttListener start(String host, int port) {
        Class<? extends ServerChannel> type =
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        InetSocketAddress address = host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(limits.outboundBytesMax() / 2, limits.outboundBytesMax()))
                .childHandler(new Pipeline())
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new ProblemException(
                    ExitCode.UNREACHABLE,
                    "cannot listen for MQTT on " + (host.isEmpty() ? "*" : host) + ":" + port,
                    Problem.reason(bound.cause()),
                    "stop what uses the port, or choose another: --mqtt-port " + (port + 1));
        }
        server = bound.channel();
        return this;
    }

    /** The port bound. */
    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    public MqttCounters counters() {
        return counters;
    }

    /** Connections open now. */
    public int connectionCount() {
        return connections.size();
    }

    /** Sends every client away; the listener goes on. Returns when they are gone, or after two seconds. */
    public void dropAll() {
        connections.forEach(MqttConnection::shutDown);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS);
        while (!connections.isEmpty() && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        connections.forEach(MqttConnection::cutOff);
    }

    /** Stops listening, sends every client away, frees the threads. */
    @Override
    public void close() {
        if (server != null) {
            server.close().awaitUninterruptibly();
            dropAll();
        }
        loops.shutdownGracefully(0, DRAIN_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(DRAIN_MILLIS);
    }

    /** What stands between a socket and its {@link MqttConnection}. */
    private final class Pipeline extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel channel) {
            if (connections.size() >= limits.connectionsMax()) {
                counters.refusedFull.increment();
                channel.close();
                return;
            }
            counters.accepted.increment();
            MqttConnection connection = new MqttConnection(gate, limits, counters);
            connections.add(connection);
            channel.closeFuture().addListener(closed -> connections.remove(connection));
            channel.pipeline()
                    .addLast(new MqttDecoder(limits.packetBytesMax(), CLIENT_ID_CHARS_MAX, true))
                    .addLast(MqttEncoder.INSTANCE)
                    .addLast(connection);
        }
    }
}
