package io.orrery.sim.network;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;

/**
 * How one direction of a link treats frames, while it is not cut.
 *
 * @param delayNanosMin the shortest way, at least 0
 * @param delayNanosMax the longest way; drawn uniformly between
 * @param lossPpm datagrams lost, parts per million; a stream frame is late by a retransmission instead
 * @param duplicatePpm datagrams that arrive twice, parts per million
 * @param reorderPpm datagrams held back for up to ten times the longest way, parts per million
 */
public record LinkPolicy(long delayNanosMin, long delayNanosMax, int lossPpm, int duplicatePpm, int reorderPpm) {
    /** The longest delay that a policy may ask for. */
    public static final long DELAY_NANOS_MAX = Time.seconds(60);

    /** A quiet local network: 100 to 500 microseconds, nothing lost. */
    public static final LinkPolicy LAN = new LinkPolicy(Time.micros(100), Time.micros(500), 0, 0, 0);

    public LinkPolicy {
        Check.argument(delayNanosMin >= 0, "a delay is not negative");
        Check.argument(delayNanosMin <= delayNanosMax, "the shortest delay is not above the longest");
        Check.argument(delayNanosMax <= DELAY_NANOS_MAX, "a delay is at most 60s");
        checkPpm(lossPpm);
        checkPpm(duplicatePpm);
        checkPpm(reorderPpm);
    }

    private static void checkPpm(int ppm) {
        Check.argument(ppm >= 0 && ppm <= 1_000_000, "a probability is 0 to 1000000 ppm");
    }

    public LinkPolicy delay(long nanosMin, long nanosMax) {
        return new LinkPolicy(nanosMin, nanosMax, lossPpm, duplicatePpm, reorderPpm);
    }

    public LinkPolicy loss(int ppm) {
        return new LinkPolicy(delayNanosMin, delayNanosMax, ppm, duplicatePpm, reorderPpm);
    }

    public LinkPolicy duplicate(int ppm) {
        return new LinkPolicy(delayNanosMin, delayNanosMax, lossPpm, ppm, reorderPpm);
    }

    public LinkPolicy reorder(int ppm) {
        return new LinkPolicy(delayNanosMin, delayNanosMax, lossPpm, duplicatePpm, ppm);
    }
}
