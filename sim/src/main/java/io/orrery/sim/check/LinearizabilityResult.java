package io.orrery.sim.check;

import java.util.List;

/**
 * What the linearizability checker found.
 *
 * @param culprit if invalid: the operation that no order explains, that is, whose completion no search got past; else null.
 *     If the history was too long to find it, the last one that a search with foresight got stuck at; then there is no window
 * @param prefix if invalid: an order of operations that explains all that completed before the culprit did; else empty
 * @param state if invalid: the model's state after that prefix, as text; else empty
 * @param window if invalid: the last calls up to the culprit, as few as suffice to show that something is wrong; else empty
 * @param configurations explored
 * @param steps taken: what was charged to the budget
 */
public record LinearizabilityResult(
        Validity validity,
        Call culprit,
        List<Call> prefix,
        String state,
        List<Call> window,
        long configurations,
        long steps) {
    private static final int SHOWN_MAX = 12;

    static LinearizabilityResult of(Validity validity, long configurations, long steps) {
        return new LinearizabilityResult(validity, null, List.of(), "", List.of(), configurations, steps);
    }

    LinearizabilityResult withWindow(List<Call> offending) {
        return new LinearizabilityResult(validity, culprit, prefix, state, offending, configurations, steps);
    }

    public boolean isValid() {
        return validity == Validity.VALID;
    }

    /** For people: the verdict, the last steps before the culprit, and the window. */
    @Override
    public String toString() {
        if (culprit == null) {
            return validity + " after " + steps + " steps";
        }
        StringBuilder text = new StringBuilder("INVALID: nothing explains ").append(culprit);
        text.append("\n  found at that point: ").append(state);
        tail(prefix, "\n  after ", text);
        tail(window, "\n  window ", text);
        return text.toString();
    }

    private static void tail(List<Call> calls, String before, StringBuilder text) {
        for (Call call : calls.subList(Math.max(0, calls.size() - SHOWN_MAX), calls.size())) {
            text.append(before).append(call);
        }
    }
}
