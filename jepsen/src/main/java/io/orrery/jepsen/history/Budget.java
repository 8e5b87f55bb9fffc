package io.orrery.jepsen.history;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;

/**
 * What a search may cost before it gives up with {@link Validity#UNKNOWN}.
 *
 * @param nanos real time
 * @param configurationsMax configurations remembered; each takes about 100 bytes
 */
public record Budget(long nanos, int configurationsMax) {
    /** Ten seconds, two million configurations. */
    public static final Budget DEFAULT = new Budget(Time.seconds(10), 2_000_000);

    public Budget {
        Check.argument(nanos > 0 && configurationsMax > 0, "a budget is positive");
    }
}
