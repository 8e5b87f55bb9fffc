package io.orrery.jepsen.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.jepsen.edn.EdnWriter;
import io.orrery.sim.check.HistoryRecorder;
import io.orrery.sim.check.TotalQueue;
import io.orrery.sim.check.TotalQueueResult;
import io.orrery.sim.check.Validity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TotalQueueTest {
    static List<Path> accepted() {
        return Golden.files("queue-accepted");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void goldenHistoryIsAccepted(Path file) {
        assertThat(TotalQueue.check(Golden.history(file)).isValid()).isTrue();
    }

    @Test
    void acknowledgedValueThatNeverCameOutIsLost() {
        for (String name : List.of("queue-rejected-lost.edn", "queue-rejected-crashed-dequeue.edn")) {
            Path file = Golden.files(name).get(0);
            TotalQueueResult result = TotalQueue.check(Golden.history(file));
            assertThat(result.validity()).isEqualTo(Validity.INVALID);
            assertThat(result.lost()).containsExactly(Map.entry(Golden.number(file, "lost"), 1L));
        }
    }

    @Test
    void valueThatNobodyPutInIsUnexpected() {
        Path file = Golden.files("queue-rejected-unexpected.edn").get(0);
        TotalQueueResult result = TotalQueue.check(Golden.history(file));
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.unexpected()).containsExactly(Map.entry(Golden.number(file, "unexpected"), 1L));
        assertThat(EdnWriter.text(EdnResults.of(result)))
                .isEqualTo(
                        "{:valid? false, :attempt-count 1, :acknowledged-count 1, :ok-count 1, :lost-count 0, :lost {},"
                                + " :unexpected-count 1, :unexpected {9 1}, :duplicated-count 0, :duplicated {},"
                                + " :recovered-count 0, :recovered {}}");
    }

    @Test
    void repetitionAndRecoveryAreCounted() {
        Path file = Golden.files("queue-accepted-recovered").get(0);
        TotalQueueResult result = TotalQueue.check(Golden.history(file));
        assertThat(result.attempts()).isEqualTo(3);
        assertThat(result.acknowledged()).isEqualTo(1);
        assertThat(result.received()).isEqualTo(2);
        assertThat(result.recovered()).containsExactly(Map.entry(1L, 1L));
        assertThat(result.duplicated()).containsExactly(Map.entry(2L, 1L));
    }

    @Test
    void aDrainThatDidNotEndLeavesLossOpen() {
        HistoryRecorder recorder = new HistoryRecorder(() -> 0);
        recorder.invoke(0, "enqueue", 1L);
        recorder.ok(0, "enqueue", 1L);
        recorder.invoke(0, "drain", null);
        recorder.info(0, "drain", null, "timeout");
        assertThat(TotalQueue.check(recorder.history()).validity()).isEqualTo(Validity.UNDECIDED);
    }
}
