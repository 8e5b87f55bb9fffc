package io.orrery.transport.tcp;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Looks up host names on threads of its own, anew each time: addresses change, and a name server may take seconds. What
 * the JVM caches is its security property {@code networkaddress.cache.ttl}, 30 s by default.
 */
final class Resolver implements AutoCloseable {
    private static final int THREADS_MAX = 4;
    private static final int WAITING_MAX = 1024;

    private final ThreadPoolExecutor threads;

    Resolver(String node) {
        threads = new ThreadPoolExecutor(
                THREADS_MAX, THREADS_MAX, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_MAX), task -> {
                    Thread thread = new Thread(task, "orrery-resolver-" + node);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Finds a host's addresses; at once if it is an address itself.
     *
     * @param home where the callback runs
     * @param found gets the addresses, none if there are none
     */
    void resolve(HostPort target, Executor home, Consumer<List<InetSocketAddress>> found) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(target.host());
        if (literal != null) {
            found.accept(List.of(literal(literal, target.port())));
            return;
        }
        try {
            threads.execute(() -> {
                List<InetSocketAddress> addresses = lookUp(target);
                answer(home, () -> found.accept(addresses));
            });
        } catch (RejectedExecutionException tooMany) {
            found.accept(List.of());
        }
    }

    private static void answer(Executor home, Runnable task) {
        try {
            home.execute(task);
        } catch (RejectedExecutionException closed) {
            // the transport is gone, and with it whoever asked
        }
    }

    private static List<InetSocketAddress> lookUp(HostPort target) {
        try {
            return Stream.of(InetAddress.getAllByName(target.host()))
                    .map(address -> new InetSocketAddress(address, target.port()))
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static InetSocketAddress literal(byte[] address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
