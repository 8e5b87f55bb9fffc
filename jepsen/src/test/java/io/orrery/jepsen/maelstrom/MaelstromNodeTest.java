package io.orrery.jepsen.maelstrom;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.jepsen.json.Json;
import io.orrery.jepsen.json.JsonException;
import io.orrery.jepsen.json.JsonReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two processes, and what needs no protocol between them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MaelstromNodeTest {
    private MaelstromNetwork network;

    @BeforeAll
    void start() {
        network = new MaelstromNetwork(2, 5);
    }

    @AfterAll
    void stop() {
        try (MaelstromNetwork stopped = network) {
            List<String> offences = stopped.offences();
            String logs = stopped.logs();
            assertThat(stopped.stop()).as(logs).containsExactly(0, 0);
            assertThat(offences).isEmpty();
        }
    }

    @Test
    void echoReturnsExactlyWhatItWasGiven() throws JsonException {
        String text = "{\"n\":[1.50,1e400,-0,null,true],\"s\":\"é漢😀\\u0000\\ud800\",\"o\":{\"\":{}}}";
        Json.Obj answer = network.call("n0", request("echo").with("echo", JsonReader.read(text)));
        assertThat(answer.string("type")).isEqualTo("echo_ok");
        assertThat(answer.member("echo").text()).isEqualTo(text);
    }

    @Test
    void generatedIdsAreUnique() throws Exception {
        CompletableFuture<?>[] answers = new CompletableFuture<?>[1000];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = network.send("c2", "n" + i % 2, request("generate"));
        }
        CompletableFuture.allOf(answers).get(10, TimeUnit.SECONDS);
        Set<Json> ids = new HashSet<>();
        for (CompletableFuture<?> answer : answers) {
            ids.add(((Json.Obj) answer.get()).member("id"));
        }
        assertThat(ids).hasSize(answers.length).doesNotContainNull();
    }

    @Test
    void unknownTypesAreNotSupported() {
        assertThat(code(network.call("n0", request("send").with("key", "k")))).isEqualTo(10);
    }

    @Test
    void requestsThatLackWhatTheyNeedAreMalformed() {
        assertThat(code(network.call("n0", Json.object()))).isEqualTo(12);
        assertThat(code(network.call("n0", Json.object().with("type", 7)))).isEqualTo(12);
        assertThat(code(network.call("n0", request("echo")))).isEqualTo(12);
        assertThat(code(network.call("n0", request("write").with("key", 1)))).isEqualTo(12);
        assertThat(code(network.call("n0", request("add").with("delta", "1")))).isEqualTo(12);
        assertThat(code(network.call("n0", request("broadcast").with("message", "x".repeat(100_000)))))
                .isEqualTo(12);
    }

    @Test
    void garbageIsSkippedAndTheNodeGoesOn() {
        for (String garbage : List.of(
                "",
                "{",
                "[]",
                "\u0000\u0001",
                "[".repeat(100_000),
                "{\"src\":\"c1\",\"dest\":\"n1\"}",
                "{\"src\":\"c1\",\"dest\":\"n0\",\"body\":{\"type\":\"echo\",\"echo\":1,\"msg_id\":1}}",
                "{\"src\":\"n0\",\"dest\":\"n1\",\"body\":{\"type\":\"orrery-segment\",\"epoch\":1}}",
                "{\"src\":\"n0\",\"dest\":\"n1\",\"body\":{\"type\":\"orrery-segment\",\"epoch\":-1,\"first\":0,\"frames\":[\"\"]}}",
                "{\"src\":\"n0\",\"dest\":\"n1\",\"body\":{\"type\":\"orrery-ack\",\"epoch\":9e99,\"next\":1}}",
                "{\"src\":\"n0\",\"dest\":\"n1\",\"body\":{\"type\":\"orrery-datagram\",\"frame\":\"?\"}}",
                "{\"src\":\"n0\",\"dest\":\"n1\",\"body\":{\"type\":\"orrery-datagram\",\"frame\":\"AAAA\"}}",
                "{\"src\":\"n9\",\"dest\":\"n1\",\"body\":{\"type\":\"orrery-datagram\",\"frame\":\"AAAA\"}}",
                "{\"src\":\"n0\",\"dest\":\"n1\",\"body\":{\"type\":\"read_ok\",\"in_reply_to\":5}}")) {
            network.raw("n1", garbage);
        }
        Json.Obj answer = network.call("n1", request("echo").with("echo", 1));
        assertThat(answer.string("type")).isEqualTo("echo_ok");
    }

    @Test
    void secondInitIsAnsweredAndAnotherNameIsRefused() {
        Json ids = Json.of(List.of(Json.of("n0"), Json.of("n1")));
        Json.Obj same = request("init").with("node_id", "n0").with("node_ids", ids);
        assertThat(network.call("n0", same).string("type")).isEqualTo("init_ok");
        assertThat(code(network.call("n0", same.with("node_id", "n1")))).isEqualTo(14);
        assertThat(code(network.call("n0", same.with("node_id", "a b")))).isEqualTo(12);
    }

    @Test
    void requestWithoutIdIsDoneWithoutAnswer() {
        network.raw("n0", "{\"src\":\"c9\",\"dest\":\"n0\",\"body\":{\"type\":\"broadcast\",\"message\":\"silent\"}}");
        Json.Obj read = network.call("n0", request("read"));
        assertThat(read.member("messages")).isEqualTo(Json.of(List.of(Json.of("silent"))));
    }

    private static Json.Obj request(String type) {
        return Json.object().with("type", type);
    }

    private static long code(Json.Obj answer) {
        assertThat(answer.string("type")).isEqualTo("error");
        assertThat(answer.string("text")).isNotEmpty();
        return answer.number("code");
    }
}
