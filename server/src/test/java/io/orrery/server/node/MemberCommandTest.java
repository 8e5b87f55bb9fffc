package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.cli.CommandTester;
import io.orrery.server.json.Json;
import io.orrery.server.problem.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What members are shown as, by a cluster of three that lives. */
class MemberCommandTest {
    @TempDir
    static Path folder;

    private static DevCluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = TestNodes.cluster(3, folder);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Test
    void membersAreTheSameFromAnyNode() {
        for (int i = 0; i < 3; i++) {
            List<String> lines = command(i, "get", "members").lines().toList();
            assertThat(lines).hasSize(4);
            assertThat(lines.get(0)).startsWith("NAME ").contains(" STATUS ", " INCARNATION ", " SUSPICION ");
            assertThat(lines.get(2)).startsWith("node2  primary  ").contains(" ALIVE ");
            Json json = Json.parse(command(i, "get", "members", "-o", "json"));
            assertThat(json.list("members")).hasSize(3).allSatisfy(member -> {
                assertThat(member.text("status")).isEqualTo("ALIVE");
                assertThat(member.number("ageMillis")).isBetween(0L, 600_000L);
                assertThat(member.number("heartbeatMillis")).isBetween(0L, 20_000L);
                assertThat(member.text("incarnation")).matches("\\d{16}\\.\\d+");
            });
        }
        assertThat(command(0, "get", "members", "-o", "yaml")).contains("status: ALIVE");
        assertThat(command(0, "get", "member").lines().findFirst().orElseThrow())
                .matches("NAME {14}ROLE {12}AGE {5}STATE {5}API-ADDR +HEARTBEAT");
    }

    @Test
    void memberHasAnAgeThatGrows() {
        TestNodes.await(
                "an age of a second",
                () -> Json.parse(command(1, "describe", "member", "node3", "-o", "json"))
                                .number("ageMillis")
                        > 1_000);
    }

    @Test
    void describedMemberIsSeenByTheAskedNodeAndAnUnknownOneGetsTheNearestNames() {
        assertThat(command(1, "describe", "member", "node1"))
                .contains("Name: node1\nSeen by: node2\nStatus: ALIVE\n", "Last heard: ", "Events:");
        CommandTester tester = tester(0);
        assertThat(tester.run("describe", "member", "nod3")).isEqualTo(ExitCode.USAGE);
        assertThat(tester.err())
                .isEqualTo("error: no member that node1 knows is called nod3\n"
                        + "  why: the nearest names are node3, node1, node2\n  try: orrery get members\n");
    }

    @Test
    void checksAnswerWithTheirWord() {
        assertThat(command(0, "check", "live")).isEqualTo("live\n");
        assertThat(command(1, "check", "ready")).isEqualTo("ready\n");
        assertThat(command(2, "check", "quorum")).isEqualTo("quorum\n");
    }

