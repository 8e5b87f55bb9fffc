package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.problem.ExitCode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconcileCommandTest {
    private final CommandTester orrery = new CommandTester(Map.of());

    @Test
    void oneSeedIsComparedAndTheJvmsAreNamed() {
        int exitCode = orrery.run("sim", "reconcile", "--seed", "3", "--horizon-seconds", "1");
        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(orrery.err()).startsWith("comparing 1 seed in ");
        assertThat(orrery.out())
                .startsWith("1 seed alike in ")
                .contains(" hashCode=0 serial, ", " hashCode=5 parallel");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--seeds 0 | --seeds and --seconds-per-seed are at least 1",
                "--seconds-per-seed 0 | --seeds and --seconds-per-seed are at least 1",
                "--nodes 0 | --nodes is at least 1",
                "--workload rafts | there is no workload 'rafts'",
                "--seeds many | 'many' is not a",
                "--sede 3 | did you mean '--seed'?",
                "--fingerprints bones | window SEED FROM TO, found bones",
                "--fingerprints=window --fingerprints=3 | window SEED FROM TO, found window 3"
            })
    void badArgumentsAreToldBeforeAnyJvmStarts(String arguments, String words) {
        String[] all = ("sim reconcile " + arguments).split(" ", -1);
        assertThat(orrery.run(all)).isEqualTo(ExitCode.USAGE);
        assertThat(orrery.err()).startsWith("error: ").contains(words).doesNotContain("comparing", "\tat ");
        assertThat(orrery.out()).isEmpty();
    }
}
