package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.cli.CommandTester;
import io.orrery.server.problem.ExitCode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespaceCommandTest {
    private static final String[] CLIENTS = {"c1", "c2", "c3", "c4"};

    @TempDir
    Path folder;

    @Test
    void namespaceWithClientsStaysUntilTheyAreUnregistered() {
        try (DevCluster cluster = TestNodes.cluster(1, folder)) {
            CommandTester tester = new CommandTester(
                    Map.of("ORRERY_API", "http://" + cluster.nodes().get(0).adminAddress()));
            assertThat(tester.run("namespace", "add", "crowd")).isZero();
            for (String client : CLIENTS) {
                assertThat(tester.run("client", "register", client, "--vpn", "crowd"))
                        .isZero();
            }
            assertThat(tester.run("namespace", "remove", "crowd")).isEqualTo(ExitCode.REFUSED);
            assertThat(tester.err())
                    .isEqualTo("error: the namespace is not removed\n"
                            + "  why: clients are registered in it, 4 as far as this node knows: c1, c2, c3, ...\n"
                            + "  try: orrery client unregister c1 --vpn crowd\n");
            for (String client : CLIENTS) {
                assertThat(tester.run("client", "unregister", client, "--vpn", "crowd"))
                        .isZero();
            }
            assertThat(tester.run("namespace", "remove", "crowd")).isZero();
            assertThat(tester.run("get", "namespaces")).isZero();
            assertThat(tester.out()).doesNotContain("crowd");
        }
    }
}
