package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin interface over real HTTP, requests written by hand. */
class AdminTest {
    @TempDir
    static Path folder;

    private static ServerNode node;

    @BeforeAll
    static void startNode() {
        node = TestNodes.alone("n@x", folder);
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void healthyNodeIsLiveAndReady() throws IOException {
        assertThat(AdminProbe.get(node, "/live")).isEqualTo("{\"ok\":true}\n");
        assertThat(AdminProbe.get(node, "/ready")).isEqualTo("{\"ok\":true}\n");
    }

    @Test
    void statusSaysWhoAndWhere() throws IOException {
        Json status = Json.parse(AdminProbe.get(node, "/v1/status"));
        assertThat(status.text("node")).isEqualTo("n@x");
        assertThat(status.text("leader")).isEqualTo("n@x");
        assertThat(status.truth("ready")).isTrue();
        assertThat(status.text("mqtt")).isEqualTo(node.mqttAddress().toString());
        assertThat(status.texts("runningNodes")).containsExactly("n@x");
    }

    @Test
    void everyMetricHasHelpAndTypeAndAWholeNumber() throws IOException {
        String metrics = AdminProbe.get(node, "/metrics");
        Pattern sample = Pattern.compile("([a-z_:]+)(\\{[a-z]+=\"[^\"]*\"})? -?\\d+");
        String family = "";
        for (String line : metrics.strip().split("\n")) {
            if (line.startsWith("# HELP ")) {
                family = line.split(" ")[2];
            } else if (line.startsWith("# TYPE ")) {
                assertThat(line).matches("# TYPE " + family + " (counter|gauge)");
                assertThat(line.endsWith(" counter")).as(line).isEqualTo(family.endsWith("_total"));
            } else {
                assertThat(line).matches(sample).startsWith(family);
            }
        }
        assertThat(AdminProbe.metric(metrics, "orrery_raft_is_leader")).isEqualTo(1);
    }

    @Test
    void badRequestsGetJsonThatSaysWhatIsWrong() throws IOException {
        requireRefused(404, "no such path", "GET /v2/x HTTP/1.1\r\nHost: localhost\r\n\r\n");
        requireRefused(405, "takes GET, not DELETE", "DELETE /v1/routes HTTP/1.1\r\nHost: localhost\r\n\r\n");
        requireRefused(405, "takes POST, not GET", "GET /v1/cluster/leave HTTP/1.1\r\nHost: localhost\r\n\r\n");
        requireRefused(400, "not JSON", post("/v1/cluster/join", "application/json", "{"));
        requireRefused(400, "the field 'node' is missing", post("/v1/cluster/join", "application/json", "{}"));
        requireRefused(413, "larger than 64 KiB", post("/v1/cluster/join", "application/json", " ".repeat(70_000)));
    }

    @Test
    void pageInTheOperatorsBrowserCannotMoveTheNode() throws IOException {
        requireRefused(400, "Content-Type", post("/v1/cluster/leave", "text/plain", "{}"));
        requireRefused(409, "this is not evil.example", "GET /v1/status HTTP/1.1\r\nHost: evil.example:80\r\n\r\n");
    }

    private static String post(String path, String type, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static void requireRefused(int status, String words, String request) throws IOException {
        String answer = exchange(request.replaceFirst("\r\n", "\r\nConnection: close\r\n"));
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(Json.parse(body).text("error") + Json.parse(body).text("why"))
                .contains(words);
    }

    private static String exchange(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), node.adminAddress().port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
