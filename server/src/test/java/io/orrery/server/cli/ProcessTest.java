package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.Main;
import io.orrery.server.problem.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, with real signals. */
class ProcessTest {
    @TempDir
    Path folder;

    @Test
    void serverSurvivesAKillKeepsItsDirectoryToItselfAndEndsWithZeroAtATermination()
            throws IOException, InterruptedException {
        Process killed = server();
        requireReady(killed);
        killed.destroyForcibly().waitFor();
        Process again = server();
        requireReady(again);
        Process second = server();
        assertThat(second.waitFor())
                .as("a second process on the same directory")
                .isEqualTo(ExitCode.UNREACHABLE);
        assertThat(again.isAlive()).isTrue();
        again.destroy();
        assertThat(again.waitFor(10, TimeUnit.SECONDS)).as("it ends in time").isTrue();
        assertThat(again.exitValue()).isZero();
        String words = Files.readString(folder.resolve("words"));
        assertThat(words).contains("node n@x of cluster orrery").contains("operators  http://127.0.0.1:");
        assertThat(words).contains("is in use by another node").endsWith("stopping\n");
    }

    /** A server on the test's directory; what it says is added to one file. */
    private Process server() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--add-opens",
                        "java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "server",
                        "--name=n@x",
                        "--host=127.0.0.1",
                        "--dir=" + folder.resolve("data"),
                        "--set=cluster.port=0",
                        "--set=mqtt.port=0",
                        "--set=admin.port=0")
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("words").toFile()))
                .start();
    }

    private void requireReady(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).as(Files.readString(folder.resolve("words"))).isEqualTo("ready");
    }
}
