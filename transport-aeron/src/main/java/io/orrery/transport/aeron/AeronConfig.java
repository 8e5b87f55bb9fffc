package io.orrery.transport.aeron;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.host.Sealing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The limits and choices of one {@link AeronTransport}. Each setter checks its range and returns this; set before the
 * transport is made.
 */
public final class AeronConfig {
    /** The longest cluster name, in bytes of UTF-8. */
    public static final int CLUSTER_NAME_BYTES_MAX = 128;

    /** See {@link #counterBytes}. */
    static final int COUNTER_BYTES = 1024 * 1024;

    private static final int TERM_BYTES_MIN = 64 * 1024;
    private static final int TERM_BYTES_MAX = 1024 * 1024 * 1024;

    private final NodeId self;
    private final String clusterName;
    private final byte[] cookie;
    private Media media = Media.UDP;
    private String bind = "127.0.0.1:0";
    private String advertise = "";
    private Path driverDirectory;
    private Path directoryParent;
    private Threading threading = Threading.INVOKER;
    private DriverIdle idle = DriverIdle.BACKOFF;
    private int streamTermBytes = 1024 * 1024;
    private int datagramTermBytes = 128 * 1024;
    private int windowBytes = 128 * 1024;
    private int mtuBytes = 1408;
    private int counterBytes = COUNTER_BYTES;
    private int sendQueueBytesMax = 2 * Delivery.STREAM_BYTES_MAX;
    private int datagramQueueBytesMax = 256 * 1024;
    private long assemblyBytesMax = 4L * Delivery.STREAM_BYTES_MAX;
    private Sealing sealing = Sealing.off();
    private int peersMax = 1024;
    private int sessionsMax = 4096;
    private int fragmentsPerPollMax = 64;
    private long connectNanos = Time.seconds(5);
    private long reconnectNanosMin = Time.millis(50);
    private long reconnectNanosMax = Time.seconds(5);
    private long connectionTimeoutNanos = Time.seconds(5);
    private long livenessNanos = Time.seconds(10);
    private long sleepNanosMax = Time.millis(1);

    /**
     * @param self this node, as peers know it
     * @param clusterName the same on all nodes of a cluster; 1 to {@value #CLUSTER_NAME_BYTES_MAX} bytes of UTF-8
     * @param cookie the cluster's shared secret, at least one byte; proves membership but encrypts nothing
     */
    public AeronConfig(NodeId self, String clusterName, byte[] cookie) {
        int nameBytes = clusterName.getBytes(StandardCharsets.UTF_8).length;
        Check.argument(
                nameBytes >= 1 && nameBytes <= CLUSTER_NAME_BYTES_MAX,
                "a cluster's name has 1 to " + CLUSTER_NAME_BYTES_MAX + " bytes");
        Check.argument(cookie.length > 0, "a cookie is not empty");
        this.self = self;
        this.clusterName = clusterName;
        this.cookie = cookie.clone();
    }

    NodeId self() {
        return self;
    }

    String clusterName() {
        return clusterName;
    }

    byte[] cookie() {
        return cookie;
    }

    public Media media() {
        return media;
    }

    /** UDP, the default; or IPC, which needs a {@link #driverDirectory}. */
    public AeronConfig media(Media value) {
        media = value;
        return this;
    }

    public String bind() {
        return bind;
    }

    /**
     * Where to listen, {@code host:port} or {@code ipc:number}; default {@code 127.0.0.1:0}, a free port of this machine
     * alone. A literal address is best: a name is resolved on the driver's thread.
     */
    public AeronConfig bind(String value) {
        bind = value;
        return this;
    }

    public String advertise() {
        return advertise;
    }

    /** What peers are told to send to; default is what was bound. Needed when {@link #bind} is a wildcard address. */
    public AeronConfig advertise(String value) {
        advertise = value;
        return this;
    }

    public Path driverDirectory() {
        return driverDirectory;
    }

    /**
     * The directory of a media driver that runs already, as {@link SharedDriver} or a process of its own; default null,
     * for a driver of this transport's own. With a driver of its own lifetime, its term, window and timeout settings
     * are its own, too.
     */
    public AeronConfig driverDirectory(Path value) {
        driverDirectory = value;
        return this;
    }

    public Path directoryParent() {
        return directoryParent;
    }

