package io.orrery.jepsen.history;

import io.orrery.jepsen.edn.Keyword;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of the messages of a queue: values with how often.
 *
 * @param attempts enqueues that were tried
 * @param acknowledged enqueues that ended as OK
 * @param received dequeued values that somebody had tried to enqueue, each at most as often as that
 * @param lost acknowledged and never dequeued: invalid
 * @param unexpected dequeued although nobody tried to enqueue them: invalid
 * @param duplicated dequeued more often than enqueued
 * @param recovered dequeued although the enqueue was not acknowledged
 * @param reason why the verdict is unknown; else empty
 */
public record TotalQueueResult(
        Validity validity,
        long attempts,
        long acknowledged,
        long received,
        Map<Object, Long> lost,
        Map<Object, Long> unexpected,
        Map<Object, Long> duplicated,
        Map<Object, Long> recovered,
        String reason) {
    public boolean isValid() {
        return validity == Validity.VALID;
    }

    /** For a {@code results.edn}, with the names that Jepsen's checker uses. */
    public Map<Object, Object> edn() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(Keyword.of("valid?"), validity.edn());
        map.put(Keyword.of("attempt-count"), attempts);
        map.put(Keyword.of("acknowledged-count"), acknowledged);
        map.put(Keyword.of("ok-count"), received);
        put(map, "lost", lost);
        put(map, "unexpected", unexpected);
        put(map, "duplicated", duplicated);
        put(map, "recovered", recovered);
        if (!reason.isEmpty()) {
            map.put(Keyword.of("error"), reason);
        }
        return map;
    }

    private static void put(Map<Object, Object> map, String name, Map<Object, Long> values) {
        map.put(Keyword.of(name + "-count"), TotalQueue.size(values));
        map.put(Keyword.of(name), values);
    }
}
