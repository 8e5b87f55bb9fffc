package io.orrery.sim.network;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;
import io.orrery.sim.choice.Spread;

/**
 * How one direction of a link treats frames, while it is not cut.
 *
 * @param delay how long the way takes
 * @param lossPpm datagrams lost, parts per million; a stream frame is late by a retransmission instead
 * @param duplicatePpm datagrams that arrive twice, parts per million
 * @param reorderPpm datagrams held back for up to ten times a long way, parts per million
 * @param corruptPpm frames of which one to three bits arrive flipped, parts per million; the checksum shows it
 * @param forgePpm frames whose payload arrives changed under a checksum that fits, parts per million; no protocol promises
 *     anything then
 */
public record LinkPolicy(Spread delay, int lossPpm, int duplicatePpm, int reorderPpm, int corruptPpm, int forgePpm) {
    /** A quiet local network: 100 to 500 microseconds, nothing lost. */
    public static final LinkPolicy LAN =
            new LinkPolicy(Spread.uniform(Time.micros(100), Time.micros(500)), 0, 0, 0, 0, 0);

    public LinkPolicy {
        Check.argument(delay != null, "a link has a delay");
        checkPpm(lossPpm);
        checkPpm(duplicatePpm);
        checkPpm(reorderPpm);
        checkPpm(corruptPpm);
        checkPpm(forgePpm);
    }

    private static void checkPpm(int ppm) {
        Check.argument(ppm >= 0 && ppm <= 1_000_000, "a probability is 0 to 1000000 ppm");
    }

    /** Uniform between two bounds. */
    public LinkPolicy delay(long nanosMin, long nanosMax) {
        return delay(Spread.uniform(nanosMin, nanosMax));
    }

    public LinkPolicy delay(Spread spread) {
        return new LinkPolicy(spread, lossPpm, duplicatePpm, reorderPpm, corruptPpm, forgePpm);
    }

    public LinkPolicy loss(int ppm) {
        return new LinkPolicy(delay, ppm, duplicatePpm, reorderPpm, corruptPpm, forgePpm);
    }

    public LinkPolicy duplicate(int ppm) {
        return new LinkPolicy(delay, lossPpm, ppm, reorderPpm, corruptPpm, forgePpm);
    }

    public LinkPolicy reorder(int ppm) {
        return new LinkPolicy(delay, lossPpm, duplicatePpm, ppm, corruptPpm, forgePpm);
    }

    public LinkPolicy corrupt(int ppm) {
        return new LinkPolicy(delay, lossPpm, duplicatePpm, reorderPpm, ppm, forgePpm);
    }

    public LinkPolicy forge(int ppm) {
        return new LinkPolicy(delay, lossPpm, duplicatePpm, reorderPpm, corruptPpm, ppm);
    }
}