    /**
     * Where the own driver's directory is made; default null, for {@code /dev/shm}, or the temporary folder where there
     * is none. Anything but memory costs latency.
     */
    public AeronConfig directoryParent(Path value) {
        directoryParent = value;
        return this;
    }

    public Threading threading() {
        return threading;
    }

    /** Who runs the own driver; default {@link Threading#INVOKER}. */
    public AeronConfig threading(Threading value) {
        threading = value;
        return this;
    }

    public DriverIdle idle() {
        return idle;
    }

    /** How the own driver's threads idle; default {@link DriverIdle#BACKOFF}. */
    public AeronConfig idle(DriverIdle value) {
        idle = value;
        return this;
    }

    public int streamTermBytes() {
        return streamTermBytes;
    }

    /**
     * Length of a stream's term buffer, a power of two; default 1 MiB, 64 KiB to 1 GiB. Each connection maps three of
     * them at each end, and at most half of one is in flight. Larger terms suit long fat links and cost memory.
     */
    public AeronConfig streamTermBytes(int value) {
        streamTermBytes = term(value, "streamTermBytes");
        return this;
    }

    public int datagramTermBytes() {
        return datagramTermBytes;
    }

    /** The same for datagrams; default 128 KiB. */
    public AeronConfig datagramTermBytes(int value) {
        datagramTermBytes = term(value, "datagramTermBytes");
        return this;
    }

    public int windowBytes() {
        return windowBytes;
    }

    /**
     * Receive window of a session and size of the socket's receive buffer; default 128 KiB. Windows are cut to half a
     * term. Beyond {@code net.core.rmem_max} the driver refuses to start: raise that first.
     */
    public AeronConfig windowBytes(int value) {
        Check.argument(value >= 4096 && value <= TERM_BYTES_MAX / 2, "windowBytes is between 4 KiB and 512 MiB");
        windowBytes = value;
        return this;
    }

    public int mtuBytes() {
        return mtuBytes;
    }

    /**
     * Size of the largest UDP payload, a multiple of 32; default 1408, 1408 to 65,504. The same on all nodes; beyond
     * 1408 the network must carry jumbo frames, or a packet is lost with each of its IP fragments.
     */
    public AeronConfig mtuBytes(int value) {
        Check.argument(value >= 1408 && value <= 65_504 && value % 32 == 0, "mtuBytes is 1408 to 65504, by 32");
        mtuBytes = value;
        return this;
    }

    public int counterBytes() {
        return counterBytes;
    }

    /**
     * Memory for the own driver's counters, of which their names take four times as much again; default 1 MiB, a power of
     * two from 64 KiB. A peer that talks both ways in both delivery classes takes about 2 KiB; when they run out,
     * connections fail and are counted.
     */
    public AeronConfig counterBytes(int value) {
        Check.argument(
                value >= 64 * 1024 && value <= 1 << 28 && Integer.bitCount(value) == 1,
                "counterBytes is a power of two between 64 KiB and 256 MiB");
        counterBytes = value;
        return this;
    }

    /** Bytes that may wait to be sent to one peer. */
    int queueBytesMax(Delivery delivery) {
        return delivery == Delivery.STREAM ? sendQueueBytesMax : datagramQueueBytesMax;
    }

    int termBytes(Delivery delivery) {
        return delivery == Delivery.STREAM ? streamTermBytes : datagramTermBytes;
    }

    /**
     * Bytes of stream frames that wait per peer for a connection or for the receiver; default 32 MiB, at least 16 MiB
     * and 64 bytes. Beyond it sends are refused.
     */
    public AeronConfig sendQueueBytesMax(int value) {
        Check.argument(value >= Delivery.STREAM_BYTES_MAX + 64, "sendQueueBytesMax holds the largest frame");
        sendQueueBytesMax = value;
        return this;
    }

    /** The same for datagrams; default 256 KiB. Larger delivers staler datagrams. */
    public AeronConfig datagramQueueBytesMax(int value) {
        Check.argument(value >= 2 * Delivery.DATAGRAM_BYTES_MAX, "datagramQueueBytesMax holds two datagrams");
        datagramQueueBytesMax = value;
        return this;
    }

    public Sealing sealing() {
        return sealing;
    }

