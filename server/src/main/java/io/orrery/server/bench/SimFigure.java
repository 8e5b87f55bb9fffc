package io.orrery.server.bench;

/**
 * One figure of the simulator's speed, beside its target.
 *
 * @param load it was measured with
 * @param isAtMost whether the target is an upper bound; else it is a lower one
 */
public record SimFigure(String name, String unit, SimLoadView load, double target, boolean isAtMost, Spread spread) {
    /** What was run: in words, as a command up to the seed, and what a round of it came to. */
    public record SimLoadView(String name, String what, String command, SimWork work) {}

    /** Whether the median is on the right side of the target. */
    public boolean isMet() {
        return isAtMost ? spread.median() <= target : spread.median() >= target;
    }

    /** The target as it is said. */
    public String targetText(String number) {
        return (isAtMost ? "at most " : "at least ") + number;
    }
}
