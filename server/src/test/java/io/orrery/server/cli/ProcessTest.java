package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.problem.ExitCode;
import java.io.IOException;
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
        return ServerProcess.start(folder, folder.resolve("words"));
    }

    private void requireReady(Process process) throws IOException {
        ServerProcess.requireReady(process, folder.resolve("words"));
    }
}
