package io.orrery.jepsen.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.jepsen.edn.EdnException;
import io.orrery.sim.check.History;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HistoryTest {
    static List<Path> all() {
        return Golden.files("");
    }

    @ParameterizedTest
    @MethodSource("all")
    void aHistoryIsWrittenAsItWasRead(Path file) {
        String lines = Golden.text(file)
                .lines()
                .filter(line -> !line.startsWith(";"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        assertThat(EdnHistory.text(Golden.history(file))).isEqualTo(lines);
    }

    @Test
    void aVectorOfRecordsWithoutIndicesIsReadToo() throws EdnException {
        History history = EdnHistory.read("[#jepsen.history.Op{:type :invoke, :process 3, :f :read, :value nil}"
                + " {:type :ok :process 3 :f :read :value 5 :error [:odd]} {:type :info :process :nemesis :f :heal}]");
        assertThat(history.ops()).hasSize(3);
        assertThat(history.ops().get(1).index()).isEqualTo(1);
        assertThat(history.ops().get(1).extra()).containsKey("error");
        assertThat(history.calls()).hasSize(1);
        assertThat(history.calls().get(0)).hasToString("process 3 read 5 ok [0, 1]");
        assertThat(history.ops().get(2).isClient()).isFalse();
    }

    @Test
    void aProcessThatIsStillAtItCannotActAgain() {
        refuses("{:type :invoke :process 0 :f :a} {:type :invoke :process 0 :f :a}", "invokes twice at 1");
        refuses(
                "{:type :invoke :process 0 :f :a} {:type :info :process 0 :f :a} {:type :invoke :process 0 :f :a}",
                "after its info at 1 a process acts at 2");
    }

    @Test
    void aCompletionNeedsItsInvocation() {
        refuses("{:type :ok :process 0 :f :a}", "a completion without invocation at 0");
        refuses("{:type :invoke :process 0 :f :a} {:type :ok :process 0 :f :b}", "a completion of something else at 1");
    }

    @Test
    void whatIsNoHistoryIsRefused() {
        refuses("{:type :invoke :process 0 :f :a :index 4} {:type :ok :process 0 :f :a :index 4}", "indices rise");
        refuses("7", "made of maps");
        refuses("{:type :invoke :process 0}", "has an :f");
        refuses("{:type :begin :process 0 :f :a}", "has a :type");
        refuses("{:type :invoke :f :a}", "has a :process");
    }

    private static void refuses(String text, String why) {
        assertThatThrownBy(() -> EdnHistory.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
