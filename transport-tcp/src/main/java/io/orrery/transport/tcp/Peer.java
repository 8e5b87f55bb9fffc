package io.orrery.transport.tcp;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOutboundBuffer;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.seal.EncryptionMode;
import io.orrery.kernel.seal.StreamSealer;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Another node, as a place to send to: one dialed connection, made when there is something to send, and what waits for it.
 *
 * <ul>
 *   <li>I1: frames leave in the order they were taken, over one connection at a time.
 *   <li>I2: a connection that fails or breaks takes with it all that waited: nothing old is sent over a later one.
 *   <li>I3: what waits, here and in the connection, is bounded in bytes.
 * </ul>
 *
 * States: APART - RESOLVING - DIALING - OPEN - APART. After a failure it stays apart for a while, doubled each time, and
 * sends are refused meanwhile. For the node's thread.
 */
final class Peer implements OutboundConnection.Owner {
    private enum State {
        APART,
        RESOLVING,
        DIALING,
        OPEN
    }

    private static final long ADDRESS_AGE_NANOS_MAX = 30_000_000_000L;
    private static final long RETRY_NANOS = 500_000_000L;

    private final Local local;
    private final Resolver resolver;
    private final NodeId node;
    private final SendBuffer waiting;
    private State state = State.APART;
    private String address;
    private HostPort hostPort;
    private OutboundConnection connection;
    /** Of the connection that is open, if it is sealed; frames that wait for one are sealed when it opens. */
    private StreamSealer sealer;

    private boolean sealsDatagrams;
    private List<InetSocketAddress> resolved = List.of();
    private long resolvedNanos;
    private boolean resolvingForDatagrams;
    private boolean marked;
    private int attempt;
    private int failures;
    private long notBeforeNanos;

    Peer(Local local, Resolver resolver, NodeId node, String address) {
        this.local = local;
        this.resolver = resolver;
        this.node = node;
        this.waiting = new SendBuffer(PooledByteBufAllocator.DEFAULT);
        this.notBeforeNanos = System.nanoTime();
        moveTo(address);
    }

    private void moveTo(String newAddress) {
        address = newAddress;
        hostPort = HostPort.parse(newAddress);
        resolved = List.of();
        resolvedNanos = System.nanoTime() - ADDRESS_AGE_NANOS_MAX - 1;
    }

