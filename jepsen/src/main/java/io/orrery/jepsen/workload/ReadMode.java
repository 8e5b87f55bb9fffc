package io.orrery.jepsen.workload;

/**
 * Which workload a {@code read} without a key belongs to: broadcast, g-set and the counters use one type for three
 * different answers.
 */
public enum ReadMode {
    /** Whatever this node was last told by a client, else whatever has come by gossip; refused while neither. */
    GUESS,
    BROADCAST,
    SET,
    COUNTER
}
