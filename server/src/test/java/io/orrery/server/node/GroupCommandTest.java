package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.cli.CommandTester;
import io.orrery.server.json.Json;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code get groups} and {@code describe group} on three nodes, and a leader that stops. */
class GroupCommandTest {
    @TempDir
    static Path folder;

    @Test
    void groupsAreShownWithReasonsAStoppingLeaderHandsOverFirstAndALastNodeIsRecovered() throws Exception {
        try (DevCluster cluster = TestNodes.cluster(3, folder)) {
            int leader = leader(cluster);
            String table = command(cluster, leader, "get", "groups");
            assertThat(table.lines().findFirst().orElseThrow()).contains("STATE", "LAG", "VOTERS");
            assertThat(table).contains("LEADER", "node1,node2,node3");

            String text = command(cluster, leader, "describe", "group", "0");
            assertThat(text)
                    .contains("State: LEADER", "Configuration: entry 1, committed", "Voters: node1,node2,node3");
            assertThat(text).contains("Disk: answers").doesNotContain("Votes: not", "State machine:");
            assertThat(text).contains("REPLICATE").containsPattern("ROLE +become-leader +term=");
            Json json = Json.parse(command(cluster, leader, "describe", "group", "0", "-o", "json"));
            assertThat(json.at("configuration").truth("joint")).isFalse();
            assertThat(json.list("peers")).hasSize(2).allMatch(peer -> peer.number("matchIndex") > 0);
            assertThat(json.list("events")).isNotEmpty();
            assertThat(command(cluster, leader, "describe", "group", "0", "-o", "yaml"))
                    .contains("configuration:", "what: become-leader");
            int follower = (leader + 1) % 3;
            assertThat(command(cluster, follower, "describe", "group", "0")).contains("Peers: known to the leader");

            CommandTester unknown = tester(cluster, leader);
            assertThat(unknown.run("describe", "group", "7")).isNotZero();
            assertThat(unknown.err()).contains("no group of this node is called 7");

            long term = term(cluster, follower);
            AtomicBoolean stopped = new AtomicBoolean();
            Thread stopper = new Thread(() -> {
                cluster.nodes().get(leader).close();
                stopped.set(true);
            });
            stopper.start();
            TestNodes.await("another leads", () -> term(cluster, follower) > term);
            stopper.join();
            assertThat(stopped).isTrue();
            String events = command(cluster, leader(cluster, leader), "describe", "group", "0");
            assertThat(events).as("it was asked, and waited for no timeout").contains("asked by node");
            assertARestIsRecovered(cluster, leader(cluster, leader), 3 - leader - leader(cluster, leader));
        }
    }

    /** Of three nodes one has stopped; now another is lost, and the last goes on alone. */
    private static void assertARestIsRecovered(DevCluster cluster, int lost, int last) {
        String name = cluster.nodes().get(last).name().name();
        CommandTester tester = tester(cluster, last);
        assertThat(tester.run("group", "recover", "0", "--voters", name)).isEqualTo(2);
        assertThat(tester.err()).contains("--yes");
        assertThat(tester.run("group", "recover", "0", "--voters", name, "--yes"))
                .isEqualTo(4);
        assertThat(tester.err()).contains("nothing was changed", "there is a leader");

        cluster.nodes().get(lost).close(false);
        TestNodes.await(
                "the leader is missed",
                () -> command(cluster, last, "describe", "group", "0").contains("Leader: -"));
        assertThat(command(cluster, last, "group", "recover", "0", "--voters", name, "--yes"))
                .contains("Recovered: forced voters [" + name + "]", "Remove the directories");
        TestNodes.await(
                "it leads",
                () -> command(cluster, last, "describe", "group", "0").contains("State: LEADER"));
        assertThat(command(cluster, last, "describe", "group", "0")).contains("forced by an operator");
    }

    private static int leader(DevCluster cluster) {
        return leader(cluster, -1);
    }

    private static int leader(DevCluster cluster, int without) {
        int[] found = {-1};
        TestNodes.await("a leader", () -> {
            for (int i = 0; i < 3; i++) {
                boolean leads = i != without
                        && command(cluster, i, "describe", "group", "0").contains("State: LEADER");
                found[0] = leads ? i : found[0];
            }
            return found[0] >= 0;
        });
        return found[0];
    }

    private static long term(DevCluster cluster, int node) {
        return Json.parse(command(cluster, node, "describe", "group", "0", "-o", "json"))
                .number("term");
    }

    private static CommandTester tester(DevCluster cluster, int node) {
        return new CommandTester(
                Map.of("ORRERY_API", cluster.nodes().get(node).adminAddress().toString()));
    }

    private static String command(DevCluster cluster, int node, String... words) {
        CommandTester tester = tester(cluster, node);
        assertThat(tester.run(words)).as(tester.err()).isZero();
        return tester.out();
    }
}
