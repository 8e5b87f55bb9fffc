package io.orrery.sim.check;

import java.util.ArrayList;
import java.util.List;

/**
 * The shortest part of a history that no order explains, whatever went before: what people should look at. It ends with the
 * completion that no search got past. Found by trying starts further and further back, each with every state that the model
 * says may have stood there.
 */
final class Window {
    /** Steps for all trials; a window that costs more to find stays longer than it could be. */
    private static final long STEPS_MAX = 5_000_000;

    private Window() {}

    /** The calls of the window; those left open at its edges have no outcome. All up to the culprit if none is shorter. */
    static <S> List<Call> find(Model<S> model, List<Call> calls, Call culprit, Budget budget) {
        List<Call> cut = cutAfter(calls, culprit.completion().index());
        long spent = 0;
        for (int length = 1; length < cut.size(); length = length < 16 ? length + 1 : length + length / 2) {
            List<Call> window =
                    from(cut, cut.get(cut.size() - length).invocation().index());
            List<S> states = model.statesBefore(window);
            boolean isOffending = !states.isEmpty();
            for (S before : states) {
                Budget left = Budget.of(Math.max(1, STEPS_MAX - spent), budget.memoBytesMax());
                LinearizabilityResult result = Linearizability.search(model, window, before, left);
                spent += result.steps();
                isOffending &= result.validity() == Validity.INVALID;
                if (!isOffending) {
                    break;
                }
            }
            if (isOffending) {
                return window;
            }
            if (spent >= STEPS_MAX) {
                break;
            }
        }
        return cut;
    }

    /** What was begun before {@code index}; what ended later is open. */
    private static List<Call> cutAfter(List<Call> calls, long index) {
        List<Call> cut = new ArrayList<>();
        for (Call call : calls) {
            if (call.invocation().index() < index && call.outcome() != Op.Type.FAIL) {
                boolean isOpen = call.completion() == null || call.completion().index() > index;
                cut.add(isOpen ? call.withoutOutcome() : call);
            }
        }
        return cut;
    }

    /** What was begun at {@code index} or later; and what was open then, which may have happened before or may not. */
    private static List<Call> from(List<Call> calls, long index) {
        List<Call> window = new ArrayList<>();
        for (Call call : calls) {
            boolean hasEnded = call.outcome() == Op.Type.OK && call.completion().index() < index;
            if (call.invocation().index() >= index) {
                window.add(call);
            } else if (!hasEnded) {
                window.add(call.withoutOutcome());
            }
        }
        return window;
    }
}
