package io.orrery.sim.check;

import io.orrery.kernel.Check;
import io.orrery.sim.check.CallList.Entry;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Is there an order of the operations, each at one moment between its invocation and its completion, in which every result
 * is the one that the model gives? The search of Wing and Gong ("Testing and Verifying Concurrent Objects", 1993) with the
 * memory of Lowe ("Testing for linearizability", 2017): a set of operations that led to a state once is not explored again.
 *
 * <ul>
 *   <li>I1: VALID is said only with an order found, INVALID only when all orders were tried, else UNDECIDED.
 *   <li>I2: FAIL did not happen and is left out. INFO may be placed anywhere after its invocation, or left out.
 *   <li>I3: the verdict and the steps taken depend on the history and the budget's numbers alone.
 * </ul>
 *
 * @param <S> the model's state
 */
public final class Linearizability<S> {
    private final Model<S> model;
    private final Budget budget;
    private final CallList list;
    private final Explored explored = new Explored();
    private final BitSet happened = new BitSet();
    private final BitSet uncertain = new BitSet();
    private final List<Entry> path = new ArrayList<>();
    private final List<S> statesBefore = new ArrayList<>();
    /** Null if the model foresees nothing. */
    private final Guide<S> guide;

    private S state;
    private int full;
    private int certainLeft;
    private long steps;
    private Entry furthestEnd;
    private List<Entry> furthestPath = List.of();
    private S furthestState;

    private Linearizability(Model<S> model, List<Call> calls, S initial, Budget budget, Foresight<S> foresight) {
        this.guide = foresight == null ? null : new Guide<>(foresight, calls);
        this.model = model;
        this.budget = budget;
        this.list = new CallList(calls, foresight == null ? model::kind : foresight::kind);
        this.state = initial;
        this.certainLeft = list.certain();
    }

    /** Checks one object's history. */
    public static <S> LinearizabilityResult check(Model<S> model, History history, Budget budget) {
        List<Call> calls = model.withoutIdle(history.calls());
        Foresight<S> foresight = model.foresight(calls);
        if (foresight == null) {
            LinearizabilityResult result = search(model, calls, model.initial(), budget);
            return result.validity() == Validity.INVALID
                    ? result.withWindow(Window.find(model, calls, result.culprit(), budget))
                    : result;
        }
        LinearizabilityResult result = new Linearizability<>(model, calls, model.initial(), budget, foresight).search();
        return result.validity() == Validity.INVALID ? explain(model, calls, result, budget) : result;
    }

    /**
     * With foresight a search gives up before it reaches the completion that nothing explains, so that it names the wrong
     * culprit: the search without it is asked, and the verdict stands in any case.
     */
    private static <S> LinearizabilityResult explain(
            Model<S> model, List<Call> calls, LinearizabilityResult found, Budget budget) {
        LinearizabilityResult plain = search(model, calls, model.initial(), budget);
        Check.that(plain.validity() != Validity.VALID, "foresight changes no verdict", found.steps(), plain.steps());
        return plain.validity() == Validity.INVALID
                ? plain.withWindow(Window.find(model, calls, plain.culprit(), budget))
                : found;
    }

    /** Checks the histories of independent keys (see {@link History#byKey()}), each within the budget. */
    public static <S> Map<Object, LinearizabilityResult> checkByKey(Model<S> model, History history, Budget budget) {
        Map<Object, LinearizabilityResult> results = new LinkedHashMap<>();
        history.byKey().forEach((key, part) -> results.put(key, check(model, part, budget)));
        return results;
    }

    /** Searches an order of these calls, from this state on. */
    static <S> LinearizabilityResult search(Model<S> model, List<Call> calls, S initial, Budget budget) {
        return new Linearizability<>(model, calls, initial, budget, null).search();
    }

    private LinearizabilityResult search() {
        Entry entry = certainLeft > 0 ? next() : null;
        while (certainLeft > 0) {
            if (isSpent()) {
                return LinearizabilityResult.of(Validity.UNDECIDED, explored.size(), steps);
            }
            steps++;
            if (entry == null) {
                noteBlocked(list.firstEnd());
                if (path.isEmpty()) {
                    return invalid();
                }
                entry = takeBack();
            } else if (maybeHappen(entry)) {
                entry = certainLeft > 0 ? next() : null;
            } else {
                entry = list.after(entry);
            }
        }
        return LinearizabilityResult.of(Validity.VALID, explored.size(), steps);
    }

