package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.cli.CommandTester;
import io.orrery.server.problem.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at a start ends with one clear problem, the right exit code, and nothing left behind. */
class StartTest {
    @TempDir
    Path folder;

    private final CommandTester command = new CommandTester(Map.of());

    @Test
    void portInUseIsNamedWithWhatToDo() throws IOException {
        for (String port : List.of("mqtt.port", "admin.port", "cluster.port")) {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                assertThat(server("--set", port + "=" + taken.getLocalPort()))
                        .as(port)
                        .isEqualTo(ExitCode.UNREACHABLE);
                assertThat(command.err())
                        .contains("error: ")
                        .contains(Integer.toString(taken.getLocalPort()))
                        .containsIgnoringCase("in use")
                        .doesNotContain("\tat ");
            }
        }
    }

    @Test
    void directoryOfARunningNodeIsRefused() {
        try (ServerNode node = TestNodes.alone("n@x", folder.resolve("data"))) {
            assertThat(server("--name", "n@x")).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(command.err()).contains("in use by another node");
            assertThat(node.whyNotReady()).isEmpty();
        }
    }

    @Test
    void directoryOfAnotherNodeIsRefused() {
        TestNodes.alone("n@x", folder.resolve("data")).close();
        assertThat(server("--name", "m@x")).isEqualTo(ExitCode.REFUSED);
        assertThat(command.err()).contains("belongs to node n@x, not to m@x");
    }

    @Test
    void configurationProblemsAreUsageProblems() throws IOException {
        assertThat(server("--config", folder.resolve("none.yaml").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(command.err()).contains("there is no such file");
        Path file = Files.writeString(folder.resolve("wrong.yaml"), "node:\n  nmae: x\n");
        assertThat(server("--config", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(command.err()).contains("'node.nmae' (" + file + ":2:3)").contains("did you mean 'node.name'?");
        assertThat(server("--role=secondary")).isEqualTo(ExitCode.USAGE);
        assertThat(command.err()).contains("a secondary node cannot form a cluster");
        assertThat(server("--cluster.discovery=static")).isEqualTo(ExitCode.USAGE);
        assertThat(server("--join=10.1.2.3:16000")).isEqualTo(ExitCode.USAGE);
        assertThat(command.err()).contains("loopback").contains("--advertise-host");
        assertThat(command.run("dev", "--nodes=0")).isEqualTo(ExitCode.USAGE);
        assertThat(command.run("dev", "--name=x")).isEqualTo(ExitCode.USAGE);
        assertThat(command.run("dev", "--set", "node4:mqtt.port=1")).isEqualTo(ExitCode.USAGE);
        assertThat(command.err()).contains("there is no node 'node4'");
    }

    /** Runs {@code server} with settings that make it fail; were they right, it would not return. */
    private int server(String... more) {
        String[] base = {
            "server",
            "--dir=" + folder.resolve("data"),
            "--host=127.0.0.1",
            "--set=cluster.port=0",
            "--set=mqtt.port=0",
            "--set=admin.port=0"
        };
        String[] all = Arrays.copyOf(base, base.length + more.length);
        System.arraycopy(more, 0, all, base.length, more.length);
        return command.run(all);
    }
}
