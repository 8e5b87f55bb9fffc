package io.orrery.transport.tcp;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.HostException;
import io.orrery.kernel.host.Transport;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Frames over TCP and UDP. The node's own thread drives Netty's event loop: {@link #poll} lets it work and {@link #await}
 * is its wait, so that no frame passes from thread to thread (docs/adr/0007).
 *
 * <ul>
 *   <li>I1: all but {@link #learn}, {@link #connect}, {@link #disconnect}, {@link #wakeUp}, the counters and the
 *       questions about addresses happens on the thread that called {@link #start}.
 *   <li>I2: each node sends over the connection it dialed and receives over those it accepted.
 *   <li>I3: nothing is sent to or taken from a node that has not proved the cluster's cookie.
 * </ul>
 */
public final class TcpTransport implements Transport {
    private static final long AWAIT_NANOS_MAX = 3_600_000_000_000L;
    private static final Runnable NOTHING = () -> {};

    private final NodeId self;
    private final TcpConfig config;
    private final TcpCounters counters = new TcpCounters();
    private final Map<NodeId, String> addresses = new ConcurrentHashMap<>();
    private volatile NettyIo io;
    private volatile Local shared;
    private volatile int port;
    private volatile boolean closed;
    private Thread owner;
    private int awaited;
    private Resolver resolver;
    private Acceptor acceptor;
    private Datagrams datagrams;
    private PeerTable peers;

    public TcpTransport(NodeId self, TcpConfig config) {
        this.self = self;
        this.config = config;
    }

    @Override
    public void start(Inbound inbound) {
        Check.argument(owner == null, "a transport starts once");
        Datagrams.checkEnvelope(self, config.sealing().mode());
        owner = Thread.currentThread();
        io = NettyIo.choose(config.nativeIo());
        Local local = new Local(self, config, counters, io, inbound);
        shared = local;
        resolver = new Resolver(self.name());
        peers = new PeerTable(local, resolver, addresses, this);
        acceptor = new Acceptor(local, peers);
        datagrams = new Datagrams(local, peers);
        port = new Binding(local, acceptor, datagrams).bind();
        local.port = port;
        long tickNanos =
                Math.min(config.keepAliveNanos(), Math.min(config.idleTimeoutNanos(), config.handshakeTimeoutNanos()));
        tickNanos = Math.max(10_000_000, Math.min(1_000_000_000, tickNanos / 4));
        io.loop().scheduleWithFixedDelay(this::tick, tickNanos, tickNanos, TimeUnit.NANOSECONDS);
        local.log.info("listening on " + (config.bindHost().isEmpty() ? "all addresses" : config.bindHost()) + ", port "
                + port + (config.datagrams() ? ", TCP and UDP, by " : ", TCP alone, by ") + io.name());
    }

    /** The port it listens on; 0 before the start. */
    public int port() {
        return port;
    }

    /** {@code epoll} or {@code nio}; empty before the start. */
    public String ioName() {
        NettyIo chosen = io;
        return chosen == null ? "" : chosen.name();
    }

    public TcpCounters counters() {
        return counters;
    }

    /** Why this node and another last refused each other, whichever said so; empty if none did. For any thread. */
    public String lastRefusal() {
        Local local = shared;
        return local == null ? "" : local.lastRefusal.text();
    }

    /** Where a node is reached, {@code host:port}; null if that is not known. */
    public String addressOf(NodeId node) {
        return addresses.get(node);
    }

    @Override
    public void learn(NodeId node, String address) {
        if (node.equals(self)) {
            return;
        }
        if (address.isEmpty()) {
            addresses.remove(node);
            onLoop(() -> peers.forget(node));
            return;
        }
        boolean hasRoom = addresses.size() < config.peersMax() || addresses.containsKey(node);
        if (!hasRoom || !isAddress(address)) {
            counters.peersUnlearnt.incrementAndGet();
            return;
        }
        if (!address.equals(addresses.put(node, address))) {
            onLoop(() -> peers.readdress(node, address));
        }
    }

    private static boolean isAddress(String address) {
        try {
            HostPort.parse(address);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Runs now on the node's thread, else soon; not at all before the start or after the end. */
    private void onLoop(Runnable task) {
        NettyIo chosen = io;
        if (chosen == null || closed) {
            return;
        }
        if (Thread.currentThread() == owner) {
            task.run();
            return;
        }
        try {
            chosen.loop().execute(task);
        } catch (RejectedExecutionException ending) {
            // there is nothing left to do it to
        }
    }

    /**
     * Finds out which node is at an address, and learns that address for it; from any thread, after the start.
     *
     * @param address {@code host:port}
     * @return the node's id once it has proved itself, this node's own if the address is its own; fails with HostException
     *     if nobody answers or the two refuse each other. One attempt: the caller tries again.
     */
    public CompletableFuture<NodeId> connect(String address) {
        CompletableFuture<NodeId> answer = new CompletableFuture<>();
        HostPort target = HostPort.parse(address);
        if (port == 0 || closed) {
            answer.completeExceptionally(new HostException("the transport is not running"));
        } else {
            onLoop(() -> peers.connect(target, answer));
        }
        return answer;
    }

    /** Breaks the connections to and from a peer; they are made again when there is something to send. */
    public void disconnect(NodeId node) {
        onLoop(() -> {
            peers.disconnect(node, "it was asked to");
            acceptor.disconnect(node);
        });
    }

    @Override
    public boolean send(NodeId to, Delivery delivery, byte[] frame, int offset, int length) {
        int lengthMax = delivery == Delivery.STREAM ? Delivery.STREAM_BYTES_MAX : Delivery.DATAGRAM_BYTES_MAX;
        if (length > lengthMax || length == 0) {
            TcpCounters.add(counters.refusedTooLong, 1);
            return false;
        }
        Peer peer = peers.peer(to);
        if (peer == null) {
            TcpCounters.add(counters.refusedUnknown, 1);
            return false;
        }
        if (delivery == Delivery.STREAM) {
            return peers.send(peer, frame, offset, length);
        }
        if (!config.datagrams()) {
            TcpCounters.add(counters.refusedWithoutUdp, 1);
            return false;
        }
        InetSocketAddress target = peer.datagramTarget();
        if (target == null) {
            TcpCounters.add(counters.refusedApart, 1);
            return false;
        }
        return datagrams.send(to, target, peer.sealsDatagrams(), frame, offset, length);
    }

    @Override
    public void flush() {
        peers.flush();
        datagrams.flush();
    }

    @Override
    public int poll() {
        int done = awaited;
        awaited = 0;
        if (done == 0) {
            done = io.loop().runNow();
        }
        return acceptor.hasStalled() ? done + acceptor.resumeStalled() : done;
    }

    @Override
    public boolean canAwait() {
        return true;
    }

    @Override
    public void await(long nanosMax) {
        if (!acceptor.hasStalled()) {
            awaited = io.loop().run(Math.max(1, Math.min(nanosMax, AWAIT_NANOS_MAX)));
        }
    }

    @Override
    public void wakeUp() {
        onLoop(NOTHING);
    }

    private void tick() {
        long nowNanos = System.nanoTime();
        acceptor.tick(nowNanos);
        peers.tick(nowNanos);
    }

    @Override
    public void close() {
        if (io == null || closed) {
            return;
        }
        Check.argument(Thread.currentThread() == owner, "a transport is closed by the node's thread");
        closed = true;
        peers.close();
        io.loop().shutdownGracefully(0, 1, TimeUnit.SECONDS);
        while (!io.loop().isTerminated()) {
            io.loop().runNow();
        }
        resolver.close();
    }
}
