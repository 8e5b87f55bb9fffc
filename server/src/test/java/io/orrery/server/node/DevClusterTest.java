package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orrery.server.cli.CommandTester;
import io.orrery.server.mqtt.MqttTestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes over real TCP, seen through MQTT clients and the orrery command. */
class DevClusterTest {
    /** The example of emqttd's documentation. */
    private static final String PICTURE = """
            --------------------------
            |          t             |
            |         / \\            |
            |        +   #           |
            |      /  \\              |
            |    x      y            |
            --------------------------
            | t/+/x -> node1, node3  |
            | t/+/y -> node1         |
            | t/#   -> node2         |
            | t/a   -> node3         |
            --------------------------
            """;

    private static final String ROUTES = """
            t/+/x -> node1, node3
            t/+/y -> node1
            t/#   -> node2
            t/a   -> node3
            """;

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
    void exampleOfTheSeedDocumentEndsWithItsRouteTableItsTrieAndItsDeliveries() {
        try (MqttTestClient client1 = client(0, 4, "client1");
                MqttTestClient client2 = client(1, 5, "client2");
                MqttTestClient client3 = client(2, 4, "client3")) {
            client1.subscribe("t/+/x", 0);
            client1.subscribe("t/+/y", 1);
            client2.subscribe("t/#", 1);
            client3.subscribe("t/+/x", 0);
            client3.subscribe("t/a", 1);
            for (int i = 0; i < 3; i++) {
                int index = i;
                TestNodes.await(
                        "the routes at node " + i,
                        () -> command(index, "get", "routes").equals(ROUTES));
                assertThat(command(i, "describe", "routes", "--trie")).isEqualTo(PICTURE);
            }
            client1.publishAcknowledged("t/a", "hello", 1);
            assertThat(client2.message()).isEqualTo("t/a=hello");
            assertThat(client3.message()).isEqualTo("t/a=hello");
            client1.publish("t/b/x", "both", 0, 0);
            assertThat(client1.message()).isEqualTo("t/b/x=both");
            assertThat(client2.message()).isEqualTo("t/b/x=both");
            assertThat(client3.message()).isEqualTo("t/b/x=both");
        }
        TestNodes.await("no routes are left", () -> command(0, "get", "routes").isEmpty());
    }

    @Test
    void statusMembersAndGroupsNameAllNodes() {
        assertThat(command(1, "cluster", "status"))
                .isEqualTo("Cluster status: [{running_nodes,['node1','node2','node3']}]\n");
        String members = command(2, "get", "members");
        assertThat(members.lines().skip(1).map(line -> line.split(" +")[3]))
                .containsExactlyInAnyOrder("Leader", "Follower", "Follower");
        assertThat(members).contains(cluster.nodes().get(0).adminAddress().toString());
        assertThat(command(0, "get", "groups")).contains("node1,node2,node3");
        assertThat(command(0, "get", "namespaces")).contains("default");
    }

    @Test
    void killedNodeAndItsRoutesAreGoneForTheOthersAndItComesBackFromItsDisk() throws IOException {
        int victim = leaderIndex();
        int other = (victim + 1) % 3;
        int third = (victim + 2) % 3;
        try (MqttTestClient lost = client(victim, 4, "lost");
                MqttTestClient stays = client(third, 4, "stays")) {
            lost.subscribe("k/#", 1);
            stays.subscribe("k/#", 1);
            TestNodes.await("both routes", () -> command(other, "get", "routes").contains(", "));
            cluster.kill(victim);
            TestNodes.await(
                    "the dead node's routes are gone",
                    () -> command(other, "get", "routes").equals("k/# -> node" + (third + 1) + "\n"));
            TestNodes.await(
                    "the others have a leader",
                    () -> cluster.nodes().get(other).whyNotReady().isEmpty());
            assertThat(AdminProbe.status(cluster.nodes().get(other), "/ready")).isEqualTo(200);
            try (MqttTestClient publisher = client(other, 4, "publisher")) {
                publisher.publishAcknowledged("k/1", "go on", 1);
                assertThat(stays.message()).isEqualTo("k/1=go on");
            }
        }
        cluster.restart(victim);
        TestNodes.await("the cluster is whole", () -> cluster.whyNotReady().isEmpty());
        try (MqttTestClient back = client(victim, 5, "back");
                MqttTestClient publisher = client(other, 5, "publisher")) {
            back.subscribe("back", 1);
            TestNodes.await("its route", () -> command(other, "get", "routes").contains("back"));
            publisher.publishAcknowledged("back", "again", 1);
            assertThat(back.message()).isEqualTo("back=again");
        }
    }

    @Test
    void mosquittoClientsOnDifferentNodesReachEachOther() throws IOException, InterruptedException {
        boolean isThere = Files.isExecutable(Path.of("/usr/bin/mosquitto_sub"));
        if (!isThere) {
            System.err.println("skipped: mosquitto_sub is not installed (apt-get install mosquitto-clients)");
        }
        assumeTrue(isThere, "mosquitto-clients is installed");
        for (String version : List.of("mqttv311", "mqttv5")) {
            Process subscriber =
                    mosquitto("sub", 1, "-V", version, "-q", "1", "-t", "m/#", "-v", "-C", "2", "-W", "15");
            TestNodes.await("its route", () -> command(0, "get", "routes").contains("m/#"));
            for (String qos : List.of("0", "1")) {
                Process publisher =
                        mosquitto("pub", 0, "-V", version, "-q", qos, "-t", "m/" + qos, "-m", "said with " + qos);
                assertThat(publisher.waitFor()).isZero();
            }
            String heard = new String(subscriber.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(new TreeSet<>(heard.lines().toList())).containsExactly("m/0 said with 0", "m/1 said with 1");
            assertThat(subscriber.waitFor()).isZero();
        }
    }

    @Test
    void nodesOverAeronReachEachOtherToo() {
        try (DevCluster aeron = TestNodes.cluster(3, folder.resolve("aeron"), "cluster.transport=aeron");
                MqttTestClient subscriber = MqttTestClient.connected(
                        aeron.nodes().get(0).mqttAddress().port(), 5, "sub");
                MqttTestClient publisher = MqttTestClient.connected(
                        aeron.nodes().get(2).mqttAddress().port(), 5, "pub")) {
            subscriber.subscribe("by/#", 1);
            TestNodes.await("the route", () -> aeron.nodes().get(2).routeCount() == 1);
            publisher.publishAcknowledged("by/aeron", "yes", 1);
            assertThat(subscriber.message()).isEqualTo("by/aeron=yes");
        }
    }

    private static Process mosquitto(String kind, int index, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("mosquitto_" + kind, "-h", "127.0.0.1", "-p"));
        command.add(Integer.toString(cluster.nodes().get(index).mqttAddress().port()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int leaderIndex() {
        return Integer.parseInt(command(0, "get", "groups").replaceAll("(?s).*?node(\\d).*", "$1")) - 1;
    }

    private static MqttTestClient client(int index, int version, String id) {
        return MqttTestClient.connected(cluster.nodes().get(index).mqttAddress().port(), version, id);
    }

    private static String command(int index, String... arguments) {
        CommandTester tester = new CommandTester(
                Map.of("ORRERY_API", cluster.nodes().get(index).adminAddress().toString()));
        assertThat(tester.run(arguments)).as(tester.err()).isZero();
        return tester.out();
    }
}
