package io.orrery.server.bench.raft;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.NodeThread;
import io.orrery.raft.Configuration;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftGroup;
import io.orrery.transport.tcp.TcpConfig;
import io.orrery.transport.tcp.TcpTransport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Three nodes over loopback TCP, each with its own thread, its own disk thread and its own directory. */
public final class OrreryContender implements Contender {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);

    /** As many as the command line allows. */
    private static final int OPEN_MAX = 1 << 16;

    private final List<NodeThread> threads = new ArrayList<>();
    private final List<RaftNode> nodes = new ArrayList<>();
    private final Ring<Open> spares = new Ring<>(OPEN_MAX);
    private NodeThread leader;
    private RaftGroup group;

    @Override
    public void start(Path directory, boolean synced) {
        HostConfig host = new HostConfig().forcesFiles(synced);
        List<NodeId> ids = List.of(NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));
        List<TcpTransport> transports = new ArrayList<>();
        for (NodeId id : ids) {
            TcpTransport transport =
                    new TcpTransport(id, new TcpConfig().bindHost("127.0.0.1").port(0));
            NodeThread thread = new NodeThread(id, host, transport, directory.resolve(id.name()));
            thread.start(kernel -> {
                RaftNode node = new RaftNode(kernel, Configuration.ofVoters(ids));
                nodes.add(node);
                return node;
            });
            threads.add(thread);
            transports.add(transport);
        }
        for (TcpTransport transport : transports) {
            for (int i = 0; i < ids.size(); i++) {
                transport.learn(ids.get(i), "127.0.0.1:" + transports.get(i).port());
            }
        }
        int leads = awaitLeader();
        leader = threads.get(leads);
        group = nodes.get(leads).group();
    }

    private int awaitLeader() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            for (int i = 0; i < nodes.size(); i++) {
                RaftNode node = nodes.get(i);
                if (threads.get(i).call(() -> node.group().isLeader()).join()) {
                    return i;
                }
            }
            Thread.onSpinWait();
        }
        throw new IllegalStateException("no leader within " + PATIENCE_SECONDS + " s");
    }

    /** A proposal on its way to the leader's thread, or under way; used again for another one when it has ended. */
    private final class Open implements Runnable, Proposal.Listener {
        private Bytes command = Bytes.EMPTY;
        private Outcome outcome;

        @Override
        public void run() {
            group.propose(command, 0, this);
        }

        @Override
        public void onEnd(long tag, Proposal.Status status, long index, Bytes result, NodeId hint) {
            Outcome hears = outcome;
            spares.give(this);
            hears.onEnd(status == Proposal.Status.COMMITTED ? null : status.toString());
        }
    }

    @Override
    public void propose(byte[] payload, Outcome outcome) {
        Open spare = spares.poll();
        Open next = spare == null ? new Open() : spare;
        next.command = next.command.array() == payload ? next.command : Bytes.wrap(payload);
        next.outcome = outcome;
        while (!leader.submit(next)) {
            Thread.onSpinWait();
        }
    }

    @Override
    public long syncs() {
        return leader.counters().storageForces();
    }

    @Override
    public void close() {
        threads.forEach(NodeThread::close);
    }
}
