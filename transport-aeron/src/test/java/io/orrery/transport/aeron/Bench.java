package io.orrery.transport.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.host.Transport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Transports on a workbench: polled by the test's own thread until something is true. */
final class Bench implements AutoCloseable {
    static final byte[] COOKIE = "secret".getBytes(StandardCharsets.UTF_8);
    private static final long LIMIT_NANOS = Time.seconds(30);

    private final List<Node> nodes = new ArrayList<>();

    /** A transport and what came out of it. */
    static final class Node implements Transport.Inbound {
        final NodeId id;
        final AeronTransport transport;
        final List<Received> received = new ArrayList<>();
        final List<AeronDied> deaths = new ArrayList<>();
        boolean isInboxFull;
        int offers;

        Node(AeronConfig config, Clocks clocks) {
            id = config.self();
            transport = new AeronTransport(config, deaths::add, clocks);
            transport.start(this);
        }

        @Override
        public boolean onFrame(NodeId from, Delivery delivery, byte[] frame, int offset, int length) {
            offers++;
            if (isInboxFull) {
                return false;
            }
            byte[] copy = new byte[length];
            System.arraycopy(frame, offset, copy, 0, length);
            received.add(new Received(from, delivery, copy));
            return true;
        }

        boolean send(Node to, Delivery delivery, String text) {
            return send(to, delivery, text.getBytes(StandardCharsets.UTF_8));
        }

        boolean send(Node to, Delivery delivery, byte[] frame) {
            return transport.send(to.id, delivery, frame, 0, frame.length);
        }

        long count(AeronCount count) {
            return transport.counters().value(count);
        }

        List<String> texts() {
            return received.stream().map(Received::text).toList();
        }
    }

    /** A frame as it came in. */
    record Received(NodeId from, Delivery delivery, byte[] frame) {
        String text() {
            return new String(frame, StandardCharsets.UTF_8);
        }
    }

    static AeronConfig config(String name) {
        return new AeronConfig(NodeId.of(name), "test", COOKIE);
    }

    Node start(String name) {
        return start(config(name));
    }

    Node start(AeronConfig config) {
        return start(config, Clocks.SYSTEM);
    }

    Node start(AeronConfig config, Clocks clocks) {
        Node node = new Node(config, clocks);
        nodes.add(node);
        return node;
    }

    /** Tells each of two nodes where the other is. */
    void introduce(Node a, Node b) {
        a.transport.learn(b.id, b.transport.address());
        b.transport.learn(a.id, a.transport.address());
    }

    void stop(Node node) {
        node.transport.close();
        nodes.remove(node);
    }

    /** One duty cycle of each node; idles a little if none had work. */
    void cycle() {
        int done = 0;
        for (Node node : nodes) {
            done += node.transport.poll();
            node.transport.flush();
        }
        if (done == 0) {
            LockSupport.parkNanos(20_000);
        }
    }

    void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as("waiting until " + what).isLessThan(LIMIT_NANOS);
            cycle();
        }
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.transport.close());
    }
}
