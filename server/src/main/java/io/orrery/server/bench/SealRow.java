package io.orrery.server.bench;

/**
 * What a frame of one size costs, in nanoseconds of processor time; medians of rounds.
 *
 * @param plainNanos to encode a frame at one end and check it at the other
 * @param sealNanos to seal it, on a stream
 * @param openNanos to open it
 * @param datagramNanos to seal and open it as a datagram, of as much of it as one takes
 * @param proofNanos the two HMACs that a plain datagram has and a sealed one has not
 */
public record SealRow(
        int frameBytes,
        double plainNanos,
        double sealNanos,
        double openNanos,
        double datagramNanos,
        double proofNanos) {
    /** How much more a sealed stream frame costs than a plain one, both ends together. */
    public double ratio() {
        return (plainNanos + sealNanos + openNanos) / plainNanos;
    }
}
