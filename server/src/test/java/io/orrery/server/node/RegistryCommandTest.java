package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.boot.BootCounters;
import io.orrery.gossip.registry.RegistryCounters;
import io.orrery.gossip.registry.replica.Replica;
import io.orrery.server.cli.CommandTester;
import io.orrery.server.json.Json;
import io.orrery.server.problem.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry of a cluster of three that lives: its commands, its metrics, and whether the nodes agree on it. */
class RegistryCommandTest {
    @TempDir
    static Path folder;

    private static final SplitWire WIRE = new SplitWire();

    private static DevCluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = TestNodes.cluster(3, folder, WIRE::of);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Test
    void clientRegisteredOnOneNodeIsListedOnAnotherAndUnregisteredOnTheThird() {
        assertThat(command(0, "namespace", "add", "vpn")).isEqualTo("Namespace vpn added.\n");
        TestNodes.await("the namespace", () -> command(1, "get", "namespaces").contains("vpn"));
        String[] register = {"client", "register", "c1", "--vpn", "vpn", "--purposes", "PUBLISH,SUBSCRIBE"};
        assertThat(command(1, register)).isEqualTo("Client c1 of vpn registered.\n");
        assertThat(command(1, register)).isEqualTo("Client c1 of vpn is registered so already.\n");
        TestNodes.await("the client", () -> command(2, "get", "clients").contains("c1"));
        assertThat(command(2, "get", "clients").lines().toList())
                .element(1)
                .asString()
                .startsWith("c1 ")
                .contains(" vpn ", " PUBLISH,SUBSCRIBE ", " node2 ");
        Json client = Json.parse(command(2, "get", "clients", "-o", "json"))
                .list("clients")
                .get(0);
        assertThat(client.texts("purposes")).containsExactly("PUBLISH", "SUBSCRIBE");
        assertThat(command(0, "client", "describe", "c1", "--namespace", "vpn")).contains("purposes    PUBLISH");
        assertThat(command(2, "client", "unregister", "c1", "--vpn=vpn")).isEqualTo("Client c1 of vpn unregistered.\n");
        TestNodes.await("no client", () -> !command(0, "get", "clients").contains("c1"));
        assertThat(command(0, "client", "unregister", "c1", "--vpn=vpn"))
                .isEqualTo("Client c1 of vpn is not registered.\n");
    }

    @Test
    void clientOfAnUnknownNamespaceIsRefusedWithTheNextStep() {
        CommandTester tester = tester(0);
        assertThat(tester.run("client", "register", "c1", "--vpn", "nowhere")).isEqualTo(ExitCode.REFUSED);
        assertThat(tester.err())
                .contains(
                        "the client is not registered",
                        "there is no namespace nowhere",
                        "orrery namespace add nowhere");
    }

    @Test
    void registryThatDiffersIsNamedUntilAllHoldTheSame() {
        assertThat(command(0, "check", "converged", "--wait", "20s")).isEqualTo("converged: 3 nodes agree\n");
        String before = digest(0);
        WIRE.cutOffFor(Replica.PROTOCOL, cluster.nodes().get(2).name());
        CommandTester check = tester(0);
        try {
            assertThat(command(2, "namespace", "add", "unheard")).isEqualTo("Namespace unheard added.\n");
            assertThat(check.run("check", "converged")).isEqualTo(ExitCode.FALSE);
            assertThat(check.out()).contains("settings of the registry: ", " to node1, node2", " to node3");
            assertThat(digest(0)).as("what was not heard").isEqualTo(before);
        } finally {
            WIRE.heal();
        }
        assertThat(command(0, "check", "converged", "--wait", "20s")).isEqualTo("converged: 3 nodes agree\n");
        assertThat(digest(0)).isEqualTo(digest(2)).isNotEqualTo(before);
        assertThat(command(0, "cluster", "watch", "--for", "300ms")).contains(" REGISTRY ");
    }

    private static String digest(int node) {
        try {
            return Json.parse(AdminProbe.get(cluster.nodes().get(node), "/v1/view"))
                    .list("registry")
                    .get(1)
                    .text("hash");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyCounterOfTheRegistryAndOfFirstBootIsAMetricAndInTheManual() throws IOException {
        String metrics = AdminProbe.get(cluster.nodes().get(0), "/metrics");
        TreeSet<String> expected = new TreeSet<>();
        for (RegistryCounters.Counter counter : RegistryCounters.Counter.values()) {
            expected.add(name("orrery_registry_", counter.name()));
        }
        for (BootCounters.Counter counter : BootCounters.Counter.values()) {
            expected.add(name("orrery_boot_", counter.name()));
        }
        TreeSet<String> exposed = new TreeSet<>();
        metrics.lines()
                .filter(line -> line.matches("# TYPE orrery_(registry|boot)_.*"))
                .forEach(line -> exposed.add(line.split(" ", -1)[2]));
        assertThat(exposed).containsAll(expected);
        assertThat(documented()).isEqualTo(exposed);
        assertThat(metrics).contains("orrery_registry_entries{set=\"settings\"} ");
        assertThat(AdminProbe.metric(metrics, "orrery_registry_refused_total{reason=\"contradiction\"}"))
                .isZero();
        assertThat(AdminProbe.metric(metrics, "orrery_boot_waiting")).isZero();
    }

    private static String name(String prefix, String counter) {
        return counter.startsWith("REFUSED_")
                ? prefix + "refused_total"
                : prefix + counter.toLowerCase(Locale.ROOT) + "_total";
    }

    private static TreeSet<String> documented() throws IOException {
        Path manual = Path.of(System.getProperty("project.root", ".."), "docs", "OPERATIONS.md");
        String text = Files.readString(manual);
        String section = text.substring(text.indexOf("## Metrics of the registry"));
        section = section.substring(0, section.indexOf("\n## ", 1));
        TreeSet<String> documented = new TreeSet<>();
        String prefix = "";
        Matcher names =
                Pattern.compile("`(_[a-z_]+|orrery_(?:registry|boot)_[a-z_]+)").matcher(section);
        while (names.find()) {
            String name = names.group(1);
            prefix = name.startsWith("_") ? prefix : name.replaceFirst("(orrery_[a-z]+).*", "$1");
            documented.add(name.startsWith("_") ? prefix + name : name);
        }
        return documented;
    }

    private static CommandTester tester(int node) {
        return new CommandTester(
                Map.of("ORRERY_API", cluster.nodes().get(node).adminAddress().toString()));
    }

    private static String command(int node, String... words) {
        CommandTester tester = tester(node);
        assertThat(tester.run(words))
                .as(() -> List.of(words) + ": " + tester.err() + tester.out())
                .isZero();
        return tester.out();
    }
}
