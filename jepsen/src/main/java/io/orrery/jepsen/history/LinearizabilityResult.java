package io.orrery.jepsen.history;

import io.orrery.jepsen.edn.Keyword;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the linearizability checker found.
 *
 * @param culprit if invalid: the operation that no order explains, that is, whose completion no search got past; else null
 * @param prefix if invalid: an order of operations that explains all that completed before the culprit did; else empty
 * @param state if invalid: the model's state after that prefix, as text; else empty
 * @param configurations explored
 */
public record LinearizabilityResult(
        Validity validity, Call culprit, List<Call> prefix, String state, long configurations) {
    static LinearizabilityResult of(Validity validity, long configurations) {
        return new LinearizabilityResult(validity, null, List.of(), "", configurations);
    }

    public boolean isValid() {
        return validity == Validity.VALID;
    }

    /** For a {@code results.edn}. */
    public Map<Object, Object> edn() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(Keyword.of("valid?"), validity.edn());
        map.put(Keyword.of("configurations"), configurations);
        if (culprit != null) {
            map.put(Keyword.of("culprit"), culprit.toString());
            map.put(Keyword.of("state"), state);
        }
        return map;
    }

    /** For people: the verdict, and the last steps before the culprit. */
    @Override
    public String toString() {
        if (culprit == null) {
            return validity + " after " + configurations + " configurations";
        }
        StringBuilder text = new StringBuilder("INVALID: nothing explains ").append(culprit);
        text.append("\n  found at that point: ").append(state);
        for (Call call : prefix.subList(Math.max(0, prefix.size() - 10), prefix.size())) {
            text.append("\n  after ").append(call);
        }
        return text.toString();
    }
}
