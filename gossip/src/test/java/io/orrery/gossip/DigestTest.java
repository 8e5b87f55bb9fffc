package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.config.ProbeConfig;
import io.orrery.gossip.config.RumourConfig;
import io.orrery.kernel.Time;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Nodes that hold the same tell each other so in a few bytes, and those that do not exchange the whole. */
class DigestTest {
    private static long sum(Cluster cluster, int nodes, Counter counter) {
        long sum = 0;
        for (int i = 0; i < nodes; i++) {
            sum += cluster.membership(i).counters().of(counter);
        }
        return sum;
    }

    @Test
    void nodesThatHoldTheSameSendNoFullStates() {
        Cluster cluster = new Cluster(6, GossipConfig.fast("test")).add(5);
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        cluster.sim.runFor(Time.seconds(20));
        long syncs = sum(cluster, 5, Counter.SYNCS_STARTED);
        long spared = sum(cluster, 5, Counter.SYNCS_SPARED);
        cluster.sim.runFor(Time.seconds(60));
        assertThat(sum(cluster, 5, Counter.SYNCS_STARTED)).isEqualTo(syncs);
        assertThat(sum(cluster, 5, Counter.SYNCS_SPARED)).isGreaterThan(spared + 40);
    }

    @Test
    void nodeThatNoRumourReachedLearnsByTheDigestThatItIsBehind() {
        GossipConfig mute = GossipConfig.fast("test")
                .with(ProbeConfig.fast().withPeriod(Time.seconds(1_000_000), Time.seconds(1)))
                .with(new RumourConfig(Time.seconds(1_000_000), 1, 1, false, Time.seconds(1)));
        Cluster cluster = new Cluster(7, mute).add(6);
        assertThat(cluster.within(60, cluster::membersConverged)).isTrue();
        cluster.sim.runFor(Time.seconds(20));
        TreeMap<String, String> metadata = new TreeMap<>();
        metadata.put("role", "other");
        cluster.on(0, () -> cluster.membership(0).metadata(metadata));
        long syncs = sum(cluster, 6, Counter.SYNCS_STARTED);
        assertThat(cluster.within(60, cluster::membersConverged)).isTrue();
        assertThat(sum(cluster, 6, Counter.SYNCS_STARTED)).isGreaterThan(syncs);
    }
}
