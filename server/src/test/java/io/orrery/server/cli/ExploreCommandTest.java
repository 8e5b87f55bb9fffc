package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.json.Json;
import io.orrery.server.problem.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExploreCommandTest {
    private static final String[] SHORT = {
        "--horizon-seconds", "2", "--nodes", "3", "--rate", "20", "--workload", "raft"
    };

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

    private int explore(String... arguments) {
        List<String> all = Stream.of(Stream.of("sim", "explore"), Stream.of(SHORT), Stream.of(arguments))
                .flatMap(some -> some)
                .toList();
        return run(all.toArray(new String[0]));
    }

    @Test
    void searchOfOneSeedIsTheSameOnOneThreadAndOnTwo() {
        assertThat(explore("--runs", "24", "--threads", "1", "-o", "json")).isEqualTo(ExitCode.OK);
        Json one = Json.parse(out.toString());
        assertThat(explore("--runs", "24", "--threads", "2", "-o", "json")).isEqualTo(ExitCode.OK);
        Json two = Json.parse(out.toString());
        assertThat(two.text("traceHash")).isEqualTo(one.text("traceHash"));
        assertThat(one.number("runs")).isEqualTo(24);
        assertThat(one.list("changes").get(0).number("runs")).isBetween(16L, 23L);
        assertThat(explore("--runs", "24", "--seed", "99", "-o", "json")).isEqualTo(ExitCode.OK);
        assertThat(Json.parse(out.toString()).text("traceHash")).isNotEqualTo(one.text("traceHash"));
    }

    @Test
    void keptRunsAreFilesThatReplayAndAreWhereTheNextSearchBegins() throws IOException {
        Path corpus = folder.resolve("corpus");
        assertThat(explore("--runs", "6", "--corpus", corpus.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("runs         6, 0 failed", "abstract states", "runs kept");
        List<Path> kept;
        try (Stream<Path> files = Files.list(corpus)) {
            kept = files.sorted().toList();
        }
        assertThat(kept).isNotEmpty();
        assertThat(run("sim", "replay", kept.get(0).toString(), "--quiet")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("ok");
        assertThat(err.toString()).doesNotContain("does not fit");

        assertThat(explore("--runs", "8", "--corpus", corpus.toString())).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains(kept.size() + " runs from");
        assertThat(out.toString()).contains("given");
    }

    @Test
    void folderOrFileThatIsNoCorpusIsRefusedAndNothingIsRun() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThat(explore("--corpus", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("cannot use the folder " + file);

        Path damaged = Files.createDirectory(folder.resolve("damaged"));
        Files.write(damaged.resolve("kept-0001.decisions"), new byte[] {'O', 'R', 'D', 'L', 1, 2, 3});
        assertThat(explore("--corpus", damaged.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("kept-0001.decisions, byte ");

        Files.writeString(damaged.resolve("kept-0001.decisions"), "seed 1\nnodes 3\nworkload raft\nhorizon 1s\n");
        assertThat(explore("--corpus", damaged.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("is no log of decisions");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void exhaustiveSearchSaysWhetherItSawAllWithinItsBounds() {
        String[] small = {"sim", "explore", "--exhaustive", "--messages", "2", "--timers", "1", "--depth", "3"};
        assertThat(run(small)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("states  ", "bounds  ", "complete within bounds");
        assertThat(run("sim", "explore", "--exhaustive", "--states", "5", "-o", "json"))
                .isEqualTo(ExitCode.OK);
        Json few = Json.parse(out.toString());
        assertThat(few.number("states")).isEqualTo(5);
        assertThat(few.text("complete")).isEqualTo("false");
        assertThat(run("sim", "explore", "--exhaustive", "--workload", "cluster"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("cannot be enumerated");
        assertThat(run("sim", "explore", "--exhaustive", "--depth", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("sim", "explore", "--exhaustive", "--nodes", "9")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void nonsenseIsRefusedAndGuidedIsNoWayToBurn() {
        assertThat(explore("--runs", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("at least 1");
        assertThat(explore("--workload", "rafts")).isEqualTo(ExitCode.USAGE);
        assertThat(run("sim", "--strategy", "guided", "--seeds", "1")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("orrery sim explore");
    }
}
