package io.orrery.transport.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.Idle;
import io.orrery.kernel.host.NodeThread;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Round trips of 128 bytes over loopback, one at a time: two node threads beside bare Netty (epoll, one event loop a side,
 * length-prefixed frames), in turns in one run; and Netty again with each frame handed to a thread that handles it and hands
 * the reply back, as a node with event loops of its own would. Prints the median and the 99th percentile of each round, and the ratio of
 * the medians of all rounds.
 *
 * <p>Arguments: rounds (default 5), round trips per round (default 20000).
 */
public final class RoundTripComparison {
    private static final int PAYLOAD_BYTES = 128;

    private RoundTripComparison() {}

    private interface Contender {
        long[] round(int trips) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int trips = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
        String[] names = {"netty", "netty, handed", "orrery PARK", "orrery BACKOFF", "orrery YIELD"};
        try (Netty netty = new Netty(false);
                Netty handed = new Netty(true);
                Nodes park = new Nodes(Idle.PARK);
                Nodes backoff = new Nodes(Idle.BACKOFF)) {
            Contender[] contenders = {netty, handed, park, backoff, null};
            long[][] medians = new long[names.length][rounds];
            for (int round = -2; round < rounds; round++) {
                for (int i = 0; i < contenders.length; i++) {
                    long[] nanos;
                    if (contenders[i] == null) {
                        try (Nodes yield = new Nodes(Idle.YIELD)) {
                            yield.round(trips / 4);
                            nanos = yield.round(trips);
                        }
                    } else {
                        nanos = contenders[i].round(trips);
                    }
                    Arrays.sort(nanos);
                    if (round >= 0) {
                        medians[i][round] = nanos[trips / 2];
                        System.out.printf(
                                Locale.ROOT,
                                "round %d  %-15s p50 %6.1f us  p99 %7.1f us%n",
                                round,
                                names[i],
                                nanos[trips / 2] / 1e3,
                                nanos[trips - trips / 100] / 1e3);
                    }
                }
            }
            double base = median(medians[0]);
            for (int i = 0; i < names.length; i++) {
                System.out.printf(
                        Locale.ROOT,
                        "%-15s median %6.1f us  %.2f x netty%n",
                        names[i],
                        median(medians[i]) / 1e3,
                        median(medians[i]) / base);
            }
        }
    }

    private static double median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The least that Netty can do: a frame decoder, and a handler that writes back. */
    private static final class Netty implements Contender, AutoCloseable {
        private final EventLoopGroup serverLoop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        private final EventLoopGroup clientLoop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        private final List<ExecutorService> handlers = new ArrayList<>();
        private final Client client;
        private final Channel channel;

        Netty(boolean handsOver) throws InterruptedException {
            client = new Client(handler(handsOver));
            Executor echoing = handler(handsOver);
            Channel server = new ServerBootstrap()
                    .group(serverLoop)
                    .channel(EpollServerSocketChannel.class)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                    .childHandler(framed(() -> new Echo(echoing)))
                    .bind("127.0.0.1", 0)
                    .sync()
                    .channel();
            channel = new Bootstrap()
                    .group(clientLoop)
                    .channel(EpollSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                    .handler(framed(() -> client))
                    .connect(new InetSocketAddress("127.0.0.1", ((InetSocketAddress) server.localAddress()).getPort()))
                    .sync()
                    .channel();
        }

        private Executor handler(boolean handsOver) {
            if (!handsOver) {
                return Runnable::run;
            }
            ExecutorService thread = Executors.newSingleThreadExecutor();
            handlers.add(thread);
            return thread;
        }

        private static ChannelInitializer<Channel> framed(Supplier<SimpleChannelInboundHandler<ByteBuf>> last) {
            return new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel ch) {
                    ch.pipeline().addLast(new LengthFieldBasedFrameDecoder(1 << 20, 0, 4, 0, 4), last.get());
                }
            };
        }

        @Override
        public long[] round(int trips) throws Exception {
            CompletableFuture<long[]> result = new CompletableFuture<>();
            channel.eventLoop().execute(() -> client.begin(channel, trips, result));
            return result.get();
        }

        @Override
        public void close() {
            handlers.forEach(ExecutorService::shutdown);
            serverLoop.shutdownGracefully();
            clientLoop.shutdownGracefully();
        }

        private static final class Echo extends SimpleChannelInboundHandler<ByteBuf> {
            private final Executor handler;

            Echo(Executor handler) {
                this.handler = handler;
            }

