package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.PartitionCase.Lost;
import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.gossip.owner.message.OwnerMessage.Digests;
import io.orrery.gossip.owner.message.OwnerMessage.Purpose;
import io.orrery.kernel.Time;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After a partition of any shape, all nodes hold each other's rows two digests after they see each other again. */
class PartitionConvergenceTest {
    private static final int NODES = 6;
    private static final long TWO_DIGESTS_NANOS = 2 * PartitionCase.CONFIG.digestNanos();

    /** Short ones that nobody notices, and long ones in which each side takes the other for dead. */
    @ParameterizedTest
    @CsvSource({
        "halves, 1, 1", "halves, 60, 2", "halves, 150, 3", "three, 2, 4", "three, 60, 5", "isolated, 5, 6",
        "isolated, 60, 7", "one-way, 3, 8", "one-way, 40, 9", "bridge, 5, 10", "bridge, 60, 11", "ring, 5, 12",
        "ring, 60, 13", "all, 2, 14", "all, 60, 15", "one-link, 30, 16"
    })
    void allHashesAreEqualTwoDigestsAfterTheNodesSeeEachOtherAgain(String shape, int seconds, long seed) {
        expectEqualInTime(new PartitionCase(NODES, seed, Lost.NOTHING, message -> false), shape, seconds);
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
        expectEqualInTime(new PartitionCase(NODES, seed, Lost.ALL, message -> false), shape, seconds);
    }

    /**
     * Nor is any hello heard: what is left is that each node tells one peer after the other its digests (D1), and sooner where
     * something was lost (D3). Of many clusters: the split begins at any time of their rounds.
     */
    @ParameterizedTest
    @CsvSource({
        "halves, 2, 1, 40",
        "isolated, 3, 1, 40",
        "all, 3, 2, 20",
        "pair, 4, 1, 60",
        "one-link, 4, 1, 20",
        "all, 4, 2, 20",
        "pair, 5, 1, 40",
        "halves, 6, 1, 40",
        "pair, 6, 2, 20",
        "three, 6, 2, 20",
        "ring, 6, 2, 20",
        "one-link, 6, 1, 20",
        "halves, 6, 60, 3",
        "three, 6, 60, 3",
        "isolated, 6, 60, 3",
        "one-way, 6, 40, 3",
        "bridge, 6, 60, 3",
        "ring, 6, 60, 3",
        "all, 6, 60, 3",
        "one-link, 6, 30, 3",
        "bridge, 10, 40, 2",
        "ring, 10, 40, 2",
        "halves, 16, 1, 3",
        "all, 24, 2, 1"
    })
    void digestsAloneMakeAllHashesEqualWithinTwoRounds(String shape, int size, int seconds, int seeds) {
        for (int seed = 1; seed <= seeds; seed++) {
            for (Lost lost : List.of(Lost.ACROSS, Lost.ALL)) {
                PartitionCase split = new PartitionCase(size, seed, lost, PartitionConvergenceTest::isHello);
                expectEqualInTime(split, shape, seconds);
            }
        }
    }

    /** So it is digests that the tests above are about. */
    @Test
    void withoutDigestsHashesStayUnequal() {
        PartitionCase split = new PartitionCase(NODES, 2, Lost.ALL, message -> message instanceof Digests);
        split.splitAndHeal("halves", 60);
        Cluster cluster = split.cluster;
        assertThat(cluster.within(30, () -> cluster.rowDivergence() == null)).isFalse();
    }

    /** Haste has an end: where nothing is lost each node tells one peer a round, and that in a hash. */
    @Test
    void afterARepairDigestsGoOnceARoundAgain() {
        PartitionCase split = new PartitionCase(NODES, 3, Lost.ALL, message -> false).splitAndHeal("all", 60);
        split.nanosUntilEqual();
        split.cluster.sim.runFor(Time.seconds(3));
        long hastened = split.count(Counter.DIGESTS_HASTENED);
        long summaries = split.count(Counter.SUMMARIES_SENT);
        long tables = split.count(Counter.DIGESTS_SENT);
        split.cluster.sim.runFor(60 * PartitionCase.CONFIG.digestNanos());
        assertThat(hastened).isPositive();
        assertThat(split.count(Counter.DIGESTS_HASTENED)).isEqualTo(hastened);
        assertThat(split.count(Counter.SUMMARIES_SENT) - summaries).isBetween(60L * NODES - NODES, 60L * NODES + NODES);
        assertThat(split.count(Counter.DIGESTS_SENT)).isEqualTo(tables);
    }

    private static boolean isHello(Object message) {
        return message instanceof Digests digests && digests.purpose() == Purpose.HELLO;
    }

    private static void expectEqualInTime(PartitionCase split, String shape, int seconds) {
        assertThat(split.splitAndHeal(shape, seconds).nanosUntilEqual())
                .as("nanoseconds until all hashes are equal, of seed %s, %s", split.seed(), split.lost())
                .isLessThanOrEqualTo(TWO_DIGESTS_NANOS);
    }
}
