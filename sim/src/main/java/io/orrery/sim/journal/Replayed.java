package io.orrery.sim.journal;

import io.orrery.kernel.journal.JournalEnd;

/**
 * How a replay went.
 *
 * @param events that ran
 * @param nowNanos the node's monotonic clock at the last of them
 * @param hash of all of them, see {@link io.orrery.kernel.journal.NodeHash}
 * @param state the digest of what the program describes of itself, see {@link io.orrery.kernel.trace.StateDigest}
 * @param checkpoints that agreed, in hash and state
 * @param records read, the header among them
 * @param divergence null if it did all that the live node did
 * @param isCut whether it stopped where it was asked to, with more to come
 * @param end how the journal ended; null if it just stops, as that of a killed node does, or was not read to there
 * @param tornBytes of a last block that was not written to its end; nothing in it was replayed
 */
public record Replayed(
        long events,
        long nowNanos,
        long hash,
        long state,
        long checkpoints,
        long records,
        Divergence divergence,
        boolean isCut,
        JournalEnd end,
        long tornBytes) {
    public boolean isFaithful() {
        return divergence == null;
    }
}
