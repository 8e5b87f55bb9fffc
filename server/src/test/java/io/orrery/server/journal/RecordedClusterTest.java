package io.orrery.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.journal.JournalEnd.Why;
import io.orrery.server.cli.CommandTester;
import io.orrery.server.config.Config;
import io.orrery.server.mqtt.MqttTestClient;
import io.orrery.server.node.DevCluster;
import io.orrery.server.node.ServerNode;
import io.orrery.server.node.TestNodes;
import io.orrery.sim.journal.ReplayWatcher;
import io.orrery.sim.journal.Replayed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real nodes over TCP, recorded under load; each lives through it again alone. */
class RecordedClusterTest {
    private static final int MESSAGES = 2_500;

    @TempDir
    Path folder;

    private Config config(int number) {
        String name = "node" + number;
        return TestNodes.config(name, folder.resolve(name), "record.file=" + journal(number));
    }

    private Path journal(int number) {
        return folder.resolve("node" + number + ".journal");
    }

    private DevCluster start() {
        DevCluster cluster = new DevCluster(List.of(config(1), config(2), config(3)), (node, why) -> {}).start();
        assertThat(cluster.awaitReady(TimeUnit.SECONDS.toNanos(20)))
                .as(cluster.whyNotReady())
                .isTrue();
        return cluster;
    }

    private static MqttTestClient client(DevCluster cluster, int index, int version, String id) {
        return MqttTestClient.connected(cluster.nodes().get(index).mqttAddress().port(), version, id);
    }

    /** Subscribers on all nodes, a publisher on each in turn, clients that come and go, one that is taken over. */
    private static void load(DevCluster cluster, int messages) {
        List<MqttTestClient> subscribers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            MqttTestClient subscriber = client(cluster, i, 4 + i % 2, "sub" + i);
            subscriber.subscribe("load/+/" + i, 1);
            subscribers.add(subscriber);
        }
        TestNodes.await("routes everywhere", () -> cluster.nodes().stream().allMatch(node -> node.routeCount() == 3));
        int[] expected = new int[3];
        try (MqttTestClient publisher = client(cluster, 0, 5, "pub")) {
            for (int i = 0; i < messages; i++) {
                if (i % 2 == 0) {
                    publisher.publish("load/x/" + i % 3, "message " + i, 0, 0);
                } else {
                    publisher.publishAcknowledged("load/x/" + i % 3, "message " + i, i);
                }
                expected[i % 3]++;
                if (i % 50 == 49) {
                    try (MqttTestClient guest = client(cluster, i / 50 % 3, 5, "guest" + i % 4)) {
                        guest.subscribe("guest/#", 0);
                        guest.publish("load/guest/" + i % 3, "by a guest", 0, 0);
                        expected[i % 3]++;
                    }
                }
            }
            for (int i = 0; i < 3; i++) {
                for (int n = 0; n < expected[i]; n++) {
                    assertThat(subscribers.get(i).message()).startsWith("load/");
                }
            }
        } finally {
            subscribers.forEach(MqttTestClient::close);
        }
    }

    private Replayed replay(int number) {
        return JournalReplay.run(journal(number), Long.MAX_VALUE, ReplayWatcher.NONE)
                .result();
    }

    @Test
    void eachNodeOfAClusterUnderLoadReplaysWithItsHashAndStateAtEveryCheckpointAndAtTheEnd() {
        try (DevCluster cluster = start()) {
            load(cluster, MESSAGES);
            cluster.nodes().forEach(ServerNode::close);
        }
        long checkpoints = 0;
        for (int i = 1; i <= 3; i++) {
            Replayed replayed = replay(i);
            assertThat(replayed.divergence()).as("node" + i).isNull();
            assertThat(replayed.end().why()).isEqualTo(Why.STOPPED);
            assertThat(replayed.events()).isGreaterThan(1_024);
            checkpoints += replayed.checkpoints();
        }
        assertThat(checkpoints).isGreaterThan(3);
    }

    @Test
    void nodeThatCrashedAndCameBackFromItsDiskReplaysBothOfItsLives() {
        try (DevCluster cluster = start()) {
            load(cluster, 60);
            cluster.kill(1);
            TestNodes.await(
                    "the others notice",
                    () -> cluster.nodes().get(0).runningNodes().size() == 2);
            cluster.restart(1);
            TestNodes.await("the cluster is whole", () -> cluster.whyNotReady().isEmpty());
            load(cluster, 60);
        }
        for (Path file : List.of(journal(2), Path.of(journal(2) + ".1"), journal(1), journal(3))) {
            Replayed replayed =
                    JournalReplay.run(file, Long.MAX_VALUE, ReplayWatcher.NONE).result();
            assertThat(replayed.divergence()).as(file.toString()).isNull();
            assertThat(replayed.checkpoints()).as(file.toString()).isPositive();
        }
    }

    @Test
    void nodeThatJoinsAndLeavesByCommandBeginsAJournalForEachLifeAndAllOfThemReplay() throws IOException {
        try (ServerNode first = TestNodes.ready(TestNodes.start(config(1)));
                ServerNode second = TestNodes.ready(TestNodes.start(config(2)))) {
            run(second, "cluster", "join", first.clusterAddress().toString());
            TestNodes.await("both run", () -> first.runningNodes().size() == 2);
            run(second, "cluster", "leave");
        }
        List<Path> journals = List.of(journal(1), journal(2), Path.of(journal(2) + ".1"), Path.of(journal(2) + ".2"));
        for (Path file : journals) {
            Replayed replayed =
                    JournalReplay.run(file, Long.MAX_VALUE, ReplayWatcher.NONE).result();
            assertThat(replayed.divergence()).as(file.toString()).isNull();
            assertThat(replayed.end().why()).as(file.toString()).isEqualTo(Why.STOPPED);
        }
        assertThat(Files.exists(Path.of(journal(2) + ".3"))).isFalse();
    }

    @Test
    void leadershipThatAnOperatorMovedMovesAgainInTheReplayOfEachNode() {
        long handedOver = 0;
        try (DevCluster cluster = start()) {
            for (ServerNode node : cluster.nodes()) {
                CommandTester tester = new CommandTester(
                        Map.of("ORRERY_API", node.adminAddress().toString()));
                handedOver += tester.run("group", "transfer", "0") == 0 ? 1 : 0;
            }
        }
        assertThat(handedOver).as("at least the first leader was asked").isPositive();
        for (int i = 1; i <= 3; i++) {
            Replayed replayed = replay(i);
            assertThat(replayed.divergence()).as("node" + i).isNull();
            assertThat(replayed.checkpoints()).as("node" + i).isPositive();
        }
    }

    private static void run(ServerNode node, String... arguments) {
        CommandTester tester =
                new CommandTester(Map.of("ORRERY_API", node.adminAddress().toString()));
        assertThat(tester.run(arguments)).as(tester.err()).isZero();
    }
}
