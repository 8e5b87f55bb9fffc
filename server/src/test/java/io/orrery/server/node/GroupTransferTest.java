package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.server.cli.CommandTester;
import io.orrery.server.config.Config;
import io.orrery.server.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code orrery group transfer} on nodes that run. */
class GroupTransferTest {
    @TempDir
    static Path folder;

    @Test
    void leadershipGoesToTheNamedVoterOrTheFittestAndAnyNodeSaysWhomToAsk() {
        try (DevCluster cluster = TestNodes.cluster(3, folder.resolve("moved"))) {
            int leader = leader(cluster);
            int next = (leader + 1) % 3;
            long term = term(cluster, leader);

            CommandTester asked = tester(cluster, next);
            assertThat(asked.run("group", "transfer", "0", "--to", name(cluster, next)))
                    .isEqualTo(4);
            String command = "orrery group transfer 0 --to " + name(cluster, next) + " --api http://"
                    + cluster.nodes().get(leader).adminAddress();
            assertThat(asked.err()).contains(name(cluster, leader) + " leads it, in term " + term, command);
            assertThat(asked.err()).contains("nothing was changed");
            refuses(cluster, next, name(cluster, leader), 4, name(cluster, leader) + " is the leader already");

            CommandTester there = new CommandTester(Map.of());
            assertThat(there.run(command.substring("orrery ".length()).split(" ")))
                    .as(there.err())
                    .isZero();
            assertThat(there.out())
                    .matches(name(cluster, next) + " leads group 0 now, in term " + (term + 1)
                            + "; it took \\d+ ms\\s*");
            assertThat(leader(cluster)).isEqualTo(next);

            CommandTester fittest = tester(cluster, next);
            assertThat(fittest.run("group", "transfer", "0", "-o", "json"))
                    .as(fittest.err())
                    .isZero();
            Json json = Json.parse(fittest.out());
            assertThat(json.text("from")).isEqualTo(name(cluster, next));
            assertThat(json.text("leader")).isEqualTo(name(cluster, leader(cluster)));
            assertThat(json.number("term")).isEqualTo(term + 2);
            assertThat(json.number("millis")).isBetween(0L, 10_000L);
        }
    }

    @Test
    void whoCannotLeadIsNamedWithTheReasonAndTheLeaderGoesOn() {
        SplitWire wire = new SplitWire();
        try (DevCluster cluster = TestNodes.cluster(3, folder.resolve("refused"), wire::of)) {
            int leader = leader(cluster);
            int cut = (leader + 1) % 3;
            long term = term(cluster, leader);
            refuses(cluster, leader, name(cluster, leader), 4, "is the leader already");
            refuses(cluster, leader, "node7", 2, "no node that " + name(cluster, leader) + " knows is called node7");
            CommandTester unknown = tester(cluster, leader);
            assertThat(unknown.run("group", "transfer", "7")).isEqualTo(2);
            assertThat(unknown.err()).contains("no group of this node is called 7");

            wire.cutOff(NodeId.of(name(cluster, cut)));
            refuses(cluster, leader, name(cluster, cut), 4, name(cluster, cut));
            TestNodes.await("it was not heard from for long", () -> {
                CommandTester tester = tester(cluster, leader);
                assertThat(tester.run("group", "transfer", "0", "--to", name(cluster, cut)))
                        .isEqualTo(4);
                return tester.err().contains("has not been heard from for");
            });
            TestNodes.await("the one that was cut off hears no leader", () -> {
                CommandTester tester = tester(cluster, cut);
                assertThat(tester.run("group", "transfer", "0")).isEqualTo(4);
                return tester.err().contains("it has no leader that " + name(cluster, cut) + " hears");
            });
            assertThat(leader(cluster)).isEqualTo(leader);
            assertThat(term(cluster, leader)).as("nobody took over").isEqualTo(term);
        }
    }

    @Test
    void whoIsHandedLeadershipAndIsToYieldByItsPriorityIsHandedItWithAWarning() {
        List<Config> configs = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            String name = "node" + i;
            Path directory = folder.resolve("priority").resolve(name);
            configs.add(TestNodes.config(name, directory, "raft.priority=" + (i == 1 ? 90 : 50)));
        }
        try (DevCluster cluster = new DevCluster(configs, (node, why) -> {}).start()) {
            TestNodes.await("whole", () -> cluster.whyNotReady().isEmpty());
            TestNodes.await("the first leads", () -> leader(cluster) == 0);
            CommandTester tester = tester(cluster, 0);
            assertThat(tester.run("group", "transfer", "0", "--to", "node2"))
                    .as(tester.err())
                    .isZero();
            assertThat(tester.out())
                    .contains(
                            "node2 leads group 0 now",
                            "node1 has a clearly higher raft.priority, and takes over again");
        }
    }

    private static void refuses(DevCluster cluster, int asked, String to, int code, String words) {
        CommandTester tester = tester(cluster, asked);
        assertThat(tester.run("group", "transfer", "0", "--to", to)).isEqualTo(code);
        assertThat(tester.err()).contains(words);
        assertThat(tester.out()).isEmpty();
    }

    private static int leader(DevCluster cluster) {
        int[] found = {-1};
        TestNodes.await("a leader", () -> {
            for (int i = 0; i < 3; i++) {
                found[0] = "LEADER".equals(group(cluster, i).text("state")) ? i : found[0];
            }
            return found[0] >= 0;
        });
        return found[0];
    }

    private static long term(DevCluster cluster, int node) {
        return group(cluster, node).number("term");
    }

    private static Json group(DevCluster cluster, int node) {
        CommandTester tester = tester(cluster, node);
        assertThat(tester.run("describe", "group", "0", "-o", "json"))
                .as(tester.err())
                .isZero();
        return Json.parse(tester.out());
    }

    private static String name(DevCluster cluster, int node) {
        return cluster.nodes().get(node).name().name();
    }

    private static CommandTester tester(DevCluster cluster, int node) {
        return new CommandTester(
                Map.of("ORRERY_API", cluster.nodes().get(node).adminAddress().toString()));
    }
}