    /**
     * What to try first: a read that fits, if there is one. It may as well happen now: in any order in which it comes later it
     * can be moved here, for nothing must precede it and nothing notices it. So where it leads nowhere, no other choice at
     * this place does ({@link #takeBack}).
     */
    private Entry next() {
        if (guide != null) {
            return nextGuided();
        }
        for (Entry entry = list.first(); entry != null; entry = list.after(entry)) {
            if (isRead(entry) && model.step(state, entry.call) != null) {
                return entry;
            }
        }
        return list.first();
    }

    /** A certain call that fits is tried before uncertain ones, and reads first; where one is left that fits, nothing else is. */
    private Entry nextGuided() {
        Entry change = null;
        for (Entry entry = list.first(); entry != null && entry.isCertain(); entry = list.after(entry)) {
            if (model.step(state, entry.call) != null) {
                if (isRead(entry)) {
                    return entry;
                }
                change = entry;
            }
        }
        return change != null || guide.isNeeded(state) ? change : list.firstUncertain();
    }

    private boolean isRead(Entry entry) {
        return entry.isCertain() && model.isRead(entry.call);
    }

    private boolean isSpent() {
        return steps >= budget.stepsMax()
                || explored.bytes() > budget.memoBytesMax()
                || (steps & 1023) == 1023 && budget.isOver().getAsBoolean();
    }

    /** Lets the call happen now, unless the model forbids it, nothing comes of it, or it led to explored ground. */
    private boolean maybeHappen(Entry entry) {
        S next = model.step(state, entry.call);
        boolean isChange = next != null && !next.equals(state);
        if (next == null || !entry.isCertain() && !isChange) {
            return false;
        }
        if (guide != null && isChange && !guide.mayLeave(state, entry, next)) {
            return false;
        }
        mark(entry, true);
        boolean isBranch = guide == null || !guide.isOnlyChoice(state, entry);
        if (isBranch && !explored.add(full, happened, uncertain, next)) {
            mark(entry, false);
            return false;
        }
        path.add(entry);
        statesBefore.add(state);
        state = next;
        list.lift(entry);
        return true;
    }

    /** Undoes the last call that was a choice, and all since; the search goes on behind its begin. Null if there was none. */
    private Entry takeBack() {
        while (!path.isEmpty()) {
            Entry last = path.remove(path.size() - 1);
            state = statesBefore.remove(statesBefore.size() - 1);
            mark(last, false);
            list.unlift(last);
            boolean isChoice = guide == null ? !isRead(last) : !guide.isOnlyChoice(state, last);
            if (isChoice) {
                return list.after(last);
            }
        }
        return null;
    }

    /** Certain calls fill up from 0, so what has to be kept of a long history is short. */
    private void mark(Entry entry, boolean now) {
        if (guide != null) {
            guide.mark(entry, now);
        }
        if (!entry.isCertain()) {
            uncertain.set(entry.number, now);
            return;
        }
        Check.that(happened.get(entry.number) != now, "a call happens once on a path", entry.number);
        happened.set(entry.number, now);
        certainLeft += now ? -1 : 1;
        full = now ? full : Math.min(full, entry.number);
        while (happened.get(full)) {
            full++;
        }
    }

    /** An end is reached whose call has not happened: this path is dead. The furthest such end names the culprit. */
    private void noteBlocked(Entry end) {
        if (furthestEnd == null
                || end.call.completion().index() > furthestEnd.call.completion().index()) {
            furthestEnd = end;
            furthestPath = new ArrayList<>(path);
            furthestState = state;
        }
    }

    private LinearizabilityResult invalid() {
        List<Call> prefix = furthestPath.stream().map(entry -> entry.call).toList();
        return new LinearizabilityResult(
                Validity.INVALID,
                furthestEnd.call,
                prefix,
                furthestState.toString(),
                List.of(),
                explored.size(),
                steps);
    }
}
