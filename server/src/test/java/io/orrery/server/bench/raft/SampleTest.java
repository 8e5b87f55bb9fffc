package io.orrery.server.bench.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.server.problem.ProblemException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void aLineIsReadBackAsItWas() {
        Histogram latencies = new Histogram(3);
        latencies.recordValue(700_000);
        latencies.recordValue(9_000_000);
        Sample sample = new Sample(64, 500_000_000, latencies, 12, new Expense(4_096, 1_000));
        assertThat(Sample.isSample(sample.line())).isTrue();
        assertThat(Sample.parse(sample.line())).isEqualTo(sample);
    }

    @Test
    void aLineOfAnotherBuildIsRefusedInWords() {
        assertThatThrownBy(() -> Sample.parse("sample 64 500000000 12 AAAA"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("5 numbers where 7 are due");
    }
}
