package io.orrery.sim.check;

import io.orrery.kernel.Check;
import java.util.function.BooleanSupplier;

/**
 * What a search may cost before it gives up with {@link Validity#UNDECIDED}. Steps and bytes are the same on every machine,
 * so a simulation that is judged within them stays reproducible; who has a clock may set a deadline besides.
 *
 * @param stepsMax operations tried, whether or not they fitted; some ten millions take a second
 * @param memoBytesMax for the configurations remembered, roughly
 * @param isOver asked now and then whether to give up for another reason, such as real time; never changes a verdict
 */
public record Budget(long stepsMax, long memoBytesMax, BooleanSupplier isOver) {
    /** Twenty million steps, 256 MiB. */
    public static final Budget DEFAULT = of(20_000_000, 256L << 20);

    public Budget {
        Check.argument(stepsMax > 0 && memoBytesMax > 0, "a budget is positive");
    }

    /** No limit but steps and bytes: the same everywhere. */
    public static Budget of(long stepsMax, long memoBytesMax) {
        return new Budget(stepsMax, memoBytesMax, () -> false);
    }

    /** This budget, until {@code isOver} says so. */
    public Budget until(BooleanSupplier over) {
        return new Budget(stepsMax, memoBytesMax, over);
    }
}
