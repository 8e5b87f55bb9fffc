package io.orrery.sim.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Delta debugging (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002): takes things out of a
 * list, in ever smaller portions and from its end on, as long as what is left still fails. What it ends with is 1-minimal, unless the predicate
 * gave up in between.
 */
final class Ddmin {
    private Ddmin() {}

    /**
     * Returns the smaller list.
     *
     * @param items of which the whole is known to fail
     * @param fails whether a part of them does
     */
    static <T> List<T> minimize(List<T> items, Predicate<List<T>> fails) {
        List<T> left = items;
        int portion = left.size();
        while (portion >= 1 && !left.isEmpty()) {
            boolean shrunk = false;
            int to = left.size();
            while (to > 0) {
                int from = Math.max(0, to - portion);
                List<T> rest = without(left, from, to);
                if (fails.test(rest)) {
                    left = rest;
                    shrunk = true;
                }
                to = from;
            }
            portion = portion == 1 && shrunk ? 1 : portion / 2;
        }
        return left;
    }

    private static <T> List<T> without(List<T> items, int from, int to) {
        List<T> rest = new ArrayList<>(items.subList(0, from));
        rest.addAll(items.subList(to, items.size()));
        return rest;
    }
}
