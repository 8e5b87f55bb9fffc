package io.orrery.transport.tcp;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The accepted connections: at most one open one for each peer, a bounded number in all.
 *
 * <ul>
 *   <li>I1: a peer's newer connection replaces its older one, of which nothing is delivered any more.
 *   <li>I2: of two living nodes of one name at two addresses the first keeps its connection and the second is refused: else they
 *       would replace each other's for ever.
 * </ul>
 *
 * For the node's thread.
 */
final class Acceptor extends ChannelInitializer<SocketChannel> {
    /** Told of peers that proved themselves. */
    interface Listener {
        /**
         * @param offer how it seals; null if it does not
         * @param address where it is reached; empty if it does not listen
         * @param isSaid whether it said so itself; else it is where its connection comes from
         */
        void onPeer(NodeId peer, long boot, SealOffer offer, String address, boolean isSaid);
    }

    private final Local local;
    private final Listener listener;
    private final Set<InboundConnection> all = new LinkedHashSet<>();
    private final Map<NodeId, InboundConnection> open = new HashMap<>();
    private final List<InboundConnection> stalled = new ArrayList<>();

    Acceptor(Local local, Listener listener) {
        this.local = local;
        this.listener = listener;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        int handshakes = all.size() - open.size();
        if (all.size() >= local.config.connectionsMax() || handshakes >= local.config.handshakesMax()) {
            TcpCounters.add(local.counters.overLimit, 1);
            local.log.warn(
                    "too many connections",
                    "closed a connection from " + SocketWords.address(channel.remoteAddress()) + ": " + all.size()
                            + " are accepted, of which " + handshakes + " are still shaking hands");
            channel.close();
            return;
        }
        TcpCounters.add(local.counters.accepted, 1);
        InboundConnection connection = new InboundConnection(local, this, channel);
        all.add(connection);
        channel.pipeline().addLast(connection);
    }

    /**
     * I2: the connection of another node that lives under the name of this one's, elsewhere; null if there is none. A node that
     * was started anew where it was is none, nor one whose connection is over or silent.
     */
    InboundConnection rival(InboundConnection connection) {
        InboundConnection other = open.get(connection.peer());
        boolean isRival = other != null
                && other.isLively()
                && other.boot() != connection.boot()
                && !other.peerAddress().equals(connection.peerAddress());
        return isRival ? other : null;
    }

    void opened(InboundConnection connection) {
        InboundConnection older = open.put(connection.peer(), connection);
        if (older != null) {
            TcpCounters.add(local.counters.replaced, 1);
            older.close();
        }
        local.counters.acceptedOpen.lazySet(open.size());
        listener.onPeer(
                connection.peer(),
                connection.boot(),
                connection.offer(),
                connection.peerAddress(),
                connection.saysItsHost());
    }

    void closed(InboundConnection connection) {
        all.remove(connection);
        stalled.remove(connection);
        if (open.values().remove(connection)) {
            local.unconfirm(connection.peer(), connection.offer());
            local.counters.acceptedOpen.lazySet(open.size());
        }
    }

    void stalled(InboundConnection connection) {
        if (!stalled.contains(connection)) {
            stalled.add(connection);
        }
    }

    /** Whether connections wait for room in the inbox. */
    boolean hasStalled() {
        return !stalled.isEmpty();
    }

    /** Lets stalled connections try again, in turn; how many did go on. */
    int resumeStalled() {
        int resumed = 0;
        for (int i = stalled.size(); i > 0; i--) {
            InboundConnection first = stalled.remove(0);
            if (!first.maybeResume()) {
                stalled(first);
                break;
            }
            resumed++;
        }
        return resumed;
    }

    void tick(long nowNanos) {
        for (InboundConnection connection : new ArrayList<>(all)) {
            connection.tick(nowNanos);
        }
    }

    /** Closes a peer's connection, if it has one. */
    void disconnect(NodeId peer) {
        InboundConnection connection = open.get(peer);
        if (connection != null) {
            connection.close();
        }
    }

    /** The peers whose connections are open, sorted. */
    List<NodeId> peers() {
        return open.keySet().stream().sorted().toList();
    }
}
