package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.Main;
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
    void serverSurvivesAKillAndEndsWithZeroAtATermination() throws IOException, InterruptedException {
        Process killed = server();
        requireReady(killed);
        killed.destroyForcibly().waitFor();
        Process again = server();
        requireReady(again);
        again.destroy();
        assertThat(again.waitFor(10, TimeUnit.SECONDS)).as("it ends in time").isTrue();
        assertThat(again.exitValue()).isZero();
        String words = Files.readString(folder.resolve("words"));
        assertThat(words).contains("node n@x of cluster orrery").contains("operators  http://127.0.0.1:");
        assertThat(words).endsWith("stopping\n");
    }

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
                .redirectError(folder.resolve("words").toFile())
                .start();
    }

    private void requireReady(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).as(Files.readString(folder.resolve("words"))).isEqualTo("ready");
    }
}
