package io.orrery.server.bench;

import io.orrery.sim.run.BurnSummary;

/**
 * What one round of a load did: the same in every round and on every machine.
 *
 * @param failed seeds that failed; their events count all the same
 * @param traceHash over all seeds: equal figures of two builds compare only if their hashes are equal
 */
public record SimWork(long seeds, long failed, long events, long simulatedNanos, long traceHash) {
    static SimWork of(BurnSummary burn) {
        return new SimWork(burn.seeds(), burn.failed(), burn.events(), burn.simulatedNanos(), burn.traceHash());
    }
}
