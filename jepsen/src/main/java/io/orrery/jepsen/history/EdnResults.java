package io.orrery.jepsen.history;

import io.orrery.jepsen.edn.Keyword;
import io.orrery.sim.check.LinearizabilityResult;
import io.orrery.sim.check.TotalQueueResult;
import io.orrery.sim.check.Validity;
import java.util.LinkedHashMap;
import java.util.Map;

/** Verdicts for a {@code results.edn}, with the names that Jepsen's checkers use. */
public final class EdnResults {
    private EdnResults() {}

    /** As Jepsen's {@code :valid?} has it. */
    public static Object of(Validity validity) {
        return switch (validity) {
            case VALID -> true;
            case INVALID -> false;
            case UNDECIDED -> Keyword.of("unknown");
        };
    }

    public static Map<Object, Object> of(LinearizabilityResult result) {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(Keyword.of("valid?"), of(result.validity()));
        map.put(Keyword.of("configurations"), result.configurations());
        if (result.culprit() != null) {
            map.put(Keyword.of("culprit"), result.culprit().toString());
            map.put(Keyword.of("state"), result.state());
        }
        return map;
    }

    public static Map<Object, Object> of(TotalQueueResult result) {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(Keyword.of("valid?"), of(result.validity()));
        map.put(Keyword.of("attempt-count"), result.attempts());
        map.put(Keyword.of("acknowledged-count"), result.acknowledged());
        map.put(Keyword.of("ok-count"), result.received());
        put(map, "lost", result.lost());
        put(map, "unexpected", result.unexpected());
        put(map, "duplicated", result.duplicated());
        put(map, "recovered", result.recovered());
        if (!result.reason().isEmpty()) {
            map.put(Keyword.of("error"), result.reason());
        }
        return map;
    }

    private static void put(Map<Object, Object> map, String name, Map<Object, Long> values) {
        long count = 0;
        for (long times : values.values()) {
            count += times;
        }
        map.put(Keyword.of(name + "-count"), count);
        map.put(Keyword.of(name), values);
    }
}
