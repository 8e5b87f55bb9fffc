package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orrery.server.cli.CommandTester;
import io.orrery.server.mqtt.MqttTestClient;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that come and go, by command and by configuration. */
class JoinTest {
    @TempDir
    Path folder;

    @Test
    void twoNodesJoinLeaveAndJoinAgainAsTheSeedDocumentPrintsIt() {
        try (ServerNode s1 = TestNodes.alone("emq@s1.emqx.io", folder.resolve("s1"));
                ServerNode s2 = TestNodes.alone("emq@s2.emqx.io", folder.resolve("s2"))) {
            String both = "Cluster status: [{running_nodes,['emq@s1.emqx.io','emq@s2.emqx.io']}]\n";
            CommandTester at2 = command(s2);
            assertThat(at2.run("cluster", "join", s1.clusterAddress().toString()))
                    .as(at2.err())
                    .isZero();
            assertThat(at2.out()).isEqualTo("Join the cluster successfully.\n" + both);
            assertThat(folder.resolve("s2").resolve("raft.before-join-1")).isDirectory();
            requireStatus(s1, both);
            int twice = at2.run("cluster", "join", s1.clusterAddress().toString());
            assertThat(twice).as("joining twice is no harm: " + at2.err()).isZero();
            requireDelivery(s1, s2);

            assertThat(at2.run("cluster", "leave")).as(at2.err()).isZero();
            assertThat(at2.out())
                    .isEqualTo("Leave the cluster successfully.\n"
                            + "Cluster status: [{running_nodes,['emq@s2.emqx.io']}]\n");
            requireStatus(s1, "Cluster status: [{running_nodes,['emq@s1.emqx.io']}]\n");
            assertThat(at2.run("cluster", "leave")).isEqualTo(ExitCode.REFUSED);
            assertThat(at2.err()).contains("in no cluster with others");

            assertThat(at2.run("cluster", "join", s1.clusterAddress().toString()))
                    .as(at2.err())
                    .isZero();
            requireStatus(s1, both);
        }
    }

    @Test
    void namespacesStayInTheClusterThatAddedThem() {
        try (ServerNode first = TestNodes.alone("a@x", folder.resolve("a"));
                ServerNode second = TestNodes.alone("b@x", folder.resolve("b"))) {
            CommandTester at1 = command(first);
            CommandTester at2 = command(second);
            assertThat(at1.run("namespace", "add", "of-the-first")).isZero();
            assertThat(at2.run("namespace", "add", "of-the-second")).isZero();
            assertThat(at2.run("cluster", "join", first.clusterAddress().toString()))
                    .as(at2.err())
                    .isZero();
            requireNamespaces(at2, "of-the-first", "of-the-second");
            assertThat(at2.run("check", "converged", "--wait", "20s")).isZero();
            requireNamespaces(at1, "of-the-first", "of-the-second");
            assertThat(folder.resolve("b").resolve("raft.before-join-1").resolve("registry"))
                    .isDirectory();

            assertThat(at1.run("namespace", "add", "of-both")).isZero();
            requireNamespaces(at2, "of-both", "of-the-second");
            assertThat(at2.run("cluster", "leave")).as(at2.err()).isZero();
            assertThat(at2.run("namespace", "add", "of-the-second-again")).isZero();
            requireNamespaces(at2, "of-the-second-again", "of-the-first");
        }
    }

    private static void requireNamespaces(CommandTester at, String there, String notThere) {
        TestNodes.await(
                "namespace " + there,
                () -> at.run("get", "namespaces") == 0
                        && at.out().contains(there)
                        && !at.out().contains(notThere));
    }

    private static void requireStatus(ServerNode node, String expected) {
        CommandTester command = command(node);
        TestNodes.await(
                expected,
                () -> command.run("cluster", "status") == 0 && command.out().equals(expected));
    }

    private static void requireDelivery(ServerNode from, ServerNode to) {
        try (MqttTestClient subscriber =
                        MqttTestClient.connected(to.mqttAddress().port(), 5, "sub");
                MqttTestClient publisher =
                        MqttTestClient.connected(from.mqttAddress().port(), 5, "pub")) {
            subscriber.subscribe("across", 1);
            CommandTester command = command(from);
            TestNodes.await(
                    "the route",
                    () -> command.run("get", "routes") == 0 && command.out().contains("across"));
            publisher.publishAcknowledged("across", "yes", 1);
            assertThat(subscriber.message()).isEqualTo("across=yes");
        }
    }