    @Test
    void unreachableNodeIsExitCodeThreeWithTheNextStep() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        for (String[] words : new String[][] {
            {"get", "members"}, {"describe", "member", "x"}, {"cluster", "watch"}, {"check", "converged"}
        }) {
            CommandTester tester = new CommandTester(Map.of("ORRERY_API", "127.0.0.1:" + free));
            assertThat(tester.run(words)).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(tester.err()).contains("no node answers at", "  why: ", "  try: orrery dev");
        }
    }

    @Test
    void nodeThatIsPausedIsShownAsStuckAndSuspectAndDeadAndTheClusterConvergesWhenItGoesOn() throws Exception {
        assertThat(command(0, "check", "converged", "--wait", "20s")).isEqualTo("converged: 3 nodes agree\n");
        CommandTester watch = tester(0);
        Thread watcher = new Thread(
                () -> watch.run("cluster", "watch", "--every", "50ms", "--for", "60s", "-o", "json"), "test-watch");
        watcher.start();
        TestNodes.await("the first picture", () -> watch.outSoFar().contains("\"converged\",\"is\":true}"));
        CountDownLatch goOn = new CountDownLatch(1);
        try {
            cluster.nodes().get(2).submit(() -> awaitUninterrupted(goOn));
            TestNodes.await(
                    "node3 is dead to node1", () -> command(0, "get", "members").matches("(?s).*node3 [^\n]* DEAD .*"));
            assertThat(command(0, "cluster", "watch", "--for", "1500ms"))
                    .contains("2 of 3 nodes answer")
                    .containsPattern("node3 +\\? .* stuck: the node's thread does not answer");
        } finally {
            goOn.countDown();
        }
        TestNodes.await(
                "all three agree",
                () -> command(1, "check", "converged", "--wait", "20s").contains("3 nodes"));
        assertThat(tester(1).run("cluster", "watch", "--until", "converged", "--for", "20s"))
                .isZero();
        TestNodes.await("the watch saw it too", () -> hasEndedConverged(watch.outSoFar()));
        watcher.interrupt();
        watcher.join();
        // On a machine with other work the node may have been suspected, and have refuted, before it was paused.
        assertThat(command(0, "describe", "member", "node3"))
                .containsPattern("SUSPECTED +\\d+\\.\\d+ +suspected by node[12]")
                .containsPattern("DIED +\\d+\\.\\d+ +declared dead by node[12] after \\d+ ms")
                .containsPattern("RETURNED +\\d+\\.\\d+ +returned after \\d+ ms");
        Json events = Json.parse(command(1, "describe", "member", "node3", "-o", "json"));
        assertThat(events.list("events"))
                .anyMatch(event -> event.text("kind").equals("SUSPECTED")
                        && event.text("by").startsWith("node")
                        && event.number("agoMillis") >= 0);
        assertThat(watch.out())
                .contains("\"node\":\"node3\",\"is\":false,\"why\":\"stuck: the node's thread does not answer\"")
                .containsPattern("\"observer\":\"node1\",\"member\":\"node3\",\"was\":\"ALIVE\",\"is\":\"SUSPECT\","
                        + "\"incarnation\":\"\\d+\\.\\d+\",\"by\":\\[\"node[12]\"")
                .containsPattern("\"observer\":\"node2\",\"member\":\"node3\",\"was\":\"[A-Z]+\",\"is\":\"DEAD\"")
                .contains("\"kind\":\"converged\",\"is\":false}")
                .containsPattern("\"observer\":\"node2\",\"member\":\"node3\",\"was\":\"DEAD\",\"is\":\"ALIVE\"");
    }

    /** A belief may change on all nodes between two pictures, so that other lines may follow. */
    private static boolean hasEndedConverged(String lines) {
        return lines.lastIndexOf("\"kind\":\"converged\",\"is\":true}")
                > lines.lastIndexOf("\"kind\":\"converged\",\"is\":false}");
    }

    @Test
    void gossipCountsWhatItSaysAndHearsByKind() {
        TestNodes.await("probes, answers and digests that are equal", () -> {
            String metrics = metrics(0);
            return AdminProbe.metric(metrics, "orrery_gossip_probes_total") > 0
                    && AdminProbe.metric(metrics, "orrery_gossip_messages_sent_total{kind=\"ping\"}") > 0
                    && AdminProbe.metric(metrics, "orrery_gossip_bytes_received_total{kind=\"ack\"}") > 0
                    && AdminProbe.metric(metrics, "orrery_rows_messages_received_total{kind=\"digests\"}") > 0;
        });
        String metrics = metrics(1);
        assertThat(AdminProbe.metric(metrics, "orrery_gossip_refused_total{reason=\"other_cluster\"}"))
                .isZero();
        assertThat(AdminProbe.metric(metrics, "orrery_rows_audit_mismatches_total"))
                .isZero();
        assertThat(AdminProbe.metric(metrics, "orrery_gossip_local_health")).isBetween(0L, 7L);
        assertThat(AdminProbe.metric(metrics, "orrery_gossip_bytes_sent_total{kind=\"ping\"}"))
                .as("a ping is a frame of 24 bytes and more")
                .isGreaterThan(24 * AdminProbe.metric(metrics, "orrery_gossip_messages_sent_total{kind=\"ping\"}"));
    }

    @Test
    void manualNamesNoMetricOfGossipThatThereIsNot() throws IOException {
        Path manual = Path.of(System.getProperty("project.root", ".."), "docs", "OPERATIONS.md");
        String text = Files.readString(manual);
        String section =
                text.substring(text.indexOf("## Metrics of gossip"), text.indexOf("## Metrics of the registry"));
        TreeSet<String> documented = new TreeSet<>();
        String prefix = "";
        Matcher names =
                Pattern.compile("`(_[a-z_]+|orrery_(?:gossip|rows)_[a-z_]+)").matcher(section);
        while (names.find()) {
            String name = names.group(1);
            prefix = name.startsWith("_") ? prefix : name.replaceFirst("(orrery_[a-z]+).*", "$1");
            documented.add(name.startsWith("_") ? prefix + name : name);
        }
        TreeSet<String> exposed = new TreeSet<>();
        metrics(0)
                .lines()
                .filter(line -> line.matches("# TYPE orrery_(gossip|rows)_.*"))
                .forEach(line -> exposed.add(line.split(" ", -1)[2]));
        assertThat(documented).hasSizeGreaterThan(30);
        documented.removeAll(exposed);
        assertThat(documented).as("in the manual, and nowhere else").isEmpty();
    }

    private static String metrics(int node) {
        try {
            return AdminProbe.get(cluster.nodes().get(node), "/metrics");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CommandTester tester(int node) {
        return new CommandTester(
                Map.of("ORRERY_API", cluster.nodes().get(node).adminAddress().toString()));
    }

    private static String command(int node, String... words) {
        CommandTester tester = tester(node);
        assertThat(tester.run(words)).as(tester.err() + tester.out()).isZero();
        return tester.out();
    }
}