            @Override
            protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
                ByteBuf reply = context.alloc().directBuffer(4 + frame.readableBytes());
                reply.writeInt(frame.readableBytes()).writeBytes(frame);
                handler.execute(() -> context.writeAndFlush(reply, context.voidPromise()));
            }
        }

        private static final class Client extends SimpleChannelInboundHandler<ByteBuf> {
            private final byte[] payload = new byte[PAYLOAD_BYTES];
            private final Executor handler;
            private CompletableFuture<long[]> result;
            private long[] nanos;
            private int done;
            private long sentNanos;

            Client(Executor handler) {
                this.handler = handler;
            }

            void begin(Channel channel, int trips, CompletableFuture<long[]> whenDone) {
                nanos = new long[trips];
                done = 0;
                result = whenDone;
                send(channel);
            }

            private void send(Channel channel) {
                sentNanos = System.nanoTime();
                ByteBuf frame = channel.alloc().directBuffer(4 + PAYLOAD_BYTES);
                frame.writeInt(PAYLOAD_BYTES).writeBytes(payload);
                channel.writeAndFlush(frame, channel.voidPromise());
            }

            @Override
            protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
                handler.execute(() -> onReply(context));
            }

            private void onReply(ChannelHandlerContext context) {
                nanos[done++] = System.nanoTime() - sentNanos;
                if (done == nanos.length) {
                    result.complete(nanos);
                } else {
                    send(context.channel());
                }
            }
        }
    }

    /** Two whole nodes: kernel, port, codec, checksum, inbox, transport with a connection each way. */
    private static final class Nodes implements Contender, AutoCloseable {
        private static final NodeId ASKER = NodeId.of("asker");
        private static final NodeId REPLIER = NodeId.of("replier");

        private final Path directory = Files.createTempDirectory("round-trip");
        private final NodeThread asker;
        private final NodeThread replier;

        Nodes(Idle idle) throws Exception {
            TcpTransport from = transport(ASKER);
            TcpTransport to = transport(REPLIER);
            asker = new NodeThread(ASKER, new HostConfig().idle(idle), from, directory.resolve("asker"))
                    .start(Asker::new);
            replier = new NodeThread(REPLIER, new HostConfig().idle(idle), to, directory.resolve("replier"))
                    .start(Replier::new);
            from.learn(REPLIER, "127.0.0.1:" + to.port());
            to.learn(ASKER, "127.0.0.1:" + from.port());
        }

        private static TcpTransport transport(NodeId node) {
            return new TcpTransport(
                    node, new TcpConfig().bindHost("127.0.0.1").port(0).log((level, text) -> {}));
        }

        @Override
        public long[] round(int trips) throws Exception {
            Asker program = (Asker) asker.protocol();
            CountDownLatch over = new CountDownLatch(1);
            long[] nanos = new long[trips];
            asker.submit(() -> program.begin(nanos, over));
            over.await();
            return nanos;
        }

        @Override
        public void close() {
            asker.stop();
            replier.stop();
        }
    }

    private static final class Asker implements Protocol {
        private final Port<Bytes> port;
        private final Bytes payload = Bytes.wrap(new byte[PAYLOAD_BYTES]);
        private long[] nanos = new long[0];
        private CountDownLatch over;
        private int done;
        private long sentNanos;

        Asker(Kernel kernel) {
            port = kernel.open(CHANNEL, new RawCodec(), (from, reply) -> onReply());
        }

        @Override
        public void start() {}

        void begin(long[] into, CountDownLatch whenOver) {
            nanos = into;
            over = whenOver;
            done = 0;
            send();
        }

        private void send() {
            sentNanos = System.nanoTime();
            port.send(Nodes.REPLIER, payload);
        }

        private void onReply() {
            nanos[done++] = System.nanoTime() - sentNanos;
            if (done == nanos.length) {
                over.countDown();
            } else {
                send();
            }
        }
    }

    private static final class Replier implements Protocol {
        private Port<Bytes> port;

        Replier(Kernel kernel) {
            port = kernel.open(CHANNEL, new RawCodec(), (from, request) -> port.send(from, request));
        }

        @Override
        public void start() {}
    }

    private static final io.orrery.kernel.Channel CHANNEL = new io.orrery.kernel.Channel(1000, 0, Delivery.STREAM);

    private static final class RawCodec implements Codec<Bytes> {
        @Override
        public void encode(Bytes message, Encoder out) {
            out.writeRaw(message);
        }

        @Override
        public Bytes decode(Decoder in) {
            return in.readRaw(in.remaining());
        }
    }
}