    /** Whether frames are encrypted, and with which keys; default not at all. */
    public AeronConfig sealing(Sealing value) {
        sealing = value;
        return this;
    }

    public long assemblyBytesMax() {
        return assemblyBytesMax;
    }

    /**
     * Memory for large frames under assembly, all sessions together; default 64 MiB, at least 16 MiB, with encryption 64
     * bytes more.
     */
    public AeronConfig assemblyBytesMax(long value) {
        Check.argument(value >= Delivery.STREAM_BYTES_MAX, "assemblyBytesMax holds the largest frame");
        assemblyBytesMax = value;
        return this;
    }

    public int peersMax() {
        return peersMax;
    }

    /** Peers whose addresses are known at a time; default 1024. Further ones are not noted. */
    public AeronConfig peersMax(int value) {
        Check.argument(value >= 1 && value <= 1 << 20, "peersMax is between 1 and 1048576");
        peersMax = value;
        return this;
    }

    public int sessionsMax() {
        return sessionsMax;
    }

    /** Inbound sessions at a time; default 4096, two per peer that talks. Further ones are refused. */
    public AeronConfig sessionsMax(int value) {
        Check.argument(value >= 2 && value <= 1 << 20, "sessionsMax is between 2 and 1048576");
        sessionsMax = value;
        return this;
    }

    public int fragmentsPerPollMax() {
        return fragmentsPerPollMax;
    }

    /** Aeron messages taken per session and {@code poll()}; default 64. Larger is less fair between peers. */
    public AeronConfig fragmentsPerPollMax(int value) {
        Check.argument(value >= 1 && value <= 1 << 16, "fragmentsPerPollMax is between 1 and 65536");
        fragmentsPerPollMax = value;
        return this;
    }

    public long connectNanos() {
        return connectNanos;
    }

    /** How long frames wait for a connection before they are dropped; default 5 s. */
    public AeronConfig connectNanos(long value) {
        connectNanos = positive(value, "connectNanos");
        return this;
    }

    long reconnectNanosMin() {
        return reconnectNanosMin;
    }

    long reconnectNanosMax() {
        return reconnectNanosMax;
    }

    /** Pause before a broken connection is made anew, doubled with each failure; default 50 ms to 5 s. */
    public AeronConfig reconnectNanos(long min, long max) {
        Check.argument(min > 0 && min <= max, "reconnectNanos are positive, the first at most the second");
        reconnectNanosMin = min;
        reconnectNanosMax = max;
        return this;
    }

    public long connectionTimeoutNanos() {
        return connectionTimeoutNanos;
    }

    /** Silence of a peer after which the own driver takes the connection for broken; default 5 s. */
    public AeronConfig connectionTimeoutNanos(long value) {
        connectionTimeoutNanos = positive(value, "connectionTimeoutNanos");
        return this;
    }

    public long livenessNanos() {
        return livenessNanos;
    }

    /**
     * Longest pause of this process that its Aeron client survives, and silence after which an inbound session is
     * dropped; default 10 s. A longer pause (stopped process, garbage collection, suspended machine) is a crash of the
     * node: {@link AeronDied}. Larger survives longer pauses and keeps the buffers of the dead for longer.
     */
    public AeronConfig livenessNanos(long value) {
        Check.argument(value >= Time.seconds(1), "livenessNanos is at least 1 s");
        livenessNanos = value;
        return this;
    }

    public long sleepNanosMax() {
        return sleepNanosMax;
    }

    /**
     * How long the idle node's thread may sleep between two polls; default 1 ms, 10 us to 100 ms. Nothing wakes it for
     * a frame, so this is the latency of an idle node; shorter costs processor time.
     */
    public AeronConfig sleepNanosMax(long value) {
        Check.argument(
                value >= Time.micros(10) && value <= Time.millis(100), "sleepNanosMax is between 10 us and 100 ms");
        sleepNanosMax = value;
        return this;
    }

    private static int term(int value, String name) {
        Check.argument(
                value >= TERM_BYTES_MIN && value <= TERM_BYTES_MAX && Integer.bitCount(value) == 1,
                name + " is a power of two between 64 KiB and 1 GiB");
        return value;
    }

    private static long positive(long value, String name) {
        Check.argument(value > 0, name + " is positive");
        return value;
    }
}
