package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.host.JdkCipherer;
import io.orrery.kernel.seal.SealKey;
import io.orrery.server.admin.MetricsWriter;
import io.orrery.server.cli.CommandTester;
import io.orrery.server.json.Json;
import io.orrery.server.keys.KeyOperation;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The keys of a cluster of three that lives and encrypts, from the first to the last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeysCommandTest {
    private static final SealKey FIRST = key(1);
    private static final SealKey SECOND = key(2);

    @TempDir
    static Path folder;

    private static DevCluster cluster;

    private static SealKey key(int seed) {
        byte[] material = new byte[32];
        for (int i = 0; i < material.length; i++) {
            material[i] = (byte) (seed * 91 + i * 11);
        }
        return SealKey.of(new JdkCipherer(), material);
    }

    @BeforeAll
    static void startCluster() {
        cluster = TestNodes.cluster(3, folder, "cluster.encryption=require", "cluster.key=" + FIRST.encoded());
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    private static CommandTester tester(int node) {
        return new CommandTester(
                Map.of("ORRERY_API", cluster.nodes().get(node).adminAddress().toString()));
    }

    private static String command(int node, String... words) {
        CommandTester tester = tester(node);
        assertThat(tester.run(words)).as(tester.err()).isZero();
        return tester.out();
    }

    private static long faults(int node) {
        MetricsWriter out = new MetricsWriter();
        cluster.nodes().get(node).running().transportCounters(new SinkMetrics("", out));
        return out.toString()
                .lines()
                .filter(line -> line.matches("(datagrams|stream_frames)_refused_total.*"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    @Test
    @Order(1)
    void listSaysWhichNodeHasWhichKeysAndShowsNone() {
        String list = command(0, "keys", "list");
        assertThat(list.lines()).hasSize(4);
        assertThat(list).containsPattern("node2 +" + FIRST.name() + " +" + FIRST.name());
        assertThat(command(1, "keys", "list", "-o", "json")).doesNotContain(FIRST.encoded());
        assertThat(command(1, "cluster", "status", "-o", "json")).contains("require, with key " + FIRST.name());
    }

    @Test
    @Order(2)
    void keyThatANodeLacksIsNotUsed() {
        cluster.nodes().get(0).keys().apply(KeyOperation.INSTALL, SECOND.encoded());
        CommandTester tester = tester(0);
        assertThat(tester.run("keys", "use", SECOND.name())).isEqualTo(ExitCode.REFUSED);
        assertThat(tester.err()).contains("nothing was changed", "node2 cannot open what it seals");
        assertThat(command(0, "keys", "list")).containsPattern("node1 +" + FIRST.name());
    }

    @Test
    @Order(3)
    void keysAreInstalledUsedAndRemovedOnAllNodesAndThePrimaryStays() {
        assertThat(command(1, "keys", "install", SECOND.encoded())).startsWith("3/3 nodes have key " + SECOND.name());
        assertThat(command(2, "keys", "use", SECOND.name())).startsWith("3/3 nodes use key " + SECOND.name());
        CommandTester tester = tester(0);
        assertThat(tester.run("keys", "remove", SECOND.name())).isEqualTo(ExitCode.REFUSED);
        assertThat(tester.err()).contains("it seals with that key");
        assertThat(command(0, "keys", "remove", FIRST.name())).startsWith("0/3 nodes have key " + FIRST.name());
        assertThat(command(1, "check", "converged", "--wait", "20s")).contains("3 nodes agree");
    }

    @Test
    @Order(4)
    void nodeThatRestartsHasTheNewKeyAndNotTheConfiguredOne() throws Exception {
        cluster.kill(2);
        TestNodes.ready(cluster.restart(2));
        TestNodes.await("whole again", () -> cluster.whyNotReady().isEmpty());
        assertThat(cluster.nodes().get(2).keys().state().keys()).containsExactly(SECOND.name());
        Path file = folder.resolve("node3").resolve("keys");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    @Order(5)
    void rotationChangesAllKeysAndNoFrameIsRefused() {
        long before = faults(0) + faults(1);
        Json answer = Json.parse(command(0, "keys", "rotate", "-o", "json"));
        assertThat(answer.number("use")).isEqualTo(3);
        assertThat(answer.list("nodes"))
                .hasSize(3)
                .allSatisfy(node -> assertThat(node.texts("keys")).containsExactly(answer.text("key")));
        assertThat(faults(0) + faults(1)).isEqualTo(before);
        assertThat(cluster.whyNotReady()).isEmpty();
    }

    @Test
    @Order(6)
    void nodeOfAnotherKeyIsTurnedAwayAndBothSidesSayWhy() {
        String other = cluster.nodes().get(0).clusterAddress().toString();
        assertThatThrownBy(() -> TestNodes.start(TestNodes.config(
                        "stranger",
                        folder.resolve("stranger"),
                        "cluster.join=" + other,
                        "cluster.encryption=require",
                        "cluster.key=" + FIRST.encoded())))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("turned away");
        assertThat(command(0, "cluster", "status"))
                .containsPattern("Last refusal: refused stranger at .*" + FIRST.name() + ".*orrery keys list");
    }

    @Test
    @Order(7)
    void nodeThatDoesNotEncryptIsTurnedAway() {
        String other = cluster.nodes().get(0).clusterAddress().toString();
        assertThatThrownBy(() ->
                        TestNodes.start(TestNodes.config("plain", folder.resolve("plain"), "cluster.join=" + other)))
                .isInstanceOf(ProblemException.class);
        assertThat(command(0, "cluster", "status")).contains("it does not encrypt");
        assertThat(command(0, "get", "members")).contains("Last refusal: refused plain at");
    }
}
