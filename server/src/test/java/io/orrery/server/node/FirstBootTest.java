package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.ClusterId;
import io.orrery.server.cli.CommandTester;
import io.orrery.server.config.Config;
import io.orrery.server.discovery.InMemoryDiscovery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstBootTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);
    private static final int PORTS_END = 32_000;
    private static int nextPort = 20_000 + (int) (ProcessHandle.current().pid() % 10_000);

    @TempDir
    private Path directory;

    @Test
    void nodesThatStartTogetherFormOneClusterAndALaterOneJoinsIt() throws Exception {
        String ports = ports(4);
        try (Nodes nodes = new Nodes()) {
            nodes.start("a", ports, 0, "cluster.expect=3");
            assertThat(nodes.status(0)).contains("1 of 3 expected nodes seen [a]: waiting for 2 more");
            nodes.start("b", ports, 1, "cluster.expect=3");
            nodes.start("c", ports, 2, "cluster.expect=3");
            nodes.awaitReady(3);
            nodes.start("d", ports, 3, "cluster.expect=3");
            nodes.awaitReady(4);
            assertThat(nodes.ids()).hasSize(1).doesNotContain(ClusterId.NONE);
            int members = nodes.all
                    .get(3)
                    .ask(broker -> broker.group().configuration().members().size());
            assertThat(members).isEqualTo(4);
            assertThat(nodes.init(0)).contains("a node that has data never forms another");
        }
    }

    @Test
    void nodesThatOnlyJoinWaitUntilOneOfThemIsToldToFormACluster() throws Exception {
        String ports = ports(2);
        try (Nodes nodes = new Nodes()) {
            nodes.start("a", ports, 0);
            nodes.start("b", ports, 1);
            assertThat(nodes.status(0)).contains("orrery cluster init");
            assertThat(nodes.init(0)).contains("Form the cluster successfully.");
            nodes.awaitReady(2);
            assertThat(nodes.ids()).hasSize(1).doesNotContain(ClusterId.NONE);
            assertThat(nodes.status(1)).contains("id " + nodes.ids().first());
        }
    }

    @Test
    void nodeOnAnEmptyDirectoryIsTakenBackAndItsClusterKeepsItsId() throws Exception {
        String ports = ports(3);
        try (Nodes nodes = new Nodes()) {
            for (int i = 0; i < 3; i++) {
                nodes.start("n" + i, ports, i, "cluster.expect=3");
            }
            nodes.awaitReady(3);
            ClusterId id = nodes.ids().first();
            nodes.all.remove(2).close(false);
            nodes.generation++;
            nodes.start("n2", ports, 2, "cluster.expect=3");
            nodes.awaitReady(3);
            assertThat(nodes.ids()).containsExactly(id);
        }
    }

    /**
     * Below those that the system gives to connections: a node that looks for one that has not started yet would else now and
     * then be given the very port that it calls, and keep it.
     */
    private static String ports(int count) throws Exception {
        List<String> ports = new ArrayList<>();
        for (int port = nextPort; ports.size() < count; port++) {
            assertThat(port).as("ports are free").isLessThan(PORTS_END);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                ports.add("127.0.0.1:" + free.getLocalPort());
            } catch (IOException taken) {
                // Somebody else's: the next one.
            }
            nextPort = port + 1;
        }
        return String.join(",", ports);
    }

    private final class Nodes implements AutoCloseable {
        private final List<ServerNode> all = new ArrayList<>();
        private int generation;

        void start(String name, String ports, int index, String... more) {
            String port = ports.split(",", -1)[index];
            List<String> flags = new ArrayList<>(
                    List.of("cluster.join=" + ports, "cluster.port=" + port.substring(port.indexOf(':') + 1)));
            flags.addAll(List.of(more));
            Config config = TestNodes.config(name, directory.resolve(name + generation), flags.toArray(String[]::new));
            all.add(new ServerNode(config, new InMemoryDiscovery(), why -> {}).start());
        }

        void awaitReady(int members) {
            boolean isReady = Waiting.maybe(
                    () -> all.stream()
                            .allMatch(node -> node.whyNotReady().isEmpty()
                                    && node.runningNodes().size() == members),
                    PATIENCE_NANOS);
            assertThat(isReady)
                    .as(() -> all.stream().map(ServerNode::whyNotReady).toList().toString())
                    .isTrue();
        }

        TreeSet<ClusterId> ids() {
            TreeSet<ClusterId> ids = new TreeSet<>();
            all.forEach(node -> ids.add(node.ask(broker -> broker.membership().clusterId())));
            return ids;
        }

        String status(int index) {
            return said(index, "status");
        }

        String init(int index) {
            return said(index, "init");
        }

        private String said(int index, String word) {
            CommandTester command = new CommandTester(
                    Map.of("ORRERY_API", all.get(index).adminAddress().toString()));
            command.run("cluster", word);
            return command.out() + command.err();
        }

        @Override
        public void close() {
            all.forEach(node -> node.close(false));
        }
    }
}
