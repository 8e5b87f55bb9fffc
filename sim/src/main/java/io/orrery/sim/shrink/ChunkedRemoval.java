package io.orrery.sim.shrink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Delta debugging (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002): takes things out of a
 * list, in ever smaller portions and from its end on, as long as what is left still fails. What it ends with is 1-minimal,
 * unless who decides gave up in between.
 */
final class ChunkedRemoval {
    private ChunkedRemoval() {}

    /** Decides about parts of a list. */
    @FunctionalInterface
    interface Parts<T> {
        /**
         * The first of {@code count} parts that still fails: its number, from 0; or -1 if none does.
         *
         * @param parts makes each
         */
        int firstFailing(int count, IntFunction<List<T>> parts);
    }

    /**
     * Returns the smaller list.
     *
     * @param items of which the whole is known to fail
     */
    static <T> List<T> minimize(List<T> items, Parts<T> decide) {
        List<T> left = items;
        int portion = left.size();
        while (portion >= 1 && !left.isEmpty()) {
            int before = left.size();
            left = sweep(left, portion, decide);
            portion = portion == 1 && left.size() < before ? 1 : portion / 2;
        }
        return left;
    }

    /** Tries each portion once, the last first. */
    private static <T> List<T> sweep(List<T> items, int portion, Parts<T> decide) {
        List<T> left = items;
        int to = left.size();
        while (to > 0) {
            List<T> whole = left;
            int end = to;
            int count = (end + portion - 1) / portion;
            int found = decide.firstFailing(count, number -> without(whole, end - number * portion, portion));
            if (found < 0) {
                return left;
            }
            left = without(whole, end - found * portion, portion);
            to = Math.max(0, end - (found + 1) * portion);
        }
        return left;
    }

    private static <T> List<T> without(List<T> items, int to, int portion) {
        List<T> rest = new ArrayList<>(items.subList(0, Math.max(0, to - portion)));
        rest.addAll(items.subList(to, items.size()));
        return rest;
    }
}
