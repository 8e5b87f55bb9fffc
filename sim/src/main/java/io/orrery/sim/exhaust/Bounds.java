package io.orrery.sim.exhaust;

import io.orrery.kernel.Check;

/**
 * How far an enumeration goes.
 *
 * @param depth moves of one run at most
 * @param messages of them that deliver one
 * @param timers of them that let one fire
 * @param losses of them that lose what is under way
 * @param crashes of them that crash a node, which starts again at once
 * @param operations of them that ask something of a node
 * @param states looked at in all; then the enumeration gives up
 */
public record Bounds(int depth, int messages, int timers, int losses, int crashes, int operations, long states) {
    /** The deepest. */
    public static final int DEPTH_MAX = 100;

    public Bounds {
        Check.argument(depth >= 1 && depth <= DEPTH_MAX, "a depth is 1 to 100");
        Check.argument(messages >= 0 && timers >= 0, "a bound is not negative");
        Check.argument(losses >= 0 && crashes >= 0 && operations >= 0, "a bound is not negative");
        Check.argument(states >= 1, "at least one state is looked at");
    }
}
