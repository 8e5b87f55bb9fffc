package io.orrery.sim.choice;

import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import java.util.Arrays;

/**
 * Reads decisions as version 1 of {@link DecisionFile} has them, in whole bytes and without expectations.
 *
 * <pre>
 *   decision = varint(track * 2 + told) [label, if the track is new] [varint bound, if told] value
 * </pre>
 *
 * <p>A bound is told when it is not the one that the track had last. A value takes as many bytes as its bound needs, low
 * byte first.
 */
final class PlainDecisions {
    private PlainDecisions() {}

    /** Reads a count and as many decisions. */
    static DecisionLog read(Decoder in) {
        DecisionLog log = new DecisionLog();
        long count = in.readVarLong();
        long[] bounds = new long[0];
        for (long i = 0; i < count; i++) {
            bounds = readDecision(in, log, bounds);
        }
        in.expectEnd();
        return log;
    }

    private static long[] readDecision(Decoder in, DecisionLog log, long[] bounds) {
        long head = in.readVarLong();
        int known = log.labels().size();
        if (head < 0 || head >>> 1 > known) {
            throw new DecodeException("expected one of " + known + " tracks or the next, found " + (head >>> 1));
        }
        int track = (int) (head >>> 1);
        long[] wider = bounds;
        if (track == known) {
            DecisionFile.addTrack(log, in.readString());
            wider = Arrays.copyOf(bounds, known + 1);
        }
        if ((head & 1) != 0) {
            wider[track] = in.readVarLong();
        }
        long bound = wider[track];
        DecisionFile.checkBound(bound);
        long value = 0;
        for (int at = 0; at < (DecisionFile.width(bound) + 7) / 8; at++) {
            value |= (long) in.readByte() << 8 * at;
        }
        DecisionFile.addDecision(log, track, bound, value);
        return wider;
    }
}