    /** The peer is said to be reached elsewhere. */
    void readdress(String newAddress) {
        if (newAddress.equals(address)) {
            return;
        }
        moveTo(newAddress);
        notBeforeNanos = System.nanoTime();
        if (connection != null) {
            connection.close("its address is now " + newAddress);
        } else if (state == State.RESOLVING) {
            becomeApart();
        }
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Takes a frame, or refuses it. */
    boolean send(byte[] frame, int offset, int length) {
        if (state == State.APART) {
            if (System.nanoTime() - notBeforeNanos < 0) {
                TcpCounters.add(local.counters.refusedApart, 1);
                return false;
            }
            resolveAndDial();
            if (state == State.APART) {
                TcpCounters.add(local.counters.refusedApart, 1);
                return false;
            }
        }
        long queued = waiting.bytes() + unsentBytes();
        if (queued > 0 && queued + length > local.config.sendBufferBytesMax()) {
            TcpCounters.add(local.counters.refusedFull, 1);
            return false;
        }
        if (sealer == null) {
            waiting.add(frame, offset, length);
        } else {
            waiting.addSealed(sealer, frame, offset, length);
        }
        TcpCounters.add(local.counters.framesSent, 1);
        TcpCounters.add(local.counters.bytesSent, length);
        return true;
    }

    private long unsentBytes() {
        if (state != State.OPEN) {
            return 0;
        }
        ChannelOutboundBuffer buffer = connection.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** Notes that the peer is to be flushed. Whether that is new. */
    boolean maybeMark() {
        boolean isNew = !marked;
        marked = true;
        return isNew;
    }

    void flush() {
        marked = false;
        if (state == State.OPEN && waiting.bytes() > 0) {
            waiting.writeTo(connection.channel());
        }
    }

    private void resolveAndDial() {
        state = State.RESOLVING;
        HostPort asked = hostPort;
        resolver.resolve(asked, local.io.loop(), found -> {
            if (asked.equals(hostPort)) {
                onResolved(found);
                if (state == State.RESOLVING) {
                    dial(found);
                }
            }
        });
    }

    /** Notes a host's addresses; those known before are kept while a name server fails. */
    private void onResolved(List<InetSocketAddress> found) {
        resolvedNanos = System.nanoTime();
        resolvingForDatagrams = false;
        if (found.isEmpty()) {
            TcpCounters.add(local.counters.resolveFailures, 1);
        } else {
            resolved = found;
        }
    }

    private void dial(List<InetSocketAddress> targets) {
        if (targets.isEmpty()) {
            onFailure("the host name does not resolve", null);
            return;
        }
        state = State.DIALING;
        InetSocketAddress target = targets.get(Math.floorMod(attempt++, targets.size()));
        connection = new OutboundConnection(local, this, target, node.name());
        connection.dial();
    }

    /** Takes over a connection that was dialed by address alone. Whether it wants it. */
    boolean maybeAdopt(OutboundConnection opened) {
        if (state != State.APART) {
            return false;
        }
        opened.belongTo(this);
        connection = opened;
        onOpen(opened);
        return true;
    }

    @Override
    public void onOpen(OutboundConnection opened) {
        state = State.OPEN;
        sealer = opened.sealer();
        if (sealer != null) {
            waiting.seal(sealer);
        }
        local.confirm(node, opened.offer());
        onOffer(opened.offer());
        local.log.info("connected to " + node + " at " + address);
        flush();
    }

    @Override
    public void onOver(OutboundConnection over, String why, Refusal refusal) {
        if (over != connection) {
            return;
        }
        boolean lasted = state == State.OPEN && over.ageNanos() > local.config.backoffNanosMax();
        if (lasted) {
            failures = 0;
            local.log.info("the connection to " + node + " at " + address + " is over: " + why);
            notBeforeNanos = System.nanoTime();
            becomeApart();
        } else {
            onFailure(why, refusal);
        }
    }

    private void onFailure(String why, Refusal refusal) {
        failures = refusal == null ? failures + 1 : 30;
        long pause = local.config.backoffNanosMin() << Math.min(failures - 1, 30);
        pause = Math.min(pause <= 0 ? Long.MAX_VALUE : pause, local.config.backoffNanosMax());
        notBeforeNanos = System.nanoTime() + pause / 2 + Local.upTo(pause / 2);
        local.log.warn(node.name(), "no connection to " + node + " at " + address + ": " + why);
        becomeApart();
    }

    private void becomeApart() {
        state = State.APART;
        connection = null;
        sealer = null;
        TcpCounters.add(local.counters.lostBytes, waiting.clear());
    }

    /** The peer was heard of: it may be tried again at once. */
    void heard() {
        if (state == State.APART) {
            notBeforeNanos = System.nanoTime();
        }
    }

    /** The peer proved itself with this boot number: a connection to an earlier incarnation leads nowhere. */
    void incarnated(long boot) {
        heard();
        if (state == State.OPEN && connection.boot() != boot) {
            connection.close("it was started anew");
            notBeforeNanos = System.nanoTime();
        }
    }

    /** The peer said how it seals; null if it does not. */
    void onOffer(SealOffer offer) {
        sealsDatagrams = offer != null;
    }

    /** Whether datagrams to the peer are sealed. */
    boolean sealsDatagrams() {
        return sealsDatagrams || local.config.sealing().mode() == EncryptionMode.REQUIRE;
    }

    /** Where to send datagrams, or null if that is not known yet; then it is being found out. */
    InetSocketAddress datagramTarget() {
        long ageMax = resolved.isEmpty() ? RETRY_NANOS : ADDRESS_AGE_NANOS_MAX;
        boolean stale = System.nanoTime() - resolvedNanos > ageMax;
        if (stale && !resolvingForDatagrams) {
            resolvingForDatagrams = true;
            HostPort asked = hostPort;
            resolver.resolve(asked, local.io.loop(), found -> {
                if (asked.equals(hostPort)) {
                    onResolved(found);
                } else {
                    resolvingForDatagrams = false;
                }
            });
        }
        return resolved.isEmpty() ? null : resolved.get(0);
    }

    void tick(long nowNanos) {
        if (connection != null) {
            connection.tick(nowNanos);
        }
    }

    /** Ends the connection, if there is one, or the search for one; what waits for it is lost. */
    void disconnect(String why) {
        if (connection != null) {
            connection.close(why);
        } else if (state == State.RESOLVING) {
            becomeApart();
        }
    }
}
