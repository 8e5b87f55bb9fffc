package io.orrery.server.simulation;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;
import io.orrery.sim.Stall;

/**
 * G4: once all is healed and members agree, all hold each other's rows within two rounds of digests. For one run; asked again
 * and again.
 */
final class RowsInTime {
    private static final long STREAM_NANOS = Time.millis(500);

    private final long allowedNanos;
    private long agreedNanos = -1;
    private boolean haveBeenEqual;

    /** @param roundNanos between two digests of a node */
    RowsInTime(long roundNanos) {
        allowedNanos = 2 * roundNanos + STREAM_NANOS;
    }

    /** All is healed, as of now: what was before does not count. */
    void begin() {
        agreedNanos = -1;
        haveBeenEqual = false;
    }

    /**
     * @param agrees whether all members that are up see each other
     * @param rows null if all hold each other's rows
     */
    void look(boolean agrees, Stall rows, long nowNanos) {
        if (!agrees) {
            begin();
            return;
        }
        agreedNanos = agreedNanos < 0 ? nowNanos : agreedNanos;
        haveBeenEqual |= rows == null;
        long tookNanos = nowNanos - agreedNanos;
        if (!haveBeenEqual && tookNanos > allowedNanos) {
            throw new Check.Violation(
                    "G4: members agree for two rounds of digests, and rows are not equal: " + rows.lines());
        }
    }
}
