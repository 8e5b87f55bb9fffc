package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandOutputTest {
    private static final String TWO_RUN =
            "{\"runningNodes\":[\"emq@s1.emqx.io\",\"emq@s2.emqx.io\"],\"stoppedNodes\":[]}";

    private HttpServer node;
    private CommandTester command;
    private String told = "";

    @BeforeEach
    void startNode() throws IOException {
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.start();
        command = new CommandTester(
                Map.of("ORRERY_API", "http://127.0.0.1:" + node.getAddress().getPort()));
    }

    @AfterEach
    void stopNode() {
        node.stop(0);
    }

    @Test
    void clusterJoinPrintsWhatTheSeedDocumentPrints() {
        answer("/v1/cluster/join", 200, TWO_RUN);
        assertThat(command.run("cluster", "join", "emq@s1.emqx.io")).isZero();
        assertThat(command.out())
                .isEqualTo("Join the cluster successfully.\n"
                        + "Cluster status: [{running_nodes,['emq@s1.emqx.io','emq@s2.emqx.io']}]\n");
        assertThat(told).isEqualTo("{\"node\":\"emq@s1.emqx.io\"}");
    }

    @Test
    void clusterStatusNamesStoppedNodesOnlyWhenThereAreAny() {
        answer("/v1/status", 200, TWO_RUN);
        command.run("cluster", "status");
        assertThat(command.out()).isEqualTo("Cluster status: [{running_nodes,['emq@s1.emqx.io','emq@s2.emqx.io']}]\n");
        node.removeContext("/v1/status");
        answer("/v1/status", 200, "{\"runningNodes\":[\"a\"],\"stoppedNodes\":[\"b\",\"c\"]}");
        command.run("cluster", "status");
        assertThat(command.out()).isEqualTo("Cluster status: [{running_nodes,['a']},{stopped_nodes,['b','c']}]\n");
        command.run("cluster", "status", "-o", "json");
        assertThat(command.out()).isEqualTo("{\"runningNodes\":[\"a\"],\"stoppedNodes\":[\"b\",\"c\"]}\n");
    }

    @Test
    void routesStandBelowEachOtherAndTheTrieIsPrintedAsTheNodeDrawsIt() {
        String routes = """
                "routes":[{"filter":"t/+/x","nodes":["node1","node3"]},{"filter":"t/#","nodes":["node2"]}]""";
        answer("/v1/routes", 200, "{" + routes + "}");
        answer("/v1/trie", 200, "{\"text\":\"---\\n|t|\\n---\\n\"," + routes + "}");
        command.run("get", "routes");
        assertThat(command.out()).isEqualTo("t/+/x -> node1, node3\nt/#   -> node2\n");
        command.run("describe", "routes", "--trie");
        assertThat(command.out()).isEqualTo("---\n|t|\n---\n");
    }

    @Test
    void dumpReadsAsEventterMqPrintsIt() {
        answer("/v1/dump", 200, """
                {"index":823,"namespaces":[{"name":"default","topics":[{"name":"my-topic","shards":1,
                "replicationFactor":3,"retentionNanos":1,"exchangeType":"fanout"}]}],
                "nodes":[{"name":"node1","address":"172.19.0.2:16000","role":"primary","state":"ALIVE"}]}""");
        command.run("cluster", "dump");
        assertThat(command.out()).isEqualTo("""
                        === Cluster state ===
                        index: 823
                        namespaces: <
                          name: "default"
                          topics: <
                            name: "my-topic"
                            shards: 1
                            replication_factor: 3
                            retention: <
                              nanos: 1
                            >
                            default_exchange_type: "fanout"
                          >
                        >
                        nodes: <
                          name: "node1"
                          address: "172.19.0.2:16000"
                          role: primary
                          state: ALIVE
                        >
                        """);
    }

    @Test
    void refusalOfTheNodeBecomesItsThreeLinesAndExitCodeFour() {
        answer("/v1/cluster/join", 409, "{\"error\":\"no\",\"why\":\"because\",\"try\":\"this\"}");
        assertThat(command.run("cluster", "join", "x@y")).isEqualTo(4);
        assertThat(command.err()).isEqualTo("error: no\n  why: because\n  try: this\n");
        assertThat(command.out()).isEmpty();
    }

    @Test
    void verdictThatIsNoIsExitCodeOneWithTheReason() {
        answer("/ready", 503, "{\"ok\":false,\"why\":\"no leader is known\"}");
        assertThat(command.run("check", "ready")).isEqualTo(1);
        assertThat(command.out()).isEqualTo("not ready: no leader is known\n");
    }

    @Test
    void exitCodesTellUnreachableFromTimeoutFromStrangers() throws IOException {
        answer("/v1/status", 200, "<html>");
        assertThat(command.run("cluster", "status")).isEqualTo(3);
        assertThat(command.err()).contains("is not an orrery node");
        int free;
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = silent.getLocalPort();
            String api = "http://127.0.0.1:" + free;
            assertThat(command.run("cluster", "status", "--timeout", "1", "--api", api))
                    .isEqualTo(5);
        }
        assertThat(command.run("get", "members", "--api", "127.0.0.1:" + free)).isEqualTo(3);
        assertThat(command.err()).startsWith("error: no node answers at http://127.0.0.1:" + free + "\n  why: ");
    }

    @Test
    void wrongCommandLinesNameTheNearestWordAndNeverTrace() {
        assertThat(command.run("clutser")).isEqualTo(2);
        assertThat(command.err()).contains("did you mean 'cluster'?").doesNotContain("\tat ");
        assertThat(command.run("server", "--mqtt.prot=1")).isEqualTo(2);
        assertThat(command.err()).contains("unknown option '--mqtt.prot=1'").contains("'--mqtt.port'");
        assertThat(command.run("server", "--set", "mqtt")).isEqualTo(2);
        assertThat(command.run("get", "members", "-o", "xml")).isEqualTo(2);
    }

    @Test
    void configShowTellsOriginsAndHidesSecrets() {
        assertThat(command.run("config", "show", "--origins", "--cookie=hush", "--set", "mqtt.port=1884"))
                .isZero();
        assertThat(command.out())
                .containsPattern("mqtt.port +1884 +--set")
                .containsPattern("node.cookie +\\*\\*\\* +--node.cookie")
                .doesNotContain("hush");
        assertThat(command.run("config", "validate", "--mqtt.port=no")).isEqualTo(2);
        assertThat(command.run("config", "validate")).isZero();
        assertThat(command.out()).isEmpty();
    }

    @Test
    void agesAreShort() {
        assertThat(Ages.span(3_999)).isEqualTo("3s");
        assertThat(Ages.span(125_000)).isEqualTo("2m5s");
        assertThat(Ages.span(3_600_000L * 5 + 60_000)).isEqualTo("5h1m");
        assertThat(Ages.span(3_600_000L * 24 * 12)).isEqualTo("12d");
    }

    private void answer(String path, int status, String body) {
        node.createContext(path, exchange -> {
            told = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
