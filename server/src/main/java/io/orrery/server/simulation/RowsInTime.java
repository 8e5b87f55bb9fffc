package io.orrery.server.simulation;

import io.orrery.kernel.Check;
import io.orrery.sim.Stall;

/**
 * G4: once all is healed and members agree, all hold each other's rows within two rounds of digests. The rounds count from when
 * streams have delivered what they held: TCP over a link that was bad is late for seconds after. For one run; asked again and
 * again.
 */
final class RowsInTime {
    private final long allowedNanos;
    private long clearNanos;
    private long agreedNanos = -1;
    private boolean haveBeenEqual;

    /** @param roundNanos between two digests of a node */
    RowsInTime(long roundNanos) {
        allowedNanos = 2 * roundNanos;
    }

    /**
     * All is healed, as of now: what was before does not count.
     *
     * @param streamsClearNanos when streams have delivered what they hold
     */
    void begin(long streamsClearNanos) {
        clearNanos = streamsClearNanos;
        startAgain();
    }

    private void startAgain() {
        agreedNanos = -1;
        haveBeenEqual = false;
    }

    /**
     * @param agrees whether all members that are up see each other
     * @param rows null if all hold each other's rows
     */
    void look(boolean agrees, Stall rows, long nowNanos) {
        if (!agrees) {
            startAgain();
            return;
        }
        agreedNanos = agreedNanos < 0 ? Math.max(nowNanos, clearNanos) : agreedNanos;
        haveBeenEqual |= rows == null;
        long tookNanos = nowNanos - agreedNanos;
        if (!haveBeenEqual && tookNanos > allowedNanos) {
            throw new Check.Violation(
                    "G4: members agree for two rounds of digests, and rows are not equal: " + rows.lines());
        }
    }
}
