package io.orrery.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orrery.gossip.GossipConfig;
import io.orrery.kernel.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of docs/GOSSIP-LIVE.md, by many nodes over loopback: takes minutes, and is skipped unless {@code -Dlive.nodes}
 * says how many. {@code server/src/test/scripts/gossip-live.sh} runs it, and lists the other properties.
 */
class LiveFiguresTest {
    @TempDir
    Path folder;

    @Test
    void manyNodesConvergeAfterStartKillsPausesAndLoss() throws IOException, InterruptedException {
        int nodes = Integer.getInteger("live.nodes", 0);
        assumeTrue(nodes > 0, "skipped: it takes minutes; server/src/test/scripts/gossip-live.sh runs it");
        boolean isFast = System.getProperty("live.timing", "lan").equals("fast");
        GossipConfig config = isFast ? GossipConfig.fast("live") : GossipConfig.lan("live");
        LossyTransport.Rate rate = new LossyTransport.Rate();
        try (LiveCluster cluster =
                new LiveCluster(nodes, config, folder, 20, LiveNode.Loss.ofDatagrams(rate), Time.seconds(180))) {
            LiveFigures figures = new LiveFigures(cluster, LiveNetwork.of(rate));
            figures.start();
            figures.idle(Integer.getInteger("live.idle", 20));
            figures.kill(Integer.getInteger("live.kills", 5), Integer.getInteger("live.rounds", 5));
            figures.pause(
                    Integer.getInteger("live.kills", 5),
                    Integer.getInteger("live.pause", 10),
                    Integer.getInteger("live.rounds", 5));
            figures.lose(Integer.getInteger("live.loss", 200_000), Integer.getInteger("live.hold", 60));
            List<String> falseDeaths = figures.falseDeaths();
            figures.restartAll(Integer.getInteger("live.rounds", 5));
            System.out.println(figures.text());
            assertThat(falseDeaths)
                    .as("deaths of nodes that were up and not paused")
                    .isEmpty();
        }
    }
}
