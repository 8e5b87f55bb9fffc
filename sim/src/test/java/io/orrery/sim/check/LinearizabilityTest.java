package io.orrery.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinearizabilityTest {
    private static final CasRegister REGISTER = new CasRegister();

    @Test
    void aHistoryOfOneKeyDoesNotExcuseAnother() {
        HistoryRecorder recorder = new HistoryRecorder(() -> 0);
        write(recorder, 0, Arrays.asList("a", 1L));
        write(recorder, 0, Arrays.asList("b", 2L));
        read(recorder, 1, "a", 1L);
        read(recorder, 1, "b", 1L);
        Map<Object, LinearizabilityResult> results =
                Linearizability.checkByKey(REGISTER, recorder.history(), Budget.DEFAULT);
        assertThat(results.get("a").isValid()).isTrue();
        assertThat(results.get("b").validity()).isEqualTo(Validity.INVALID);
        assertThat(results.get("b").culprit().invocation().index()).isEqualTo(6);
    }

    @Test
    void aSearchBeyondItsBudgetIsUndecided() {
        HistoryRecorder recorder = new HistoryRecorder(() -> 0);
        for (long process = 0; process < 30; process++) {
            recorder.invoke(process, "write", process);
        }
        recorder.invoke(30, "read", null);
        recorder.ok(30, "read", 99L);
        for (long process = 0; process < 30; process++) {
            recorder.ok(process, "write", process);
        }
        History history = recorder.history();
        LinearizabilityResult byRoom = Linearizability.check(REGISTER, history, Budget.of(1L << 60, 1 << 20));
        assertThat(byRoom.validity()).isEqualTo(Validity.UNDECIDED);
        LinearizabilityResult bySteps = Linearizability.check(REGISTER, history, Budget.of(10_000, 1L << 40));
        assertThat(bySteps.validity()).isEqualTo(Validity.UNDECIDED);
        assertThat(bySteps.steps()).isEqualTo(10_000);
        int[] asked = new int[1];
        LinearizabilityResult byCaller =
                Linearizability.check(REGISTER, history, Budget.DEFAULT.until(() -> ++asked[0] == 5));
        assertThat(byCaller.validity()).isEqualTo(Validity.UNDECIDED);
        assertThat(byCaller.steps()).isLessThan(6_000);
    }

    /** A second is some ten million steps: {@code orrery bench checkers} measures the time. */
    @Test
    void tenThousandOperationsTakeFewSteps() {
        for (long seed = 0; seed < 5; seed++) {
            History history = new RandomRegister(new Prng(seed), 10, 10_000, 0).run();
            LinearizabilityResult result = check(history);
            assertThat(result.validity()).as("seed %d: %s", seed, result).isEqualTo(Validity.VALID);
            assertThat(result.steps()).as("seed %d", seed).isLessThan(500_000);
        }
    }

    @Test
    void theWindowOfAStaleReadIsTheReadAndWhatItMissed() {
        HistoryRecorder recorder = new HistoryRecorder(() -> 0);
        for (long value = 0; value < 100; value++) {
            write(recorder, 0, value);
        }
        recorder.invoke(1, "read", null);
        recorder.ok(1, "read", 98L);
        write(recorder, 0, 100L);
        LinearizabilityResult result = check(recorder.history());
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.culprit().f()).isEqualTo("read");
        assertThat(result.window()).hasSize(2);
        assertThat(result.window().get(0).value()).isEqualTo(99L);
        assertThat(result.window().get(1)).isEqualTo(result.culprit());
        assertThat(result.toString()).contains("window process 0 write 99");
    }

    @Test
    void anUncertainWriteMayTakeEffectMuchLaterButNotTwice() {
        HistoryRecorder recorder = new HistoryRecorder(() -> 0);
        recorder.invoke(9, "write", 7L);
        recorder.info(9, "write", 7L, "timeout");
        write(recorder, 0, 1L);
        recorder.invoke(1, "read", null);
        recorder.ok(1, "read", 1L);
        recorder.invoke(1, "read", null);
        recorder.ok(1, "read", 7L);
        write(recorder, 0, 2L);
        assertThat(check(recorder.history()).validity()).isEqualTo(Validity.VALID);
        recorder.invoke(1, "read", null);
        recorder.ok(1, "read", 7L);
        assertThat(check(recorder.history()).validity()).isEqualTo(Validity.INVALID);
    }

    /** A register that exists: what it does is linearizable, also with many clients and uncertain operations. */
    @Test
    void whatARegisterDidIsAccepted() {
        for (long seed = 0; seed < 20; seed++) {
            History history = new RandomRegister(new Prng(seed), 8, 400, 0).run();
            assertThat(check(history).validity()).as("seed %d", seed).isEqualTo(Validity.VALID);
        }
    }

    /** On histories small enough to try every order, the checker agrees with trying every order. */
    @Test
    void theSearchAgreesWithTryingEveryOrder() {
        int valid = 0;
        int invalid = 0;
        for (long seed = 0; seed < 3_000; seed++) {
            History history = new RandomRegister(new Prng(seed), 3, 7, 150_000).run();
            boolean expected = anyOrderExplains(history);
            assertThat(check(history).isValid())
                    .as("seed %d%n%s", seed, history.ops())
                    .isEqualTo(expected);
            valid += expected ? 1 : 0;
            invalid += expected ? 0 : 1;
        }
        assertThat(valid).isGreaterThan(500);
        assertThat(invalid).isGreaterThan(500);
    }

    private static LinearizabilityResult check(History history) {
        return Linearizability.check(REGISTER, history, Budget.DEFAULT);
    }

    private static void write(HistoryRecorder recorder, long process, Object value) {
        recorder.invoke(process, "write", value);
        recorder.ok(process, "write", value);
    }

    private static void read(HistoryRecorder recorder, long process, Object key, Object value) {
        recorder.invoke(process, "read", Arrays.asList(key, null));
        recorder.ok(process, "read", Arrays.asList(key, value));
    }

    private static boolean anyOrderExplains(History history) {
        List<Call> calls = new ArrayList<>(history.calls());
        calls.removeIf(call -> call.outcome() == Op.Type.FAIL);
        return anyOrderExplains(calls, REGISTER.initial());
    }

    /** Tries each call that no other certain call precedes in real time. */
    private static boolean anyOrderExplains(List<Call> left, Optional<Object> state) {
        if (left.stream().noneMatch(call -> call.outcome() == Op.Type.OK)) {
            return true;
        }
        for (Call next : left) {
            boolean isPreceded = left.stream()
                    .anyMatch(other -> other.outcome() == Op.Type.OK
                            && other.completion().index() < next.invocation().index());
            Optional<Object> after = isPreceded ? null : REGISTER.step(state, next);
            if (after != null) {
                List<Call> rest = new ArrayList<>(left);
                rest.remove(next);
                if (anyOrderExplains(rest, after)) {
                    return true;
                }
            }
        }
        return false;
    }
}
