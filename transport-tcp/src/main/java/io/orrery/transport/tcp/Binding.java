package io.orrery.transport.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.orrery.kernel.host.HostException;
import java.net.InetSocketAddress;

/** The sockets a node listens on: TCP and, unless the configuration says no, UDP on one port number. For the node's thread. */
final class Binding {
    private static final int FREE_PAIR_ATTEMPTS_MAX = 32;
    private static final long BIND_NANOS_MAX = 10_000_000_000L;

    private final Local local;
    private final Acceptor acceptor;
    private final Datagrams datagrams;

    Binding(Local local, Acceptor acceptor, Datagrams datagrams) {
        this.local = local;
        this.acceptor = acceptor;
        this.datagrams = datagrams;
    }

    /**
     * Binds what the configuration asks for and returns the port.
     *
     * @throws HostException naming the address and what to do
     */
    int bind() {
        int wanted = local.config.port();
        for (int attempt = 1; ; attempt++) {
            Channel server = await("TCP", address(wanted), server().bind(address(wanted)));
            int port = ((InetSocketAddress) server.localAddress()).getPort();
            if (!local.config.datagrams()) {
                return port;
            }
            ChannelFuture udp = run(datagram().bind(address(port)));
            if (udp.isSuccess()) {
                datagrams.bound(udp.channel());
                return port;
            }
            run(server.close());
            if (wanted != 0 || attempt == FREE_PAIR_ATTEMPTS_MAX) {
                throw failure("UDP", address(port), udp.cause());
            }
        }
    }

    private InetSocketAddress address(int port) {
        String host = local.config.bindHost();
        return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
    }

    private ServerBootstrap server() {
        return new ServerBootstrap()
                .group(local.io.loop())
                .channel(local.io.serverSocket())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 256)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(512, 4096, 256 * 1024))
                .childHandler(acceptor);
    }

    private Bootstrap datagram() {
        return new Bootstrap()
                .group(local.io.loop())
                .channel(local.io.datagram())
                .option(ChannelOption.SO_RCVBUF, 1024 * 1024)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(Datagrams.PACKET_BYTES_MAX + 1).maxMessagesPerRead(64))
                .handler(datagrams);
    }

    private Channel await(String what, InetSocketAddress address, ChannelFuture binding) {
        if (!run(binding).isSuccess()) {
            throw failure(what, address, binding.cause());
        }
        return binding.channel();
    }

    private ChannelFuture run(ChannelFuture future) {
        long startNanos = System.nanoTime();
        while (!future.isDone() && System.nanoTime() - startNanos < BIND_NANOS_MAX) {
            local.io.loop().run(1_000_000);
        }
        return future;
    }

    private HostException failure(String what, InetSocketAddress address, Throwable cause) {
        String where = SocketWords.address(address);
        String problem = cause == null ? "it took too long" : SocketWords.why(cause, address);
        String advice = "";
        if (problem.contains("in use")) {
            advice = "; stop the process that has it (ss -lntup 'sport = :" + address.getPort()
                    + "' names it), or give this node another port";
        } else if (problem.contains("ermission denied")) {
            advice = "; ports below 1024 need a privilege: choose a higher one";
        } else if (problem.contains("annot assign") || address.isUnresolved()) {
            advice = "; the address must be one of this machine's";
        }
        return new HostException("cannot listen on " + where + " (" + what + "): " + problem + advice, cause);
    }
}
