package io.orrery.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.config.ProbeConfig;
import io.orrery.kernel.Time;
import io.orrery.server.live.LiveNode.Loss;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gossip over real TCP and UDP on loopback; {@link LiveFiguresTest} is the same with fifty nodes and figures. */
class LiveGossipTest {
    private static final long PATIENCE_NANOS = Time.seconds(30);

    @TempDir
    Path folder;

    @Test
    void killedNodesAreDeadToAllTheirRowsAreGoneAndTheyReturn() {
        try (LiveCluster cluster =
                new LiveCluster(8, GossipConfig.fast("live"), folder, 3, Loss.NONE, PATIENCE_NANOS)) {
            cluster.start();
            cluster.awaitAllAlive();
            cluster.awaitEqualRows();
            List<LiveNode> killed = List.of(cluster.node(0), cluster.node(5));
            killed.forEach(LiveNode::kill);
            cluster.awaitDead(killed);
            assertThat(cluster.sum(program -> program.log().owners().stream()
                            .filter(owner -> !program.log().isAside(owner))
                            .count()))
                    .as("of six nodes each holds the rows of five others")
                    .isEqualTo(6 * 5);
            cluster.start();
            cluster.awaitAllAlive();
            cluster.awaitEqualRows();
        }
    }

    @Test
    void lossOfEveryDatagramForTwentyPeriodsKillsNobody() {
        GossipConfig config =
                GossipConfig.fast("live").with(ProbeConfig.lan().withPeriod(Time.millis(250), Time.millis(125)));
        LossyTransport.Rate rate = new LossyTransport.Rate();
        try (LiveCluster cluster = new LiveCluster(5, config, folder, 1, Loss.ofDatagrams(rate), PATIENCE_NANOS)) {
            cluster.start();
            cluster.awaitAllAlive();
            rate.set(1_000_000);
            long probes = cluster.sum(program -> program.membership().counters().of(Counter.PROBES));
            cluster.await(
                    "twenty periods",
                    () -> cluster.sum(program -> program.membership().counters().of(Counter.PROBES)) < probes + 20 * 5
                            ? "they take longer"
                            : "");
            assertThat(rate.lost()).isPositive();
            assertThat(cluster.sum(program -> program.membership().counters().of(Counter.PROBES_SAVED_BY_STREAM)))
                    .isPositive();
            assertThat(cluster.falseDeaths(new TreeSet<>())).isEmpty();
            rate.set(0);
            cluster.awaitAllAlive();
            cluster.awaitEqualRows();
        }
    }
}
