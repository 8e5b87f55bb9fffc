package io.orrery.transport.tcp;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * Which of Netty's ways to do I/O is used, with an event loop that the node's thread drives itself.
 *
 * @param name {@code epoll} or {@code nio}
 * @param loop owned by the thread that chose it
 */
record NettyIo(
        String name,
        ManualIoEventLoop loop,
        Class<? extends SocketChannel> socket,
        Class<? extends ServerSocketChannel> serverSocket,
        Class<? extends DatagramChannel> datagram) {

    /** To be called on the thread that will drive the loop. */
    static NettyIo choose(boolean nativeWanted) {
        if (nativeWanted && Epoll.isAvailable()) {
            return new NettyIo(
                    "epoll",
                    loop(EpollIoHandler.newFactory()),
                    EpollSocketChannel.class,
                    EpollServerSocketChannel.class,
                    EpollDatagramChannel.class);
        }
        return new NettyIo(
                "nio",
                loop(NioIoHandler.newFactory()),
                NioSocketChannel.class,
                NioServerSocketChannel.class,
                NioDatagramChannel.class);
    }

    private static ManualIoEventLoop loop(IoHandlerFactory factory) {
        return new ManualIoEventLoop(Thread.currentThread(), factory);
    }
}
