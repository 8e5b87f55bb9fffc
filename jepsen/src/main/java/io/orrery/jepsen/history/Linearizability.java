package io.orrery.jepsen.history;

import io.orrery.jepsen.history.CallList.Entry;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Is there an order of the operations, each at one moment between its invocation and its completion, in which every result
 * is the one that the model gives? The search of Wing and Gong ("Testing and Verifying Concurrent Objects", 1993) with the
 * memory of Lowe ("Testing for linearizability", 2017): a set of operations that led to a state once is not explored again.
 *
 * <p>FAIL did not happen and is left out. INFO may be placed anywhere after its invocation, or left out.
 *
 * @param <S> the model's state
 */
public final class Linearizability<S> {
    /**
     * What was explored.
     *
     * @param full calls below this number had happened, and the one of this number had not
     * @param rest which of the later ones had, numbered from there
     * @param state the model's, after all of them
     */
    private record Configuration(int full, BitSet rest, Object state) {}

    private final Model<S> model;
    private final Budget budget;
    private final CallList list;
    private final Set<Configuration> explored = new HashSet<>();
    private final BitSet happened = new BitSet();
    private final List<Entry> path = new ArrayList<>();
    private final List<S> statesBefore = new ArrayList<>();
    private S state;
    private int certainLeft;
    private Entry furthestEnd;
    private List<Entry> furthestPath = List.of();
    private S furthestState;

    private Linearizability(Model<S> model, List<Call> calls, Budget budget) {
        this.model = model;
        this.budget = budget;
        this.list = new CallList(calls);
        this.state = model.initial();
        this.certainLeft = list.certain();
    }

    /** Checks one object's history. */
    public static <S> LinearizabilityResult check(Model<S> model, History history, Budget budget) {
        return new Linearizability<>(model, history.calls(), budget).search();
    }

    /** Checks the histories of independent keys (see {@link History#byKey()}), each within the budget. */
    public static <S> Map<Object, LinearizabilityResult> checkByKey(Model<S> model, History history, Budget budget) {
        Map<Object, LinearizabilityResult> results = new LinkedHashMap<>();
        history.byKey().forEach((key, part) -> results.put(key, check(model, part, budget)));
        return results;
    }

    private LinearizabilityResult search() {
        long deadline = System.nanoTime() + budget.nanos();
        long steps = 0;
        Entry entry = list.first();
        while (certainLeft > 0) {
            if ((++steps & 1023) == 0 && System.nanoTime() - deadline > 0
                    || explored.size() >= budget.configurationsMax()) {
                return LinearizabilityResult.of(Validity.UNKNOWN, explored.size());
            }
            if (!entry.isBegin) {
                noteBlocked(entry);
                if (path.isEmpty()) {
                    return invalid();
                }
                entry = takeBack();
            } else {
                entry = maybeHappen(entry) ? list.first() : entry.next;
            }
        }
        return LinearizabilityResult.of(Validity.VALID, explored.size());
    }

    /** Lets the call happen now, unless the model forbids it, nothing comes of it, or it led to explored ground. */
    private boolean maybeHappen(Entry entry) {
        S next = model.step(state, entry.call);
        if (next == null || !entry.isCertain() && next.equals(state)) {
            return false;
        }
        happened.set(entry.number);
        if (!explored.add(configuration(next))) {
            happened.clear(entry.number);
            return false;
        }
        path.add(entry);
        statesBefore.add(state);
        state = next;
        certainLeft -= entry.isCertain() ? 1 : 0;
        list.lift(entry);
        return true;
    }

    /** Undoes the last call; the search goes on behind its begin. */
    private Entry takeBack() {
        Entry last = path.remove(path.size() - 1);
        state = statesBefore.remove(statesBefore.size() - 1);
        happened.clear(last.number);
        certainLeft += last.isCertain() ? 1 : 0;
        list.unlift(last);
        return last.next;
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
                Validity.INVALID, furthestEnd.call, prefix, furthestState.toString(), explored.size());
    }

    /** Certain calls fill up from 0, so what has to be kept of a long history is short. */
    private Configuration configuration(S next) {
        int full = happened.nextClearBit(0);
        BitSet rest = happened.get(full, happened.length());
        return new Configuration(full, rest, next);
    }
}
