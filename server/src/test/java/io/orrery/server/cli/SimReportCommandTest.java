package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orrery.server.json.Json;
import io.orrery.server.mutant.MutantCompiler;
import io.orrery.server.problem.ExitCode;
import io.orrery.sim.report.Recording;
import io.orrery.sim.report.ReportPage;
import io.orrery.sim.report.RunFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimReportCommandTest {
    @TempDir
    private Path folder;

    private final CommandTester command = new CommandTester(Map.of());

    private int report(Path file, String... more) {
        String[] usual = {
            "sim",
            "report",
            "--seed",
            "5",
            "--nodes",
            "3",
            "--workload",
            "cluster",
            "--horizon-seconds",
            "3",
            "--rate",
            "50",
            "-o",
            file.toString()
        };
        return command.run(with(usual, more));
    }

    @Test
    void aReportHoldsTheRunThatReplayShows() throws IOException {
        Path file = folder.resolve("report.html");
        assertThat(report(file)).isEqualTo(ExitCode.OK);
        assertThat(command.out()).isEqualTo(file + "\n");
        Recording recording = ReportPage.recording(Files.readString(file));
        assertThat(recording.nodes()).containsExactly("n1", "n2", "n3");
        assertThat(recording.events()).hasSize((int) recording.facts().events());
        assertThat(recording.changes()).anyMatch(change -> "LEADER".equals(change.value()));
        assertThat(recording.facts().replay()).contains("sim replay", "--nodes 3", "--seed 5");
        command.run(recording
                .facts()
                .replay()
                .substring("./orrery ".length())
                .concat(" --quiet")
                .split(" "));
        assertThat(command.out()).contains(recording.facts().traceHash());
    }

    @Test
    void aWindowIsRecordedAndWhatIsLeftOutIsSaid() throws IOException {
        Path file = folder.resolve("part.html");
        assertThat(report(file, "--from", "500ms", "--until", "1.5s", "--events", "100"))
                .isEqualTo(ExitCode.OK);
        assertThat(command.err()).contains("Recorded 100 of", "left out");
        Recording recording = ReportPage.recording(Files.readString(file));
        assertThat(recording.events()).hasSize(100);
        assertThat(recording.events()).allMatch(event -> event.nanos() >= 500_000_000L);
        assertThat(recording.events()).allMatch(event -> event.nanos() <= 1_500_000_000L);
        assertThat(report(file, "--from", "300", "--until", "310")).isEqualTo(ExitCode.OK);
        Recording numbered = ReportPage.recording(Files.readString(file));
        assertThat(numbered.events().get(0).number()).isEqualTo(300);
        assertThat(numbered.events()).hasSize(11);
    }

    @Test
    void perfettoGetsTracksOfAllNodesAndArrowsThatBothEndInSlices() throws IOException {
        Path file = folder.resolve("trace.json");
        assertThat(report(file, "--perfetto")).isEqualTo(ExitCode.OK);
        List<Json> events = Json.parse(Files.readString(file)).list("traceEvents");
        TreeSet<String> slices = new TreeSet<>();
        TreeSet<Long> starts = new TreeSet<>();
        TreeSet<Long> ends = new TreeSet<>();
        int processes = 0;
        for (Json event : events) {
            String place = event.number("pid") + "/" + event.number("tid") + "/" + event.text("ts");
            switch (event.text("ph")) {
                case "X" -> slices.add(place);
                case "s" -> assertThat(starts.add(event.number("id"))).isTrue();
                case "f" -> assertThat(ends.add(event.number("id"))).isTrue();
                case "M" -> processes += event.text("name").equals("process_name") ? 1 : 0;
                default -> assertThat(event.text("ph")).isIn("i", "C");
            }
        }
        assertThat(processes).isEqualTo(4);
        assertThat(starts).isNotEmpty().isEqualTo(ends);
        for (Json event : events) {
            if (event.text("ph").equals("s") || event.text("ph").equals("f")) {
                assertThat(slices).contains(event.number("pid") + "/" + event.number("tid") + "/" + event.text("ts"));
            }
        }
    }

    @Test
    void shivizGetsTwoLinesAnEventAndIsToldItsExpression() throws IOException {
        Path file = folder.resolve("shiviz.log");
        assertThat(report(file, "--shiviz", "--events", "200")).isEqualTo(ExitCode.OK);
        assertThat(command.err()).contains("(?<host>");
        assertThat(Files.readAllLines(file)).hasSize(400);
    }

    @Test
    void badArgumentsWriteNothing() {
        Path file = folder.resolve("none.html");
        assertThat(report(file, "--from", "soon")).isEqualTo(ExitCode.USAGE);
        assertThat(command.err()).contains("1500ms");
        assertThat(report(file, "--from", "2s", "--until", "1s")).isEqualTo(ExitCode.USAGE);
        assertThat(report(file, "--events", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(report(file, "--shiviz", "--perfetto")).isEqualTo(ExitCode.USAGE);
        assertThat(command.run("sim", "report")).isEqualTo(ExitCode.USAGE);
        assertThat(report(folder.resolve("no/such/folder.html"))).isEqualTo(ExitCode.USAGE);
        assertThat(command.err()).contains("there is no directory");
        assertThat(file).doesNotExist();
    }

    @Test
    void aBurnDrawsItsWallAndNoReportWhenNothingFailed() throws IOException {
        Path wall = folder.resolve("wall.html");
        Path drawn = folder.resolve("drawn.html");
        String[] burn = {"sim", "--seeds", "2", "--nodes", "3", "--horizon-seconds", "1"};
        assertThat(command.run(with(burn, "--wall", wall.toString(), "--report", drawn.toString())))
                .isEqualTo(ExitCode.OK);
        assertThat(Files.readString(wall)).contains("class SeedGrid");
        assertThat(drawn).doesNotExist();
        for (String option : List.of("--wall", "--report")) {
            assertThat(command.run(with(burn, option, folder.toString()))).isEqualTo(ExitCode.USAGE);
            assertThat(command.err()).contains("cannot write", "it is a directory");
        }
    }

    @Test
    void aBurnDrawsTheFirstSeedThatFailsUpToItsFailure() throws IOException {
        assumeTrue(MutantCompiler.systemCompiler() != null, "a runtime without a compiler");
        Path drawn = folder.resolve("drawn.html");
        String[] planted = {"sim", "mutants", "plant", "R25", "burn", "--workload", "raft", "--seeds", "60"};
        String[] small = {"--nodes", "3", "--horizon-seconds", "2", "--report", drawn.toString()};
        assertThat(command.run(with(planted, small))).isEqualTo(SimCommand.EXIT_SAFETY);
        Recording recording = ReportPage.recording(Files.readString(drawn));
        RunFacts facts = recording.facts();
        assertThat(facts.verdict()).isEqualTo("safety");
        assertThat(facts.failure()).isNotEmpty();
        assertThat(facts.failureEvent()).isPositive().isEqualTo(facts.events());
        assertThat(recording.events()).hasSize((int) facts.events());
        assertThat(facts.replay()).contains("plant R25 replay", "--workload raft", "--seed " + facts.seed());
    }

    private static String[] with(String[] words, String... more) {
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    @Test
    void aWallHasACellForEachSeed() throws IOException {
        Path file = folder.resolve("seeds.html");
        int exit = command.run(
                "sim", "seeds", "--seeds", "3", "--nodes", "3", "--horizon-seconds", "2", "-o", file.toString());
        assertThat(exit).isEqualTo(ExitCode.OK);
        assertThat(command.out()).isEqualTo(file + "\n");
        assertThat(command.err()).contains("3 seeds, 0 failed");
        assertThat(Files.readString(file)).contains("class SeedGrid").doesNotContain("{data}");
        assertThat(command.run("sim", "seeds", "--seeds", "0")).isEqualTo(ExitCode.USAGE);
    }
}
