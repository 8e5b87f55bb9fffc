package io.orrery.sim.check;

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
 * @param reason why the verdict is undecided; else empty
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
}
