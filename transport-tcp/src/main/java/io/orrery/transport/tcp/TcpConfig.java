package io.orrery.transport.tcp;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.host.Sealing;

/** How one node listens, whom it trusts, and its limits. Each setter checks its range and returns this. */
public final class TcpConfig {
    private String cluster = "orrery";
    private String cookie = "";
    private String bindHost = "";
    private int port = 16000;
    private String advertisedHost = "";
    private long sendBufferBytesMax = 32L * 1024 * 1024;
    private int connectionsMax = 1024;
    private int handshakesMax = 64;
    private int peersMax = 10_000;
    private long connectTimeoutNanos = 2_000_000_000L;
    private long handshakeTimeoutNanos = 5_000_000_000L;
    private long keepAliveNanos = 5_000_000_000L;
    private long idleTimeoutNanos = 20_000_000_000L;
    private long backoffNanosMin = 50_000_000L;
    private long backoffNanosMax = 2_000_000_000L;
    private boolean nativeIo = true;
    private boolean datagrams = true;
    private TcpLog log = TcpLog.SYSTEM;
    private Sealing sealing = Sealing.off();

    public String cluster() {
        return cluster;
    }

    /** The cluster's name, default {@code orrery}, 1 to 255 bytes; nodes of another cluster are refused. */
    public TcpConfig cluster(String value) {
        Check.argument(!value.isEmpty() && value.length() <= 255, "a cluster's name has 1 to 255 characters");
        cluster = value;
        return this;
    }

    String cookie() {
        return cookie;
    }

    /**
     * The secret that all nodes of the cluster share; default empty, which lets in whoever knows the cluster's name. It
     * never crosses the wire, but whoever records a handshake can try guesses against it: make it long and random.
     */
    public TcpConfig cookie(String value) {
        cookie = value;
        return this;
    }

    public Sealing sealing() {
        return sealing;
    }

    /** Whether frames are encrypted, and with which keys; default not at all. */
    public TcpConfig sealing(Sealing value) {
        sealing = value;
        return this;
    }

    public String bindHost() {
        return bindHost;
    }

    /** The local address to listen on; default empty, all of them, IPv4 and IPv6. */
    public TcpConfig bindHost(String value) {
        bindHost = value;
        return this;
    }

    public int port() {
        return port;
    }

    /** The port for TCP, and for UDP unless {@link #datagrams} are off; default 16000; 0 picks one that is free for both. */
    public TcpConfig port(int value) {
        Check.argument(value >= 0 && value <= 65_535, "a port is between 0 and 65535");
        port = value;
        return this;
    }

    public String advertisedHost() {
        return advertisedHost;
    }

    /**
     * The host name or address under which peers reach this node; default empty: the address it binds, or if it binds all
     * of them, whichever its connections come from.
     */
    public TcpConfig advertisedHost(String value) {
        Check.argument(value.length() <= 255, "a host name has at most 255 characters");
        advertisedHost = value;
        return this;
    }

    public long sendBufferBytesMax() {
        return sendBufferBytesMax;
    }

    /**
     * Bytes that wait to be sent to one peer; default 32 MiB. Beyond it sends are refused. One frame is always let in.
     * Times the number of peers, it bounds what slow peers can cost.
     */
    public TcpConfig sendBufferBytesMax(long value) {
        Check.argument(value >= Delivery.DATAGRAM_BYTES_MAX, "sendBufferBytesMax holds at least a packet");
        sendBufferBytesMax = value;
        return this;
    }

    public int connectionsMax() {
        return connectionsMax;
    }

    /** Connections accepted at a time; default 1024. Beyond it new ones are closed. */
    public TcpConfig connectionsMax(int value) {
        Check.argument(value >= 1, "connectionsMax is at least 1");
        connectionsMax = value;
        return this;
    }

    public int handshakesMax() {
        return handshakesMax;
    }

    /** Accepted connections that have not yet proved the cookie; default 64. Beyond it new ones are closed. */
    public TcpConfig handshakesMax(int value) {
        Check.argument(value >= 1, "handshakesMax is at least 1");
        handshakesMax = value;
        return this;
    }

    public int peersMax() {
        return peersMax;
    }

    /** Peers whose address is kept; default 10,000. Beyond it new ones are not learnt. */
    public TcpConfig peersMax(int value) {
        Check.argument(value >= 1, "peersMax is at least 1");
        peersMax = value;
        return this;
    }

    public long connectTimeoutNanos() {
        return connectTimeoutNanos;
    }

    /** How long a connection attempt may take before the handshake; default 2 s. */
    public TcpConfig connectTimeoutNanos(long value) {
        connectTimeoutNanos = positive(value, "connectTimeoutNanos");
        return this;
    }

    public long handshakeTimeoutNanos() {
        return handshakeTimeoutNanos;
    }

    /** How long a connection may take to finish its handshake; default 5 s. */
    public TcpConfig handshakeTimeoutNanos(long value) {
        handshakeTimeoutNanos = positive(value, "handshakeTimeoutNanos");
        return this;
    }

    public long keepAliveNanos() {
        return keepAliveNanos;
    }

    /** How often a connection asks whether the other end lives; default 5 s. */
    public TcpConfig keepAliveNanos(long value) {
        keepAliveNanos = positive(value, "keepAliveNanos");
        return this;
    }

    public long idleTimeoutNanos() {
        return idleTimeoutNanos;
    }

    /** Silence after which a connection is given up; default 20 s; several times {@link #keepAliveNanos}. */
    public TcpConfig idleTimeoutNanos(long value) {
        idleTimeoutNanos = positive(value, "idleTimeoutNanos");
        return this;
    }

    public long backoffNanosMin() {
        return backoffNanosMin;
    }

    public long backoffNanosMax() {
        return backoffNanosMax;
    }

    /**
     * The pause after a failed connection attempt; default 50 ms, doubled each time up to 2 s, half of it by chance. Word
     * from the peer ends it.
     */
    public TcpConfig backoffNanos(long min, long max) {
        backoffNanosMin = positive(min, "backoffNanosMin");
        backoffNanosMax = positive(max, "backoffNanosMax");
        Check.argument(max >= min, "backoffNanosMax is not below backoffNanosMin");
        return this;
    }

    public boolean nativeIo() {
        return nativeIo;
    }

    /** Whether to use epoll where it is to be had; default true. Else, and elsewhere, NIO. */
    public TcpConfig nativeIo(boolean value) {
        nativeIo = value;
        return this;
    }

    public boolean datagrams() {
        return datagrams;
    }

    /** Whether to listen and send by UDP, too; default true. Else no UDP socket is bound, and datagrams are refused. */
    public TcpConfig datagrams(boolean value) {
        datagrams = value;
        return this;
    }

    public TcpLog log() {
        return log;
    }

    /** Where words for the operator go; default {@link TcpLog#SYSTEM}. */
    public TcpConfig log(TcpLog value) {
        log = value;
        return this;
    }

    private static long positive(long value, String name) {
        Check.argument(value > 0, name + " is positive");
        return value;
    }
}
