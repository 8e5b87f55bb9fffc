package io.orrery.transport.tcp;

import io.orrery.kernel.AddressBook;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.HostException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The peers this node sends to, each made at its first use, and the attempts to find out who is at an address. For the
 * node's thread.
 */
final class PeerTable implements Acceptor.Listener, Datagrams.Listener, SeedDial.Finder {
    private static final int SEED_DIALS_MAX = 256;

    private final Local local;
    private final Resolver resolver;
    private final Map<NodeId, String> addresses;
    private final AddressBook book;
    private final Map<NodeId, Peer> peers = new HashMap<>();
    private final List<Peer> unflushed = new ArrayList<>();
    private final Set<SeedDial> seedDials = new LinkedHashSet<>();

    /**
     * @param addresses what is known, by whomever
     * @param book where this node notes what it finds out itself
     */
    PeerTable(Local local, Resolver resolver, Map<NodeId, String> addresses, AddressBook book) {
        this.local = local;
        this.resolver = resolver;
        this.addresses = addresses;
        this.book = book;
    }

    /** Null if the node's address is not known. */
    Peer peer(NodeId node) {
        Peer peer = peers.get(node);
        if (peer == null) {
            String address = addresses.get(node);
            if (address != null) {
                peer = new Peer(local, resolver, node, address);
                peers.put(node, peer);
            }
        }
        return peer;
    }

    /** Takes a frame for a peer's stream; it waits for {@link #flush}. */
    boolean send(Peer peer, byte[] frame, int offset, int length) {
        if (peer.maybeMark()) {
            unflushed.add(peer);
        }
        return peer.send(frame, offset, length);
    }

    void flush() {
        if (!unflushed.isEmpty()) {
            for (int i = 0; i < unflushed.size(); i++) {
                unflushed.get(i).flush();
            }
            unflushed.clear();
        }
    }

    /** A node is said to be reached elsewhere. */
    void readdress(NodeId node, String address) {
        Peer peer = peers.get(node);
        if (peer != null) {
            peer.readdress(address);
        }
    }

    /** A node is said to have no address, unless it has got one meanwhile. */
    void forget(NodeId node) {
        Peer peer = addresses.containsKey(node) ? null : peers.remove(node);
        if (peer != null) {
            peer.disconnect("it has no address any more");
        }
    }

    void disconnect(NodeId node, String why) {
        Peer peer = peers.get(node);
        if (peer != null) {
            peer.disconnect(why);
        }
    }

    /** Finds out who is at an address. */
    void connect(HostPort target, CompletableFuture<NodeId> answer) {
        if (seedDials.size() >= SEED_DIALS_MAX) {
            answer.completeExceptionally(new HostException("too many connection attempts at once"));
            return;
        }
        SeedDial dial = new SeedDial(local, target, this, answer);
        seedDials.add(dial);
        dial.start(resolver);
    }

    void tick(long nowNanos) {
        for (Peer peer : peers.values()) {
            peer.tick(nowNanos);
        }
        for (SeedDial dial : new ArrayList<>(seedDials)) {
            dial.tick(nowNanos);
        }
    }

    /** Ends everything; what waits is lost. */
    void close() {
        for (SeedDial dial : new ArrayList<>(seedDials)) {
            dial.fail("the node is stopping");
        }
        for (Peer peer : peers.values()) {
            peer.disconnect("this node is stopping");
        }
    }

    @Override
    public void onPeer(NodeId node, long boot, SealOffer offer, String address, boolean isSaid) {
        Peer peer = peers.get(node);
        local.confirm(node, offer);
        if (!address.isEmpty() && (isSaid || peer == null || !peer.isOpen())) {
            book.learn(node, address);
        }
        if (peer != null) {
            peer.onOffer(offer);
            peer.incarnated(boot);
        }
    }

    @Override
    public void onDatagram(NodeId from, InetSocketAddress source) {
        Peer peer = peers.get(from);
        if (peer != null) {
            peer.heard();
        } else if (!addresses.containsKey(from)) {
            book.learn(from, new HostPort(source.getAddress().getHostAddress(), source.getPort()).toString());
        }
    }

    @Override
    public void onFound(SeedDial dial, OutboundConnection connection) {
        NodeId node = connection.peer();
        String said = connection.peerAddress();
        book.learn(node, said.isEmpty() ? dial.target().toString() : said);
        Peer peer = peer(node);
        if (peer == null || !peer.maybeAdopt(connection)) {
            connection.close("there is one already");
        }
    }

    @Override
    public void onOver(SeedDial dial) {
        seedDials.remove(dial);
    }
}
