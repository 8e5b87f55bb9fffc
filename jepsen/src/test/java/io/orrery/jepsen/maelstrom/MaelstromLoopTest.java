package io.orrery.jepsen.maelstrom;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.jepsen.json.Json;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop on streams of this process, with services made for each test. */
class MaelstromLoopTest {
    private static final String INIT =
            "{\"src\":\"c0\",\"dest\":\"n1\",\"body\":{\"type\":\"init\",\"msg_id\":1,\"node_id\":\"n1\",\"node_ids\":[\"n1\"]}}";

    private final List<String> log = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void inputThatEndsIsACleanEnd() throws InterruptedException {
        assertThat(run((kernel, request) -> request.ok(), INIT, request("ping", 2)))
                .isZero();
        assertThat(output())
                .containsExactly(
                        "{\"src\":\"n1\",\"dest\":\"c0\",\"body\":{\"type\":\"init_ok\",\"in_reply_to\":1}}",
                        "{\"src\":\"n1\",\"dest\":\"c1\",\"body\":{\"type\":\"ping_ok\",\"in_reply_to\":2}}");
    }

    @Test
    void requestsBeforeInitAreRefusedForNow() throws InterruptedException {
        run((kernel, request) -> request.ok(), request("ping", 2), INIT);
        assertThat(output().get(0)).contains("\"code\":11");
        assertThat(output().get(1)).contains("init_ok");
    }

    /** A node that broke does not know what it did: an indefinite error, the reason in the log, and no more. */
    @Test
    void brokenServiceHaltsTheNodeAndSaysSoOnTheLogAlone() throws InterruptedException {
        int code = run((kernel, request) -> Check.that(false, "the sky holds"), INIT, request("ping", 2));
        assertThat(code).isEqualTo(70);
        assertThat(output()).hasSize(2);
        assertThat(output().get(1)).contains("\"code\":13").contains("the sky holds");
        assertThat(log).anyMatch(line -> line.startsWith("halted: ") && line.contains("the sky holds"));
    }

    @Test
    void linesBeyondUtf8AndBeyondTheLimitAreSkipped() throws InterruptedException {
        String tooLong = "[" + " ".repeat(LineReader.LINE_BYTES_MAX) + "]";
        int code = run((kernel, request) -> request.ok(), INIT, "\u00ff", tooLong, request("ping", 2));
        assertThat(code).isZero();
        assertThat(output()).hasSize(2);
        assertThat(log).anyMatch(line -> line.contains("not UTF-8"));
        assertThat(log).anyMatch(line -> line.contains("too long"));
        assertThat(log).contains("2 lines made no sense");
    }

    @Test
    void malformedRequestIsToldSo() throws InterruptedException {
        run((kernel, request) -> request.ok(Json.object().with("n", request.needLong("n"))), INIT, request("ping", 2));
        assertThat(output().get(1)).contains("\"code\":12").contains("ping needs n");
    }

    private int run(BiConsumer<Kernel, Request> service, String... lines) throws InterruptedException {
        // Characters are bytes here, so that a test can send what is not UTF-8.
        byte[] input = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        return new MaelstromLoop(
                        new ByteArrayInputStream(input),
                        out,
                        log::add,
                        folder,
                        false,
                        (kernel, cluster) -> new Service() {
                            @Override
                            public void start() {}

                            @Override
                            public void onRequest(Request request) {
                                service.accept(kernel, request);
                            }
                        })
                .run();
    }

    private List<String> output() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static String request(String type, long id) {
        return "{\"src\":\"c1\",\"dest\":\"n1\",\"body\":{\"type\":\"" + type + "\",\"msg_id\":" + id + "}}";
    }
}
