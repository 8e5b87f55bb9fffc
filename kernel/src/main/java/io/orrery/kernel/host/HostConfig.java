package io.orrery.kernel.host;

import io.orrery.kernel.Check;

/**
 * The limits and choices of one node's host. Each setter checks its range and returns this; set before
 * {@link NodeThread#start}.
 */
public final class HostConfig {
    /** With fewer cores a node that spins takes the core from the one that it waits for: docs/adr/0007 has the figures. */
    private static final boolean HAS_CORES_TO_SPARE = Runtime.getRuntime().availableProcessors() >= 4;

    private Idle idle = Idle.BACKOFF;
    private int spinsMax = HAS_CORES_TO_SPARE ? 20 : 0;
    private int yieldsMax = HAS_CORES_TO_SPARE ? 50 : 0;
    private int inboxItemsMax = 65_536;
    private long inboxBytesMax = 64L * 1024 * 1024;
    private int batchItemsMax = 512;
    private int cycleEventsMax = 8_192;
    private int queuedEventsMax = 1_000_000;
    private int storageOperationsMax = 65_536;
    private long storageBytesMax = 256L * 1024 * 1024;
    private int diskYieldsMax = 50;
    private int openFilesMax = 256;
    private long stopNanosMax = 10_000_000_000L;
    private boolean forcesFiles = true;
    private boolean checkInvariants = true;
    private Long seed;
    private TraceSink traceSink = TraceSink.NONE;
    private Recording recording;
    private EventWatch eventWatch;

    public Idle idle() {
        return idle;
    }

    /** How the thread idles; default {@link Idle#BACKOFF}. Spinning on a machine with few cores slows every node. */
    public HostConfig idle(Idle value) {
        idle = value;
        return this;
    }

    public int spinsMax() {
        return spinsMax;
    }

    /** Empty cycles that {@link Idle#BACKOFF} spins before it yields; default 20, or 0 with fewer than four cores. */
    public HostConfig spinsMax(int value) {
        spinsMax = within(value, 0, 1_000_000, "spinsMax");
        return this;
    }

    public int yieldsMax() {
        return yieldsMax;
    }

    /** Empty cycles that {@link Idle#BACKOFF} then yields before it sleeps; default 50, or 0 with fewer than four cores. */
    public HostConfig yieldsMax(int value) {
        yieldsMax = within(value, 0, 1_000_000, "yieldsMax");
        return this;
    }

    public int inboxItemsMax() {
        return inboxItemsMax;
    }

    /**
     * Frames and tasks that wait for the node; default 65,536, at least 16, rounded up to a power of two. Beyond it
     * streams stop reading, datagrams are dropped and tasks refused. Larger hides overload as latency.
     */
    public HostConfig inboxItemsMax(int value) {
        inboxItemsMax = within(value, 16, 1 << 24, "inboxItemsMax");
        return this;
    }

    public long inboxBytesMax() {
        return inboxBytesMax;
    }

    /** Bytes of the frames that wait for the node; default 64 MiB. One frame is always let in. */
    public HostConfig inboxBytesMax(long value) {
        Check.argument(value >= 1, "inboxBytesMax is at least 1");
        inboxBytesMax = value;
        return this;
    }

    public int batchItemsMax() {
        return batchItemsMax;
    }

    /**
     * Items taken from the inbox per duty cycle; default 512, at most half of {@link #cycleEventsMax}, so that what is
     * taken also gets to run. Larger batches better (one flush, one sync for all) and lets the clock, read once per
     * cycle, grow staler.
     */
    public HostConfig batchItemsMax(int value) {
        batchItemsMax = within(value, 1, 1 << 20, "batchItemsMax");
        return this;
    }

    public int cycleEventsMax() {
        return cycleEventsMax;
    }

    /** Events run per duty cycle before the transport and the disk are served again; default 8,192. */
    public HostConfig cycleEventsMax(int value) {
        cycleEventsMax = within(value, 1, 1 << 24, "cycleEventsMax");
        return this;
    }

