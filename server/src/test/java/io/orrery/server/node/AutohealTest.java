package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A split of real nodes, over real sockets. */
class AutohealTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    @TempDir
    Path folder;

    @Test
    void nodeThatWasCutOffStartsAnewWhenItIsBackAndTheOthersDoNot() {
        SplitWire wire = new SplitWire();
        try (DevCluster cluster = TestNodes.cluster(3, folder, wire::of, "cluster.autoheal=restart-minority")) {
            List<RunningNode> before = running(cluster);
            wire.cutOff(cluster.nodes().get(0).name());
            TestNodes.await(
                    "each side takes the other for dead",
                    () -> cluster.nodes().get(0).runningNodes().size() == 1
                            && cluster.nodes().get(1).runningNodes().size() == 2
                            && cluster.nodes().get(2).runningNodes().size() == 2);
            wire.heal();
            boolean isAnew = Waiting.maybe(() -> cluster.nodes().get(0).running() != before.get(0), PATIENCE_NANOS);
            assertThat(isAnew).as(() -> views(cluster)).isTrue();
            TestNodes.await("the cluster is whole", () -> isReady(cluster));
            assertThat(running(cluster).subList(1, 3)).isEqualTo(before.subList(1, 3));
        }
    }

    private static String views(DevCluster cluster) {
        StringBuilder views = new StringBuilder("the minority starts anew: ");
        for (ServerNode node : cluster.nodes()) {
            String view = node.ask(broker -> broker.membership().members().values() + ", leader "
                    + broker.group().leader() + ", decided "
                    + broker.clusterState().heal() + "; ");
            views.append(view);
        }
        return views.toString();
    }

    private static boolean isReady(DevCluster cluster) {
        try {
            return cluster.whyNotReady().isEmpty();
        } catch (RuntimeException between) {
            return false;
        }
    }

    private static List<RunningNode> running(DevCluster cluster) {
        List<RunningNode> running = new ArrayList<>();
        cluster.nodes().forEach(node -> running.add(node.running()));
        return running;
    }
}
