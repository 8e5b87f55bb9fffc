package io.orrery.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.sim.check.TotalQueue.Promise;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TotalQueueTest {
    private final HistoryRecorder recorder = new HistoryRecorder(() -> 0);

    @Test
    void whatWentInAndCameOutOnceIsAcceptedByEveryPromise() {
        put(0, "a");
        put(0, "b");
        take(1, "a");
        take(1, "b");
        for (Promise promise : Promise.values()) {
            assertThat(judge(promise)).isEqualTo(Validity.VALID);
        }
    }

    @Test
    void lossIsForAtMostOnceOnly() {
        put(0, "a");
        assertThat(judge(Promise.AT_MOST_ONCE)).isEqualTo(Validity.VALID);
        assertThat(judge(Promise.AT_LEAST_ONCE)).isEqualTo(Validity.INVALID);
        assertThat(judge(Promise.EXACTLY_ONCE)).isEqualTo(Validity.INVALID);
    }

    @Test
    void repetitionIsForAtLeastOnceOnly() {
        put(0, "a");
        take(1, "a");
        take(1, "a");
        assertThat(judge(Promise.AT_MOST_ONCE)).isEqualTo(Validity.INVALID);
        assertThat(judge(Promise.AT_LEAST_ONCE)).isEqualTo(Validity.VALID);
        assertThat(judge(Promise.EXACTLY_ONCE)).isEqualTo(Validity.INVALID);
    }

    @Test
    void anUncertainPutMayComeOutOrNotAndARetryMayComeOutTwice() {
        recorder.invoke(0, "enqueue", "a");
        recorder.info(0, "enqueue", "a", "timeout");
        assertThat(judge(Promise.EXACTLY_ONCE)).isEqualTo(Validity.VALID);
        put(2, "a");
        take(1, "a");
        take(1, "a");
        assertThat(judge(Promise.EXACTLY_ONCE)).isEqualTo(Validity.VALID);
        take(1, "a");
        assertThat(judge(Promise.EXACTLY_ONCE)).isEqualTo(Validity.INVALID);
    }

    @Test
    void aRefusedPutMustNotComeOut() {
        recorder.invoke(0, "enqueue", "a");
        recorder.fail(0, "enqueue", "a", "no leader");
        take(1, "a");
        assertThat(judge(Promise.AT_LEAST_ONCE)).isEqualTo(Validity.INVALID);
    }

    @Test
    void whatNobodyPutInIsRejectedByEveryPromise() {
        take(1, "ghost");
        for (Promise promise : Promise.values()) {
            assertThat(judge(promise)).isEqualTo(Validity.INVALID);
        }
    }

    @Test
    void aDrainThatDidNotEndLeavesLossOpen() {
        put(0, "a");
        recorder.invoke(1, "drain", null);
        recorder.info(1, "drain", null, "timeout");
        assertThat(judge(Promise.AT_LEAST_ONCE)).isEqualTo(Validity.UNDECIDED);
    }

    @Test
    void orderIsJudgedPerProducerAndKeyByFirstReceipts() {
        put(0, "a1");
        put(0, "b1");
        put(0, "a2");
        put(3, "a9");
        recorder.invoke(1, "drain", null);
        recorder.ok(1, "drain", Arrays.asList("a9", "a1", "a2", "a1", "b1"));
        History history = recorder.history();
        assertThat(QueueOrder.check(history, value -> value.toString().charAt(0)))
                .isEmpty();
        assertThat(QueueOrder.check(history))
                .containsExactly("consumer 1 got b1 after a2, which producer 0 put in later");
    }

    private Validity judge(Promise promise) {
        return TotalQueue.check(recorder.history(), promise).validity();
    }

    private void put(long process, Object value) {
        recorder.invoke(process, "enqueue", value);
        recorder.ok(process, "enqueue", value);
    }

    private void take(long process, Object value) {
        recorder.invoke(process, "dequeue", null);
        recorder.ok(process, "dequeue", value);
    }
}