    public int queuedEventsMax() {
        return queuedEventsMax;
    }

    /** Timers, deferred tasks and messages to oneself that wait; default 1,000,000. Beyond it the node halts: it leaks. */
    public HostConfig queuedEventsMax(int value) {
        queuedEventsMax = within(value, 1024, 1 << 28, "queuedEventsMax");
        return this;
    }

    public int storageOperationsMax() {
        return storageOperationsMax;
    }

    /** Storage operations in flight; default 65,536. Beyond it the node halts: a protocol must wait for its disk. */
    public HostConfig storageOperationsMax(int value) {
        storageOperationsMax = within(value, 16, 1 << 24, "storageOperationsMax");
        return this;
    }

    public long storageBytesMax() {
        return storageBytesMax;
    }

    /** Bytes of the writes in flight; default 256 MiB. Beyond it the node halts, as for the operations. */
    public HostConfig storageBytesMax(long value) {
        Check.argument(value >= 1 << 20, "storageBytesMax is at least 1 MiB");
        storageBytesMax = value;
        return this;
    }

    public int diskYieldsMax() {
        return diskYieldsMax;
    }

    /**
     * How often the disk's thread yields its core after a batch before it sleeps; default 50, which takes 20 us where nobody
     * else wants the core. A batch that follows soon then wakes nobody. More costs processor time where batches are rare.
     */
    public HostConfig diskYieldsMax(int value) {
        diskYieldsMax = within(value, 0, 1_000_000, "diskYieldsMax");
        return this;
    }

    public int openFilesMax() {
        return openFilesMax;
    }

    /** Files kept open between operations; default 256. Each takes a descriptor of the process. */
    public HostConfig openFilesMax(int value) {
        openFilesMax = within(value, 1, 1 << 20, "openFilesMax");
        return this;
    }

    public long stopNanosMax() {
        return stopNanosMax;
    }

    /** How long {@link NodeThread#stop} waits for the node and its disk; default 10 s. */
    public HostConfig stopNanosMax(long value) {
        Check.argument(value > 0, "stopNanosMax is positive");
        stopNanosMax = value;
        return this;
    }

    public boolean forcesFiles() {
        return forcesFiles;
    }

    /**
     * Whether a sync forces the device; default true. If not, a sync completes when the operating system has the data: it
     * survives the process, and a power loss or a crash of the machine may undo what was promised. For benchmarks beside
     * systems that do not force either.
     */
    public HostConfig forcesFiles(boolean value) {
        forcesFiles = value;
        return this;
    }

    public boolean checkInvariants() {
        return checkInvariants;
    }

    /** Whether the protocol's own checks run once per duty cycle that had events; default true. */
    public HostConfig checkInvariants(boolean value) {
        checkInvariants = value;
        return this;
    }

    /** The seed of this incarnation's random streams; null for one drawn at start. */
    public Long seed() {
        return seed;
    }

    /** Fixes the seed, for tests; the same seed in two incarnations repeats their draws. */
    public HostConfig seed(long value) {
        seed = value;
        return this;
    }

    public TraceSink traceSink() {
        return traceSink;
    }

    /** Where transitions and marks go; default nowhere. Called on the node's thread, so it must not block. */
    public HostConfig traceSink(TraceSink value) {
        traceSink = value;
        return this;
    }

    /** The journal to be kept of this incarnation, or null. */
    public Recording recording() {
        return recording;
    }

    /** Keeps a journal of this incarnation; default null, none. Costs the node's thread a copy of all that comes in. */
    public HostConfig recording(Recording value) {
        recording = value;
        return this;
    }

    /** Who is told of each event, or null. */
    public EventWatch eventWatch() {
        return eventWatch;
    }

    /** Has each event watched, for benchmarks; default null, by nobody. */
    public HostConfig eventWatch(EventWatch value) {
        eventWatch = value;
        return this;
    }

    private static int within(int value, int min, int max, String name) {
        Check.argument(value >= min && value <= max, name + " is between " + min + " and " + max);
        return value;
    }
}
