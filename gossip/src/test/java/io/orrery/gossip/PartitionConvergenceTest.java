package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.gossip.owner.message.OwnerMessage;
import io.orrery.gossip.owner.message.OwnerMessage.Digests;
import io.orrery.gossip.owner.message.OwnerMessage.Purpose;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After a partition of any shape, all nodes hold each other's rows two digests after they see each other again. */
class PartitionConvergenceTest {
    private static final int NODES = 6;
    private static final int DIGESTS = 2;
    private static final OwnerLogConfig CONFIG = OwnerLogConfig.lan();

    private final List<TreeSet<Bytes>> acknowledged = new ArrayList<>();
    private Cluster cluster;
    private boolean hasBegun;
    private boolean isSplit;

    /** Short ones that nobody notices, and long ones in which each side takes the other for dead. */
    @ParameterizedTest
    @CsvSource({
        "halves, 1, 1", "halves, 60, 2", "halves, 150, 3", "three, 2, 4", "three, 60, 5", "isolated, 5, 6",
        "isolated, 60, 7", "one-way, 3, 8", "one-way, 40, 9", "bridge, 5, 10", "bridge, 60, 11", "ring, 5, 12",
        "ring, 60, 13", "all, 2, 14", "all, 60, 15", "one-link, 30, 16"
    })
    void allHashesAreEqualTwoDigestsAfterTheNodesSeeEachOtherAgain(String shape, int seconds, long seed) {
        start(seed, message -> false);
        splitAndHeal(shape, seconds);
        expectEqualWithin(DIGESTS);
    }

    /** Nothing that was sent meanwhile arrives later, as where connections break; long enough that nodes notice (D2). */
    @ParameterizedTest
    @CsvSource({
        "halves, 60, 2",
        "halves, 150, 3",
        "three, 60, 5",
        "isolated, 60, 7",
        "one-way, 40, 9",
        "ring, 60, 13",
        "all, 60, 15"
    })
    void allHashesAreEqualTwoDigestsAfterALongPartitionThatLostWhatWasSent(String shape, int seconds, long seed) {
        start(seed, message -> isSplit && message instanceof OwnerMessage);
        splitAndHeal(shape, seconds);
        expectEqualWithin(DIGESTS);
    }

    /** Nor is any hello heard: what is left is that each node tells one peer after the other its digests, twice around (D1). */
    @ParameterizedTest
    @CsvSource({
        "halves, 1, 1",
        "halves, 60, 2",
        "three, 2, 4",
        "three, 60, 5",
        "isolated, 60, 7",
        "one-way, 40, 9",
        "bridge, 60, 11",
        "ring, 60, 13",
        "all, 2, 14",
        "all, 60, 15",
        "one-link, 30, 16"
    })
    void digestsAloneMakeAllHashesEqual(String shape, int seconds, long seed) {
        start(seed, message -> isSplit && message instanceof OwnerMessage || isHello(message));
        splitAndHeal(shape, seconds);
        expectEqualWithin(2 * (NODES - 1));
    }

    /** So it is digests that the tests above are about. */
    @Test
    void withoutDigestsHashesStayUnequal() {
        start(2, message -> isSplit && message instanceof OwnerMessage || message instanceof Digests);
        splitAndHeal("halves", 60);
        assertThat(cluster.within(30, () -> cluster.rowDivergence() == null)).isFalse();
    }

    private static boolean isHello(Object message) {
        return message instanceof Digests digests && digests.purpose() == Purpose.HELLO;
    }

    /** All members know each other and have some rows. What is lost of what they send, is from then on. */
    private void start(long seed, Predicate<Object> lost) {
        cluster = new Cluster(seed, GossipConfig.lan("test"), CONFIG, GossipRules.STANDARD)
                .swallow(message -> hasBegun && lost.test(message))
                .add(NODES);
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        for (int i = 0; i < NODES; i++) {
            acknowledged.add(new TreeSet<>());
            write(i, "before");
        }
        assertThat(cluster.within(5, cluster::converged)).isTrue();
        hasBegun = true;
    }

    private void splitAndHeal(String shape, int seconds) {
        split(shape);
        isSplit = true;
        for (int second = 0; second < seconds; second++) {
            cluster.sim.runFor(Time.seconds(1));
            write(second % NODES, "during " + second);
        }
        for (int i = 0; i < NODES; i++) {
            write(i, "at the end");
        }
        cluster.sim.runFor(Time.millis(100));
        assertThat(cluster.rowDivergence())
                .as("a partition that kept nothing back proves nothing")
                .isNotNull();
        cluster.sim.network().heal();
        isSplit = false;
        assertThat(cluster.within(120, cluster::membersConverged)).isTrue();
    }

    private void expectEqualWithin(int digests) {
        long healedNanos = cluster.sim.nowNanos();
        boolean isEqual = cluster.within(30, cluster::converged);
        assertThat(isEqual).as(cluster.divergence()).isTrue();
        assertThat(cluster.sim.nowNanos() - healedNanos)
                .as("nanoseconds until all hashes are equal")
                .isLessThanOrEqualTo(digests * CONFIG.digestNanos());
        nothingAcknowledgedIsLost();
    }

    private void write(int node, String what) {
        cluster.on(node, () -> {
            for (int i = 0; i < 5; i++) {
                Bytes row = Bytes.ofUtf8("n" + node + " " + what + " " + i);
                assertThat(cluster.node(node).log.add(row)).isTrue();
                acknowledged.get(node).add(row);
            }
            Bytes first = acknowledged.get(node).first();
            assertThat(cluster.node(node).log.remove(first)).isTrue();
            acknowledged.get(node).remove(first);
        });
    }

    private void split(String shape) {
        Network network = cluster.sim.network();
        List<NodeId> nodes = cluster.nodes;
        switch (shape) {
            case "halves" -> network.partition(List.of(cluster.part(0, 3), cluster.part(3, 6)));
            case "three" -> network.partition(List.of(cluster.part(0, 2), cluster.part(2, 4), cluster.part(4, 6)));
            case "isolated" -> network.isolate(nodes.get(5));
            case "one-way" -> {
                for (NodeId other : cluster.part(0, 5)) {
                    network.cut(nodes.get(5), other);
                }
            }
            case "bridge" -> {
                for (NodeId left : cluster.part(0, 3)) {
                    for (NodeId right : cluster.part(4, 6)) {
                        cutBothWays(left, right);
                    }
                }
            }
            case "ring" -> {
                for (int i = 0; i < NODES; i++) {
                    for (int j = i + 2; j < NODES && j - i < NODES - 1; j++) {
                        cutBothWays(nodes.get(i), nodes.get(j));
                    }
                }
            }
            case "one-link" -> cutBothWays(nodes.get(1), nodes.get(4));
            default -> nodes.forEach(network::isolate);
        }
    }

    private void cutBothWays(NodeId one, NodeId other) {
        cluster.sim.network().cut(one, other);
        cluster.sim.network().cut(other, one);
    }

    private void nothingAcknowledgedIsLost() {
        for (int owner = 0; owner < NODES; owner++) {
            for (int node = 0; node < NODES; node++) {
                assertThat(cluster.node(node).log.rows(cluster.nodes.get(owner)))
                        .isEqualTo(acknowledged.get(owner));
                assertThat(cluster.node(node).log.counters().of(Counter.AUDIT_MISMATCHES))
                        .isZero();
            }
        }
    }
}
