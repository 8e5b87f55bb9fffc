package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.gossip.owner.message.OwnerMessage;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A cluster in which everybody owns rows, one partition of it, and the time that it takes until all is well again. */
final class PartitionCase {
    static final OwnerLogConfig CONFIG = OwnerLogConfig.lan();

    /** What never arrives of what the owner logs send during the split; what goes across it and is not lost comes at its end. */
    enum Lost {
        NOTHING,
        /** What goes across the split. */
        ACROSS,
        /** All: whatever the shape, each node is alone with its own changes. */
        ALL
    }

    final Cluster cluster;
    private final int size;
    private final long seed;
    private final Lost lost;
    private final List<TreeSet<Bytes>> acknowledged = new ArrayList<>();
    private boolean hasBegun;
    private boolean isSplit;

    /**
     * All members know each other and have some rows.
     *
     * @param alsoLost what else is lost of what is sent, from then on
     */
    PartitionCase(int size, long seed, Lost lost, Predicate<Object> alsoLost) {
        this.size = size;
        this.seed = seed;
        this.lost = lost;
        cluster = new Cluster(seed, GossipConfig.lan("test"), CONFIG, GossipRules.STANDARD)
                .behind((from, to, channel, message) -> hasBegun && alsoLost.test(message)
                        || isSplit && message instanceof OwnerMessage && isLost(from, to))
                .add(size);
        assertThat(cluster.within(60, cluster::membersConverged)).isTrue();
        for (int i = 0; i < size; i++) {
            acknowledged.add(new TreeSet<>());
            write(i, "before");
        }
        assertThat(cluster.within(10, cluster::converged)).isTrue();
        hasBegun = true;
    }

    private boolean isLost(NodeId from, NodeId to) {
        return lost == Lost.ALL || lost == Lost.ACROSS && cluster.sim.network().isCut(from, to);
    }

    long seed() {
        return seed;
    }

    Lost lost() {
        return lost;
    }

    /** At some time of the digests' round the network is split for a while, in which nodes write, and whole again; then until each holds all others for alive. */
    PartitionCase splitAndHeal(String shape, int seconds) {
        cluster.sim.runFor(Time.millis(37 * seed % 1000));
        split(shape);
        isSplit = true;
        for (int second = 0; second < seconds; second++) {
            cluster.sim.runFor(Time.seconds(1));
            write(second % size, "during " + second);
        }
        for (int i = 0; i < size; i++) {
            write(i, "at the end");
        }
        cluster.sim.runFor(Time.millis(100));
        assertThat(cluster.rowDivergence())
                .as("a partition that kept nothing back proves nothing")
                .isNotNull();
        cluster.sim.network().heal();
        isSplit = false;
        assertThat(cluster.within(120, cluster::membersConverged)).isTrue();
        return this;
    }

    /** Nanoseconds from now until all hold the same, of which nothing acknowledged is missing. */
    long nanosUntilEqual() {
        long healedNanos = cluster.sim.nowNanos();
        boolean isEqual = cluster.within(30, cluster::converged);
        assertThat(isEqual).as(cluster.divergence()).isTrue();
        for (int owner = 0; owner < size; owner++) {
            for (int node = 0; node < size; node++) {
                assertThat(cluster.node(node).log.rows(cluster.nodes.get(owner)))
                        .isEqualTo(acknowledged.get(owner));
                assertThat(cluster.node(node).log.counters().of(Counter.AUDIT_MISMATCHES))
                        .isZero();
            }
        }
        return cluster.sim.nowNanos() - healedNanos;
    }

    /** Of all nodes together. */
    long count(Counter counter) {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += cluster.node(i).log.counters().of(counter);
        }
        return sum;
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
        int half = size / 2;
        switch (shape) {
            case "halves" -> network.partition(List.of(cluster.part(0, half), cluster.part(half, size)));
            case "pair" -> network.partition(List.of(cluster.part(0, 2), cluster.part(2, size)));
            case "three" ->
                network.partition(List.of(
                        cluster.part(0, size / 3),
                        cluster.part(size / 3, 2 * size / 3),
                        cluster.part(2 * size / 3, size)));
            case "isolated" -> network.isolate(nodes.get(size - 1));
            case "one-way" -> {
                for (NodeId other : cluster.part(0, size - 1)) {
                    network.cut(nodes.get(size - 1), other);
                }
            }
            case "bridge" -> {
                for (NodeId left : cluster.part(0, half)) {
                    for (NodeId right : cluster.part(half + 1, size)) {
                        cutBothWays(left, right);
                    }
                }
            }
            case "ring" -> {
                for (int i = 0; i < size; i++) {
                    for (int j = i + 2; j < size && j - i < size - 1; j++) {
                        cutBothWays(nodes.get(i), nodes.get(j));
                    }
                }
            }
            case "one-link" -> cutBothWays(nodes.get(1), nodes.get(size - 2));
            case "all" -> nodes.forEach(network::isolate);
            default -> throw new IllegalArgumentException(shape);
        }
    }

    private void cutBothWays(NodeId one, NodeId other) {
        cluster.sim.network().cut(one, other);
        cluster.sim.network().cut(other, one);
    }
}
