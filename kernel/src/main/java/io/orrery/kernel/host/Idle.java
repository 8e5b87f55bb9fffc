package io.orrery.kernel.host;

/**
 * What a node's thread does when it finds nothing to do. It buys latency with processor time: waking a sleeping thread
 * takes some 5 to 50 microseconds, a spinning one none.
 */
public enum Idle {
    /**
     * Spins and yields for a moment where cores are to spare, then sleeps until something arrives or a timer is due. The
     * default.
     */
    BACKOFF,
    /** Yields: near the latency of spinning while others may use the core. Takes a whole core of an idle machine. */
    YIELD,
    /** Spins: lowest latency, one whole core per node. Harmful with fewer free cores than nodes. */
    SPIN,
    /** Sleeps at once. Least processor time. */
    PARK
}