    @Test
    void nodeThatWasConfiguredToJoinFindsItsClusterAgainWithoutThatFlag() {
        try (ServerNode first = TestNodes.alone("a@x", folder.resolve("a"))) {
            String address = first.clusterAddress().toString();
            ServerNode second =
                    TestNodes.ready(TestNodes.start(TestNodes.config("b@x", folder.resolve("b"), "join=" + address)));
            requireStatus(second, "Cluster status: [{running_nodes,['a@x','b@x']}]\n");
            TestNodes.await(
                    "it notes where the other is", () -> !second.home().peers().isEmpty());
            second.close();
            TestNodes.await("the other sees it stop", () -> first.runningNodes().size() == 1);
            requireStatus(first, "Cluster status: [{running_nodes,['a@x']},{stopped_nodes,['b@x']}]\n");
            try (ServerNode again = TestNodes.ready(TestNodes.start(TestNodes.config("b@x", folder.resolve("b"))))) {
                requireStatus(again, "Cluster status: [{running_nodes,['a@x','b@x']}]\n");
            }
        }
    }

    @Test
    void stoppedNodeIsRemovedAndARunningOneIsNot() {
        try (DevCluster cluster = TestNodes.cluster(3, folder)) {
            CommandTester at1 = command(cluster.nodes().get(0));
            TestNodes.await(
                    "all are registered",
                    () -> at1.run("cluster", "dump") == 0 && at1.out().contains("node3"));
            assertThat(at1.run("cluster", "remove", "node3")).isEqualTo(ExitCode.REFUSED);
            assertThat(at1.err()).contains("is running");
            assertThat(at1.run("cluster", "remove", "node9")).isEqualTo(ExitCode.USAGE);
            assertThat(at1.run("cluster", "remove", "node1")).isEqualTo(ExitCode.REFUSED);
            cluster.kill(2);
            TestNodes.await(
                    "node3 counts as stopped",
                    () -> at1.run("cluster", "status") == 0 && at1.out().contains("stopped_nodes,['node3']"));
            assertThat(at1.run("cluster", "remove", "node3")).as(at1.err()).isZero();
            assertThat(at1.out())
                    .isEqualTo("Remove the node from cluster successfully.\n"
                            + "Cluster status: [{running_nodes,['node1','node2']}]\n");
        }
    }

    @Test
    void nodeWithAnotherCookieOrClusterNameIsTurnedAwayWithOneClearProblem() {
        try (ServerNode first = TestNodes.alone("a@x", folder.resolve("a"), "cookie=right")) {
            String address = first.clusterAddress().toString();
            assertThat(refusal("b@x", "join=" + address, "cookie=wrong")).contains("the cookies differ");
            assertThat(refusal("c@x", "join=" + address, "cookie=right", "cluster.name=other"))
                    .contains("a cluster of another name");
            try (ServerNode other = TestNodes.alone("d@x", folder.resolve("d"), "cookie=wrong")) {
                CommandTester command = command(other);
                assertThat(command.run("cluster", "join", address)).isEqualTo(ExitCode.REFUSED);
                assertThat(command.err()).contains("the cookies differ").doesNotContain("\tat ");
                assertThat(command.run("cluster", "join", other.clusterAddress().toString()))
                        .isEqualTo(ExitCode.REFUSED);
                assertThat(command.err()).contains("cannot join itself");
                assertThat(command.run("cluster", "join", "x@127.0.0.1:1")).isEqualTo(ExitCode.UNREACHABLE);
                assertThat(command.run("cluster", "join", "host:port")).isEqualTo(ExitCode.USAGE);
                assertThat(other.whyNotReady()).as("nothing has changed").isEmpty();
            }
            assertThat(first.runningNodes()).hasSize(1);
        }
    }

    private String refusal(String name, String... settings) {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> TestNodes.start(TestNodes.config(name, folder.resolve(name), settings)));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.problems()).hasSize(1);
        return refused.text();
    }

    @Test
    void clustersOfSeveralAreNeverMerged() {
        try (DevCluster two = TestNodes.cluster(2, folder.resolve("two"));
                ServerNode alone = TestNodes.alone("alone", folder.resolve("alone"))) {
            CommandTester command = command(two.nodes().get(0));
            TestNodes.await(
                    "both are registered",
                    () -> command.run("cluster", "dump") == 0 && command.out().contains("node2"));
            assertThat(command.run("cluster", "join", alone.clusterAddress().toString()))
                    .isEqualTo(ExitCode.REFUSED);
            assertThat(command.err()).contains("never merged").contains("orrery cluster leave");
        }
    }

    private static CommandTester command(ServerNode node) {
        return new CommandTester(Map.of("ORRERY_API", node.adminAddress().toString()));
    }
}
