package io.orrery.gossip.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.registry.message.RegistryMessage;
import io.orrery.kernel.Time;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A split that nobody notices, in which all is lost that registries say across it: what is left is digests. */
class RegistryConvergenceTest {
    private static final RegistryConfig CONFIG = RegistryConfig.lan();

    @ParameterizedTest
    @CsvSource({"4, 2, 40", "6, 3, 40", "6, 1, 20", "12, 6, 10", "12, 2, 10"})
    void digestsAloneMakeRegistriesAgreeWithinTwoRounds(int size, int split, int seeds) {
        for (int seed = 1; seed <= seeds; seed++) {
            assertThat(nanosUntilAgreed(seed, size, split))
                    .as("nanoseconds until registries agree, of seed %s", seed)
                    .isLessThanOrEqualTo(2 * CONFIG.digestNanos());
        }
    }

    private static long nanosUntilAgreed(int seed, int size, int split) {
        RegistryCluster cluster = new RegistryCluster(seed, size, GossipConfig.lan("test"), CONFIG);
        assertThat(cluster.within(60, () -> cluster.sim.nowNanos() > Time.seconds(5) && cluster.converged()))
                .isTrue();
        cluster.sim.runFor(Time.seconds(10) + Time.millis(37L * seed % 1000));
        cluster.behind((from, to, channel, message) -> message instanceof RegistryMessage
                && cluster.nodes.indexOf(from) < split != cluster.nodes.indexOf(to) < split);
        for (int i = 0; i < size; i++) {
            String name = "space" + i;
            cluster.on(i, node -> node.registry.namespaces().add(name, cluster.outcomes::add));
        }
        cluster.sim.runFor(Time.millis(500));
        assertThat(cluster.outcomes).as("of writes on both sides").hasSize(size);
        assertThat(cluster.converged())
                .as("a split that kept nothing back proves nothing")
                .isFalse();
        cluster.behind((from, to, channel, message) -> false);
        long healedNanos = cluster.sim.nowNanos();
        assertThat(cluster.within(60, cluster::converged))
                .as(cluster.divergence())
                .isTrue();
        return cluster.sim.nowNanos() - healedNanos;
    }
}
