package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long commands that a signal ends. SIGTERM stands for Ctrl-C too, which a process in the background does not hear. */
class EarlyEndTest {
    private static final int SIGTERM_EXIT = 143;

    @TempDir
    Path folder;

    @Test
    void burnThatIsInterruptedPrintsTheSummaryOfTheSeedsSoFar() throws IOException, InterruptedException {
        Process burn = start("sim", "--seeds", "1000000", "--threads", "1", "--workload", "gossip", "-o", "json");
        String summary = interrupted(burn, "/1000000 seeds");
        assertThat(summary).startsWith("{\"seeds\":").contains("\"failed\":0").contains("\"traceHash\"");
    }

    @Test
    void searchThatIsInterruptedPrintsWhatItHasAndKeepsItsCorpus() throws IOException, InterruptedException {
        Process search = start(
                "sim",
                "explore",
                "--runs",
                "1000000",
                "--threads",
                "1",
                "--corpus",
                folder.toString(),
                "--workload",
                "raft");
        String summary = interrupted(search, "0 runs from");
        assertThat(summary).contains("abstract states");
    }

    /** Ends it once it has said so much; returns what it prints then. */
    private static String interrupted(Process process, String said) throws IOException, InterruptedException {
        BufferedReader words = process.errorReader(StandardCharsets.UTF_8);
        String line = words.readLine();
        while (line != null && !line.contains(said)) {
            line = words.readLine();
        }
        // The process itself would close its streams as well.
        process.toHandle().destroy();
        String summary;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            summary = String.join("\n", out.lines().toList());
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it ends in time").isTrue();
        assertThat(process.exitValue()).isEqualTo(SIGTERM_EXIT);
        return summary;
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
