package io.orrery.kernel.journal;

import io.orrery.kernel.codec.Bytes;
import java.util.List;

/**
 * A duty cycle of the node in which something happened.
 *
 * @param isBoot whether it is the first one, in which the node was built
 * @param nowNanos the monotonic clock, in nanoseconds from the node's start
 * @param wallMillis the wall clock, in milliseconds since 1970
 * @param items taken from the inbox, in order
 * @param noes which of the outside's answers were no, counted from 0, ascending; all others were yes
 * @param inputs what calls did to the node, in the order in which the calls ran: {@link #INPUT} and a byte string for each
 *     input, {@link #CALL_OVER} at the end of a call
 * @param checks the last byte of the hash after each event that ran
 */
public record Cycle(
        boolean isBoot,
        long nowNanos,
        long wallMillis,
        List<JournalItem> items,
        long[] noes,
        Bytes inputs,
        Bytes checks)
        implements JournalRecord {
    /** In {@link #inputs}: a call is over. */
    public static final int CALL_OVER = 0;

    /** In {@link #inputs}: an input follows. */
    public static final int INPUT = 1;
}
