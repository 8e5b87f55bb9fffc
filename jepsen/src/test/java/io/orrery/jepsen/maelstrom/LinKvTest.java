package io.orrery.jepsen.maelstrom;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.jepsen.history.EdnHistory;
import io.orrery.jepsen.history.SharedRecorder;
import io.orrery.jepsen.json.Json;
import io.orrery.sim.check.Budget;
import io.orrery.sim.check.Call;
import io.orrery.sim.check.CasRegister;
import io.orrery.sim.check.History;
import io.orrery.sim.check.Linearizability;
import io.orrery.sim.check.LinearizabilityResult;
import io.orrery.sim.check.Op;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Three processes that replicate a key-value store, clients at all of them, each node cut off in turn. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinKvTest {
    private static final int CLIENTS = 6;
    private static final long SUCCESSES_PER_CUT = 100;

    private MaelstromNetwork network;

    @BeforeAll
    void start() {
        network = new MaelstromNetwork(3, 10);
        for (String node : network.nodes()) {
            assertThat(isWritable(node)).as(network.logs()).isTrue();
        }
    }

    @AfterAll
    void stop() {
        try (MaelstromNetwork stopped = network) {
            List<String> offences = stopped.offences();
            String logs = stopped.logs();
            assertThat(stopped.stop()).as(logs).containsOnly(0);
            assertThat(offences).isEmpty();
        }
    }

    @Test
    void operationsOfTheStoreAnswerAsLinKvHasThem() {
        assertThat(code(network.call("n0", request("read")))).isEqualTo(20);
        assertThat(code(network.call("n1", cas(1, 2)))).isEqualTo(20);
        assertThat(network.call("n2", request("write").with("value", 1)).string("type"))
                .isEqualTo("write_ok");
        assertThat(code(network.call("n0", cas(2, 3)))).isEqualTo(22);
        assertThat(network.call("n0", cas(1, 2)).string("type")).isEqualTo("cas_ok");
        assertThat(network.call("n1", request("read")).number("value")).isEqualTo(2);
        Json.Obj creating = Json.object()
                .with("type", "cas")
                .with("key", "absent")
                .with("from", 0)
                .with("to", "made")
                .with("create_if_not_exists", Json.of(true));
        assertThat(network.call("n1", creating).string("type")).isEqualTo("cas_ok");
        assertThat(network.call("n2", Json.object().with("type", "read").with("key", "absent"))
                        .string("value"))
                .isEqualTo("made");
    }

    @Test
    void historyUnderPartitionsIsLinearizable() throws InterruptedException {
        SharedRecorder recorder = new SharedRecorder();
        List<KvClient> clients = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            KvClient client = new KvClient(network, recorder, i, "n" + i % 3);
            clients.add(client);
            threads.add(new Thread(client, "client-" + i));
        }
        threads.forEach(Thread::start);
        for (String cut : network.nodes()) {
            List<String> others = new ArrayList<>(network.nodes());
            others.remove(cut);
            recorder.nemesis("start-partition", cut);
            network.partition(List.of(List.of(cut), others));
            long goal = successes(clients, others) + SUCCESSES_PER_CUT;
            assertThat(Await.until(() -> successes(clients, others) >= goal, 15_000))
                    .as(() -> "the others go on without " + cut + network.logs())
                    .isTrue();
            network.heal();
            recorder.nemesis("stop-partition", cut);
        }
        for (String node : network.nodes()) {
            assertThat(isWritable(node)).as(network.logs()).isTrue();
        }
        clients.forEach(KvClient::stop);
        for (Thread thread : threads) {
            thread.join();
        }
        judge(recorder.history());
    }

    private static void judge(History history) {
        Map<Object, LinearizabilityResult> results =
                Linearizability.checkByKey(new CasRegister(), history, Budget.DEFAULT);
        long unexplained =
                results.values().stream().filter(result -> !result.isValid()).count();
        assertThat(unexplained)
                .as(() -> results + "\nhistory: " + written(history))
                .isZero();
        assertThat(count(history, "read")).isGreaterThan(50);
        assertThat(count(history, "write")).isGreaterThan(50);
        assertThat(count(history, "cas")).isGreaterThan(10);
        assertThat(results).hasSizeGreaterThan(1);
    }

    private static long successes(List<KvClient> clients, List<String> nodes) {
        return clients.stream()
                .filter(client -> nodes.contains(client.node()))
                .mapToLong(KvClient::successes)
                .sum();
    }

    private static long count(History history, String f) {
        return history.calls().stream()
                .filter(call -> call.f().equals(f))
                .map(Call::outcome)
                .filter(Op.Type.OK::equals)
                .count();
    }

    /** Keeps a history that failed where someone can look at it. */
    private static Path written(History history) {
        try {
            return Files.writeString(Files.createTempFile("history-", ".edn"), EdnHistory.text(history));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isWritable(String node) {
        Json.Obj write =
                Json.object().with("type", "write").with("key", "probe").with("value", 0);
        return Await.until(() -> "write_ok".equals(network.call(node, write).string("type")), 10_000);
    }

    private static Json.Obj request(String type) {
        return Json.object().with("type", type).with("key", "k");
    }

    private static Json.Obj cas(long from, long to) {
        return request("cas").with("from", from).with("to", to);
    }

    private static Long code(Json.Obj answer) {
        assertThat(answer.string("type")).isEqualTo("error");
        return answer.number("code");
    }
}
