package io.orrery.server.bench.snapshot;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.host.CounterSink;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.NodeThread;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.snapshot.SnapshotCounters;
import io.orrery.transport.tcp.TcpConfig;
import io.orrery.transport.tcp.TcpTransport;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** One incarnation of a node of one group. */
final class SnapshotNode implements Protocol {
    private final Wal wal;
    private final BulkMachine machine;
    private final RaftGroup group;
    private NodeThread thread;
    private TcpTransport transport;
    private volatile boolean isKilled;

    private SnapshotNode(Kernel kernel, RaftConfig config, ValueStore.Slabs slabs) {
        machine = new BulkMachine(slabs);
        wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT);
        group = new RaftGroup(kernel.scope("raft-0"), config, wal, machine);
    }

    /** Starts it; it knows nobody's address yet. */
    static SnapshotNode start(NodeId id, Path directory, RaftConfig config, EventMeter meter, ValueStore.Slabs slabs) {
        TcpTransport transport =
                new TcpTransport(id, new TcpConfig().bindHost("127.0.0.1").port(0));
        HostConfig host = new HostConfig().eventWatch(meter);
        NodeThread thread = new NodeThread(id, host, transport, directory);
        thread.start(kernel -> new SnapshotNode(kernel, config, slabs));
        SnapshotNode node = (SnapshotNode) thread.call(thread::protocol).join();
        node.thread = thread;
        node.transport = transport;
        return node;
    }

    @Override
    public void start() {
        wal.start();
        group.start();
    }

    @Override
    public void checkInvariants() {
        group.checkInvariants();
    }

    NodeThread thread() {
        return thread;
    }

    TcpTransport transport() {
        return transport;
    }

    /** To be touched on the node's thread alone. */
    RaftGroup group() {
        return group;
    }

    BulkMachine machine() {
        return machine;
    }

    SnapshotCounters counters() {
        return group.view().snapshotCounters();
    }

    /**
     * Asks on the node's thread; {@code ifGone} if the node has ended.
     *
     * @throws IllegalStateException if the node halted though nobody killed it
     */
    <T> T ask(Supplier<T> question, T ifGone) {
        if (thread.isHalted() && !isKilled) {
            throw new IllegalStateException("node " + thread.self() + " halted: " + thread.haltReason());
        }
        try {
            return thread.call(question).join();
        } catch (CompletionException gone) {
            return ifGone;
        }
    }

    /** Bytes of frames that came over TCP. */
    long bytesReceived() {
        long[] bytes = new long[1];
        transport.counters().forEach(new CounterSink() {
            @Override
            public void counter(String name, String help, long value) {
                bytes[0] += name.equals("stream_bytes_received") ? value : 0;
            }

            @Override
            public void gauge(String name, String help, long value) {}

            @Override
            public void refusals(String family, String help, String reason, long value) {}
        });
        return bytes[0];
    }

    /** Ends it in the middle of whatever it does: what it was about to do is not done. */
    void kill() {
        isKilled = true;
        thread.submit(() -> {
            throw new IllegalStateException("killed by the benchmark");
        });
        thread.ended().join();
        machine.close();
    }
}
