package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orrery.server.json.Json;
import io.orrery.server.mutant.MutantCompiler;
import io.orrery.server.problem.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MutantsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void needsACompiler() {
        assumeTrue(MutantCompiler.systemCompiler() != null, "a runtime without a compiler");
    }

    private int run(String... arguments) {
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), Map.of());
        return new CommandRunner(console).run(arguments);
    }

    @Test
    void aPlantedBugIsFoundWithinAFewSeedsAndAHarmlessChangeIsNotFlagged() {
        int exitCode = run("sim", "mutants", "--only", "R25,H01", "--seeds", "4", "--workload", "raft", "-o", "json");
        List<Json> mutants = Json.parse(out.toString()).list("mutants");
        assertThat(mutants).extracting(mutant -> mutant.text("mutant")).containsExactly("R25", "H01");
        Json bug = mutants.get(0);
        assertThat(bug.truth("found")).as(err.toString()).isTrue();
        assertThat(bug.truth("harmless")).isFalse();
        assertThat(bug.number("seedsToFind")).isBetween(1L, 4L);
        assertThat(bug.text("strategy")).isEqualTo("swarm");
        assertThat(bug.text("source")).isNotEmpty();
        assertThat(bug.text("checker")).startsWith("safety: ");
        assertThat(bug.text("replay"))
                .startsWith("./orrery sim mutants plant R25 replay")
                .contains("--seed");
        Json harmless = mutants.get(1);
        assertThat(harmless.truth("harmless")).isTrue();
        assertThat(harmless.truth("found")).as(harmless.text("message")).isFalse();
        assertThat(harmless.at("seedsToFind").isNull()).isTrue();
        assertThat(harmless.at("checker").isNull()).isTrue();
        assertThat(harmless.text("trouble")).isEmpty();
        assertThat(exitCode).isEqualTo(ExitCode.OK);
    }

    /** The options behind the mutant belong to the command that is planted. */
    @Test
    void optionsOfAPlantedCommandAreLeftToIt() {
        int exitCode = run("sim", "mutants", "plant", "R99", "replay", "--seed", "53");
        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("error: there is no mutant R99");
    }

    @Test
    void aBugThatIsNotFoundMakesTheVerdictNo() {
        int exitCode = run("sim", "mutants", "--only", "O01", "--seeds", "1", "--workload", "raft", "--threads", "1");
        assertThat(exitCode).isEqualTo(ExitCode.FALSE);
        assertThat(out.toString()).contains("O01", "0 of 1 bugs found within 1 seeds", "not found: O01");
    }

    /** How far it came is told, so that "not found" is told from "not looked for". */
    @Test
    void aSearchIsGivenUpAfterItsProcessorTimeAndSaysHowFarItCame() {
        int exitCode = run("sim", "mutants", "--only", "H01", "--threads", "1", "--search-seconds", "4", "-o", "json");
        Json mutant = Json.parse(out.toString()).list("mutants").get(0);
        assertThat(mutant.text("trouble"))
                .matches("given up after \\d+ s of CPU: (none of \\d+ seeds failed|no seed.*)");
        assertThat(exitCode).isEqualTo(ExitCode.FALSE);
    }

    @Test
    void theCatalogueIsListedWithSources() {
        assertThat(run("sim", "mutants", "list")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("M01", "logcabin#44", "(harmless)");
    }

    @Test
    void whatThereIsNotIsAUsageError() {
        assertThat(run("sim", "mutants", "--only", "M02")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("there is no mutant M02", "did you mean");
        assertThat(run("sim", "mutants", "--module", "nonsense")).isEqualTo(ExitCode.USAGE);
        assertThat(run("sim", "mutants", "--restarts", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("sim", "mutants", "--strategy", "luck")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).doesNotContain("Exception");
    }

    @Test
    void theFailureOfAPlantedBugIsShrunkAndItsSizeTold() {
        int exitCode = run("sim", "mutants", "shrink", "--only", "R01,H01", "--seeds", "4", "-o", "json");
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.OK);
        List<Json> mutants = Json.parse(out.toString()).list("mutants");
        assertThat(mutants.get(0).at("after").number("faults"))
                .isLessThan(mutants.get(0).at("before").number("faults"));
        assertThat(mutants.get(0).text("claim")).startsWith("SAFETY");
        assertThat(mutants.get(1).text("trouble")).contains("none of 4 seeds fails");
    }
}
