package io.orrery.sim.check;

import io.orrery.kernel.Check;
import io.orrery.sim.check.CallList.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps a search off dead ground with what a {@link Foresight} says. In any order that explains the history, uncertain calls
 * of no use may be left out; of what stays, this allows all.
 *
 * <ul>
 *   <li>I1: a state is left only when all certain calls that happened in it have, for it never comes back.
 *   <li>I2: where a needed state comes of one call in this state alone, that call is the next change.
 *   <li>I3: an uncertain call happens only for a needed state, or for a loose call to come.
 * </ul>
 *
 * @param <S> the model's state
 */
final class Guide<S> {
    private final Foresight<S> foresight;
    /** By state: how many certain calls have yet to happen in it. */
    private final Map<S, int[]> left = new LinkedHashMap<>();
    /** By the certain call's number: the count of its state. */
    private final List<int[]> leftOf = new ArrayList<>();

    private int looseLeft;

    Guide(Foresight<S> foresight, List<Call> calls) {
        this.foresight = foresight;
        for (Call call : calls) {
            if (call.outcome() == Op.Type.OK) {
                int[] count = left.computeIfAbsent(foresight.before(call), state -> new int[1]);
                count[0]++;
                leftOf.add(count);
            } else if (call.outcome() == Op.Type.INFO && foresight.isLoose(call)) {
                looseLeft++;
            }
        }
    }

    /** Notes that a call happened, or that it is taken back. */
    void mark(Entry entry, boolean now) {
        int change = now ? -1 : 1;
        if (entry.isCertain()) {
            int[] count = leftOf.get(entry.number);
            count[0] += change;
            Check.that(count[0] >= 0, "a call happens once on a path", entry.number);
        } else if (foresight.isLoose(entry.call)) {
            looseLeft += change;
        }
    }

    /** Whether certain calls have yet to happen in this state. */
    boolean isNeeded(S state) {
        int[] count = left.get(state);
        return count != null && count[0] > 0;
    }

    /** Whether the call, not yet marked, may change this state to that other one. */
    boolean mayLeave(S state, Entry by, S next) {
        int[] count = left.get(state);
        int others = count == null ? 0 : count[0] - (by.isCertain() ? 1 : 0);
        if (others > 0) {
            return false;
        }
        Call only = foresight.onlyNext(state);
        if (only != null) {
            return only.equals(by.call);
        }
        return by.isCertain() || foresight.isOfUse(state, by.call, next, looseLeft > 0);
    }

    /** Whether no other call than this one could have happened in this state then, but for reads. */
    boolean isOnlyChoice(S state, Entry entry) {
        return entry.isCertain() || foresight.onlyNext(state) != null;
    }
}
