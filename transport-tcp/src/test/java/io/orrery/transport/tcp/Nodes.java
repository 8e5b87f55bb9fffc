package io.orrery.transport.tcp;

import io.orrery.kernel.Channel;
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
import io.orrery.kernel.host.NodeThread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Nodes over TCP for tests, each on a free port of loopback, with what they heard and what they logged. */
final class Nodes implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 20;

    private final Path directory;
    private final List<Node> nodes = new ArrayList<>();

    Nodes(Path directory) {
        this.directory = directory;
    }

    /** One node with a stream and a datagram channel of plain text. */
    static final class Node implements Protocol {
        final NodeId id;
        final TcpTransport transport;
        final NodeThread thread;
        final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<String> logged;
        private Port<Bytes> stream;
        private Port<Bytes> datagram;

        private Node(String name, Path directory, TcpConfig config, HostConfig host) {
            id = NodeId.of(name);
            logged = new LinkedBlockingQueue<>();
            transport = new TcpTransport(id, config.log((level, text) -> logged.add(text)));
            thread = new NodeThread(id, host, transport, directory);
            thread.start(kernel -> boot(kernel));
        }

        private Protocol boot(Kernel kernel) {
            stream = kernel.open(new Channel(1000, 0, Delivery.STREAM), new RawCodec(), this::onMessage);
            datagram = kernel.open(new Channel(1001, 0, Delivery.DATAGRAM), new RawCodec(), this::onMessage);
            return this;
        }

        @Override
        public void start() {}

        private void onMessage(NodeId from, Bytes message) {
            heard.add(from + ": " + message.utf8());
        }

        int port() {
            return transport.port();
        }

        TcpCounters counters() {
            return transport.counters();
        }

        boolean send(NodeId to, String text) {
            return Nodes.answer(thread.call(() -> stream.send(to, Bytes.ofUtf8(text))));
        }

        /** Sends on the node's own thread. */
        boolean post(NodeId to, String text) {
            return stream.send(to, Bytes.ofUtf8(text));
        }

        boolean sendDatagram(NodeId to, String text) {
            return Nodes.answer(thread.call(() -> datagram.send(to, Bytes.ofUtf8(text))));
        }

        /** Sends until the other node has heard it. */
        void reach(Node other, String text) {
            until(id + " reaches " + other.id, () -> {
                send(other.id, text);
                return other.heard.contains(id + ": " + text);
            });
        }
    }

    Node start(String name, UnaryOperator<TcpConfig> settings) {
        return start(name, settings, new HostConfig());
    }

    Node start(String name, UnaryOperator<TcpConfig> settings, HostConfig host) {
        TcpConfig config = settings.apply(new TcpConfig().bindHost("127.0.0.1").port(0));
        Node node = new Node(name, directory.resolve(name + nodes.size()), config, host);
        nodes.add(node);
        return node;
    }

    Node start(String name) {
        return start(name, config -> config);
    }

    static void until(String what, BooleanSupplier condition) {
        long startNanos = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNanos > DEADLINE_SECONDS * 1_000_000_000L) {
                throw new AssertionError("waited in vain for this: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    static <T> T answer(CompletableFuture<T> future) {
        try {
            return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.thread.stop());
    }

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
