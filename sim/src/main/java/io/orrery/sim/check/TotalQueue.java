package io.orrery.sim.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What goes in must come out: {@code :enqueue v}, {@code :dequeue nil -> v}, and at the end {@code :drain nil -> [v ...]} by
 * each process until the queue is empty. Invalid if one came out that nobody put in, a refused
 * one too; and, as the promise has it, if an
 * acknowledged value never came out, or one came out more often than it was put in. Order is the matter of
 * {@link QueueOrder}.
 *
 * <p>A dequeue that finds nothing is FAIL. A dequeue that ended as INFO may have swallowed a value that then counts as lost:
 * clients should receive and acknowledge in two steps, and report what they received. A drain that ended as INFO may have
 * swallowed anything, so the verdict is then UNDECIDED unless it is bad without it.
 */
public final class TotalQueue {
    /** What a queue promises of each message. */
    public enum Promise {
        /** Nothing comes twice; anything may be lost. */
        AT_MOST_ONCE,
        /** Nothing acknowledged is lost; anything may come again. */
        AT_LEAST_ONCE,
        /** Nothing acknowledged is lost, nothing comes more often than somebody tried to put it in. */
        EXACTLY_ONCE;

        private boolean allowsLoss() {
            return this == AT_MOST_ONCE;
        }

        private boolean allowsRepetition() {
            return this == AT_LEAST_ONCE;
        }
    }

    private final Map<Object, Long> attempts = new LinkedHashMap<>();
    private final Map<Object, Long> acknowledged = new LinkedHashMap<>();
    private final Map<Object, Long> dequeued = new LinkedHashMap<>();
    private final Promise promise;
    private long tried;
    private Call crashedDrain;

    private TotalQueue(Promise promise) {
        this.promise = promise;
    }

    /** Checks for {@link Promise#AT_LEAST_ONCE}. */
    public static TotalQueueResult check(History history) {
        return check(history, Promise.AT_LEAST_ONCE);
    }

    /**
     * @throws IllegalArgumentException if an operation is none of the three
     */
    public static TotalQueueResult check(History history, Promise promise) {
        TotalQueue queue = new TotalQueue(promise);
        history.calls().forEach(queue::take);
        return queue.judge();
    }

    private void take(Call call) {
        boolean isOk = call.outcome() == Op.Type.OK;
        switch (call.f()) {
            case "enqueue" -> {
                tried++;
                if (call.outcome() != Op.Type.FAIL) {
                    count(attempts, call.invocation().value());
                }
                if (isOk) {
                    count(acknowledged, call.invocation().value());
                }
            }
            case "dequeue" -> {
                if (isOk) {
                    count(dequeued, call.value());
                }
            }
            case "drain" -> {
                if (isOk && call.value() instanceof List<?> values) {
                    values.forEach(value -> count(dequeued, value));
                } else if (call.outcome() == Op.Type.INFO) {
                    crashedDrain = call;
                }
            }
            default -> throw new IllegalArgumentException("a queue has no " + call.f());
        }
    }

    private TotalQueueResult judge() {
        Map<Object, Long> received = minus(dequeued, minus(dequeued, attempts));
        Map<Object, Long> unexpected = new LinkedHashMap<>(dequeued);
        unexpected.keySet().removeAll(attempts.keySet());
        Map<Object, Long> duplicated = minus(minus(dequeued, attempts), unexpected);
        Map<Object, Long> lost = minus(acknowledged, dequeued);
        Map<Object, Long> recovered = minus(received, acknowledged);
        Validity validity = Validity.VALID;
        boolean isRepeated = !duplicated.isEmpty() && !promise.allowsRepetition();
        boolean isLost = !lost.isEmpty() && crashedDrain == null && !promise.allowsLoss();
        if (!unexpected.isEmpty() || isRepeated || isLost) {
            validity = Validity.INVALID;
        } else if (crashedDrain != null && !promise.allowsLoss()) {
            validity = Validity.UNDECIDED;
        }
        return new TotalQueueResult(
                validity,
                tried,
                size(acknowledged),
                size(received),
                lost,
                unexpected,
                duplicated,
                recovered,
                crashedDrain == null ? "" : "a drain did not end: " + crashedDrain);
    }

    /** How many there are in all. */
    static long size(Map<Object, Long> values) {
        return values.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void count(Map<Object, Long> values, Object value) {
        values.merge(value, 1L, Long::sum);
    }

    /** What of the first is left when the second is taken away. */
    private static Map<Object, Long> minus(Map<Object, Long> from, Map<Object, Long> taken) {
        Map<Object, Long> left = new LinkedHashMap<>();
        from.forEach((value, times) -> {
            long rest = times - taken.getOrDefault(value, 0L);
            if (rest > 0) {
                left.put(value, rest);
            }
        });
        return left;
    }
}
