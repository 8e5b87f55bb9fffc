package io.orrery.jepsen.maelstrom;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.jepsen.json.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Five processes, what spreads by gossip, and partitions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BroadcastTest {
    private static final List<List<String>> HALVES = List.of(List.of("n0", "n1"), List.of("n2", "n3", "n4"));
    private static final long CONVERGENCE_MILLIS = 15_000;

    private MaelstromNetwork network;

    @BeforeAll
    void start() {
        network = new MaelstromNetwork(5, 10, "--fast-probes", "--trace");
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
    void everyValueReachesEveryNodeInSpiteOfAPartition() {
        for (String node : network.nodes()) {
            ok(node, request("topology").with("topology", Json.object()));
        }
        broadcast(0, 20);
        everywhere(node -> messages(node).equals(numbers(20)));
        network.partition(HALVES);
        broadcast(20, 60);
        // Values cross within a side, and only there.
        Set<Long> left = numbersAt(60, 0, 1);
        Set<Long> right = numbersAt(60, 2, 3, 4);
        everywhere(node -> messages(node).equals(node.equals("n0") || node.equals("n1") ? left : right));
        network.heal();
        broadcast(60, 70);
        everywhere(node -> messages(node).equals(numbers(70)));
    }

    @Test
    void setsAndCountersConvergeThoughEachSideTookTheOtherForDead() {
        network.partition(HALVES);
        for (int i = 0; i < 5; i++) {
            ok("n" + i, request("add").with("element", Json.of(List.of(Json.of(i), Json.of("x")))));
        }
        everywhere(node -> sizeOfSet(node) == (node.equals("n0") || node.equals("n1") ? 2 : 3));
        network.heal();
        everywhere(node -> sizeOfSet(node) == 5);

        network.partition(HALVES);
        for (int i = 0; i < 50; i++) {
            ok("n" + i % 5, request("add").with("delta", i % 5 == 0 ? -i : i));
        }
        // A partition as long as it takes each side to give the other up.
        everywhere(this::holdsTheOtherSideForDead);
        assertThat(sum("n0")).isEqualTo(partialSum(0, 1));
        assertThat(sum("n4")).isEqualTo(partialSum(2, 3, 4));
        network.heal();
        everywhere(node -> Long.valueOf(partialSum(0, 1, 2, 3, 4)).equals(sum(node)));
    }

    private boolean holdsTheOtherSideForDead(String node) {
        for (List<String> side : HALVES) {
            for (String other : side) {
                if (!side.contains(node) && !network.log(node).contains("member " + other + " DEAD")) {
                    return false;
                }
            }
        }
        return true;
    }

    private Long sum(String node) {
        return network.call(node, request("read")).number("value");
    }

    /** What was added at some of the nodes. */
    private static long partialSum(Integer... nodes) {
        long sum = 0;
        for (int i = 0; i < 50; i++) {
            sum += !List.of(nodes).contains(i % 5) ? 0 : i % 5 == 0 ? -i : i;
        }
        return sum;
    }

    private void broadcast(int from, int to) {
        for (int i = from; i < to; i++) {
            ok("n" + i % 5, request("broadcast").with("message", i));
        }
    }

    private void everywhere(Predicate<String> condition) {
        boolean held = Await.until(() -> network.nodes().stream().allMatch(condition), CONVERGENCE_MILLIS);
        assertThat(held)
                .as(() -> "the nodes hold "
                        + network.nodes().stream().map(this::read).toList() + network.logs())
                .isTrue();
    }

    private Json read(String node) {
        return network.call(node, request("read"));
    }

    private Set<Long> messages(String node) {
        Set<Long> messages = new TreeSet<>();
        if (network.call(node, request("read")).member("messages") instanceof Json.Arr array) {
            for (Json item : array.items()) {
                assertThat(messages.add(((Json.Num) item).asLong())).isTrue();
            }
        }
        return messages;
    }

    private int sizeOfSet(String node) {
        Json value = network.call(node, request("read")).member("value");
        return value instanceof Json.Arr array ? array.items().size() : -1;
    }

    /** All numbers below 20, and those up to {@code end} that were given to the nodes of one side. */
    private static Set<Long> numbersAt(int end, Integer... nodes) {
        Set<Long> numbers = numbers(20);
        for (int i = 20; i < end; i++) {
            if (List.of(nodes).contains(i % 5)) {
                numbers.add((long) i);
            }
        }
        return numbers;
    }

    private static Set<Long> numbers(int end) {
        Set<Long> numbers = new TreeSet<>();
        for (long i = 0; i < end; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private void ok(String node, Json.Obj request) {
        assertThat(network.call(node, request).string("type")).isEqualTo(request.string("type") + "_ok");
    }

    private static Json.Obj request(String type) {
        return Json.object().with("type", type);
    }
}
