package io.orrery.server.bench;

/**
 * How long synced appends took, one at a time.
 *
 * @param aheadBytes of a segment that are allocated before they are needed
 * @param appends how many, of all rounds
 * @param p50Micros median over all of them, from the append to the completion of its sync
 * @param p99Micros the same, 99th percentile
 * @param p50MicrosMin least median of a round
 * @param p50MicrosMax greatest median of a round
 */
public record AppendRow(
        long aheadBytes, int appends, double p50Micros, double p99Micros, double p50MicrosMin, double p50MicrosMax) {}
