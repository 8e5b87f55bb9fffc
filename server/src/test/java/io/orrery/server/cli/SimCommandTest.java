package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.json.Json;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.simulation.BurnReport;
import io.orrery.sim.coverage.CoverageSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimCommandTest {
    private static final String[] SHORT = {"--horizon-seconds", "4", "--nodes", "3"};

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), Map.of());
        return new CommandRunner(console).run(arguments);
    }

    private static String[] with(String... arguments) {
        String[] all = new String[arguments.length + SHORT.length];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(SHORT, 0, all, arguments.length, SHORT.length);
        return all;
    }

    @Test
    void aBurnPrintsOneJsonObjectWithItsSummary() {
        assertThat(run(with("sim", "--seeds", "3", "-o", "json"))).isEqualTo(ExitCode.OK);
        Json summary = Json.parse(out.toString());
        assertThat(summary.number("seeds")).isEqualTo(3);
        assertThat(summary.number("failed")).isZero();
        assertThat(summary.number("events")).isPositive();
        assertThat(summary.text("traceHash")).hasSize(16);
        assertThat(summary.list("failures")).isEmpty();
        Json coverage = summary.at("coverage");
        assertThat(coverage.number("abstractStates")).isPositive();
        assertThat(coverage.number("lastSeeds")).isEqualTo(3);
        assertThat(coverage.number("newInLastSeeds")).isEqualTo(coverage.number("abstractStates"));
        for (String field : new String[] {"simulatedSeconds", "wallSeconds", "cpuSeconds"}) {
            assertThat(Double.parseDouble(summary.text(field))).as(field).isPositive();
        }
    }

    @Test
    void theTextSaysWhatWasSimulatedInjectedAndReached() {
        assertThat(run(with("sim", "--seeds", "2"))).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains(
                        "seeds        2, 0 failed",
                        "simulated",
                        "per CPU-second and core",
                        "trace hash",
                        "faults",
                        "marks");
    }

    @Test
    void aSeedAndItsScenarioFileTakeTheSameSteps() throws IOException {
        run(with("sim", "scenario", "--seed", "5"));
        Path file = Files.writeString(folder.resolve("five.scenario"), out.toString());
        assertThat(run("sim", "replay", file.toString(), "--quiet")).isEqualTo(ExitCode.OK);
        String ofFile = out.toString();
        assertThat(run(with("sim", "replay", "--seed", "5", "--quiet"))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEqualTo(ofFile).contains("seed 5 hash ", " ok");
    }

    @Test
    void aReplayPrintsALineForEachTransition() {
        assertThat(run(with("sim", "replay", "--seed", "5"))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("become-leader");
    }

    @Test
    void aBrokenScenarioIsRefusedWithLineAndColumn() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.scenario"), "seed 1\nnodes 3\nwrokload cluster\n");
        assertThat(run("sim", "replay", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("line 3, column 1", "workload").doesNotContain("Exception");
    }

    @Test
    void whatCannotBeSimulatedIsAUsageError() {
        assertThat(run("sim", "--workload", "nonsense")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("nonsense", "cluster", "raft");
        assertThat(run("sim", "--seeds", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("sim", "burn", "--seed", "7", "--seeds", "3")).isEqualTo(ExitCode.USAGE);
        assertThat(run("sim", "--seed", "7", "--first-seed", "7")).isEqualTo(ExitCode.USAGE);
        assertThat(run("sim", "replay")).isEqualTo(ExitCode.USAGE);
        assertThat(run("sim", "replay", "no-such-file")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no-such-file").doesNotContain("Exception");
        assertThat(run("sim", "--strategy", "nope")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'nope' is none of [swarm, random, guided]");
    }

    @Test
    void coverageBeyondWhatTheTableHoldsIsSaidToBeAnEstimate() {
        assertThat(BurnReport.coverage(new CoverageSummary(5_242_880, 1_000, 8_000, 4)))
                .isEqualTo("about 5,242,880 abstract states, 8,000 of them new in the last 1,000 seeds"
                        + " (the table is full: one state in 4 is held)");
        assertThat(BurnReport.coverage(new CoverageSummary(52, 10, 8, 1)))
                .isEqualTo("52 abstract states, 8 of them new in the last 10 seeds");
    }
}
