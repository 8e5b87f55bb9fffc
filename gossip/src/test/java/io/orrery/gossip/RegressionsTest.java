package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.config.ProbeConfig;
import io.orrery.gossip.config.RetentionConfig;
import io.orrery.gossip.config.SyncConfig;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Complaints about other systems' membership, for what a scenario file cannot say: how seldom somebody is accused, and members
 * that never come back. The others are scenarios of the server, {@code gossip-*.scenario}, with mutants that they find.
 */
class RegressionsTest {
    private static Cluster joined(int count, UnaryOperator<ProbeConfig> probe) {
        GossipConfig config = GossipConfig.lan("test");
        Cluster cluster = new Cluster(4, config.with(probe.apply(config.probe()))).add(count);
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        return cluster;
    }

    private static long sum(Cluster cluster, Counter counter) {
        long sum = 0;
        for (int i = 0; i < cluster.nodes.size(); i++) {
            sum += cluster.membership(i).counters().of(counter);
        }
        return sum;
    }

    private static long suspicionsOfBlips(UnaryOperator<ProbeConfig> probe) {
        Cluster cluster = joined(12, probe);
        for (int round = 0; round < 100; round++) {
            List<NodeId> left = cluster.part(0, 6);
            cluster.sim.network().partition(List.of(left, cluster.part(6, 12)));
            cluster.sim.runFor(Time.millis(43));
            cluster.sim.network().heal();
            cluster.sim.runFor(Time.millis(357));
        }
        return sum(cluster, Counter.SUSPICIONS);
    }

    @Test
    void networkThatStandsStillFor43MillisecondsAHundredTimesMakesNobodyASuspect() {
        assertThat(suspicionsOfBlips(probe -> probe)).isZero();
        assertThat(suspicionsOfBlips(probe -> probe.withIndirectProbes(0).withStreamFallback(false)))
                .isPositive();
    }

    private static long suspicionsOverOneWayLinks(UnaryOperator<ProbeConfig> probe) {
        Cluster cluster = joined(8, probe.andThen(p -> p.withStreamFallback(false))::apply);
        for (int i = 0; i < 8; i += 2) {
            cluster.sim.network().cut(cluster.nodes.get(i), cluster.nodes.get(i + 1));
        }
        cluster.sim.runFor(Time.seconds(90));
        assertThat(cluster.reached(GossipMarks.DECLARED_DEAD)).isZero();
        return sum(cluster, Counter.SUSPICIONS);
    }

    @Test
    void oneWayLinksMakeNobodyASuspectBecauseOthersVouch() {
        assertThat(suspicionsOverOneWayLinks(probe -> probe)).isZero();
        assertThat(suspicionsOverOneWayLinks(probe -> probe.withIndirectProbes(0)))
                .isPositive();
    }

    /** Probes of a deaf node that fail in 20 s, each of which is an accusation. */
    private static long accusationsOfADeafNode(UnaryOperator<ProbeConfig> probe) {
        Cluster cluster = joined(16, probe);
        for (int i = 1; i < 16; i++) {
            cluster.sim.network().cut(cluster.nodes.get(i), cluster.nodes.get(0));
        }
        cluster.sim.runFor(Time.seconds(20));
        for (int i = 1; i < 16; i++) {
            for (int of = 1; of < 16; of++) {
                assertThat(cluster.state(i, of).isLive()).isTrue();
            }
        }
        return cluster.membership(0).counters().of(Counter.PROBES_FAILED);
    }

    @Test
    void sickNodeAccusesAFourthAsOftenBecauseItDoubtsItself() {
        long doubting = accusationsOfADeafNode(probe -> probe);
        long sure = accusationsOfADeafNode(probe -> probe.withLocalHealthMax(1).withNacks(false));
        assertThat(doubting * 4).isLessThanOrEqualTo(sure);
    }

    /** One node slept through the death of another and its removal, and brings it back; how long does it haunt the rest? */
    @Test
    void ghostOfASleeperIsGoneWithinTwoSyncsAndForGood() {
        GossipConfig config = GossipConfig.lan("test")
                .with(new RetentionConfig(Time.seconds(5), Time.seconds(10), Time.seconds(30), Time.seconds(30), 100))
                .with(new SyncConfig(Time.seconds(15), Time.seconds(1), Time.seconds(10)));
        Cluster cluster = new Cluster(6, config).add(8);
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        cluster.sim.pause(cluster.nodes.get(7), Time.seconds(100));
        cluster.sim.network().isolate(cluster.nodes.get(7));
        cluster.crash(5);
        cluster.sim.runFor(Time.seconds(100));
        assertThat(cluster.state(0, 5)).isNull();
        cluster.sim.network().heal();
        assertThat(cluster.within(30, () -> cluster.state(0, 7) == MemberState.ALIVE))
                .isTrue();
        assertThat(cluster.within(30, () -> !haunts(cluster))).isTrue();
        cluster.sim.runFor(Time.seconds(40));
        for (int round = 0; round < 40; round++) {
            assertThat(haunts(cluster)).isFalse();
            cluster.sim.runFor(Time.seconds(1));
        }
        for (int i : new int[] {0, 1, 2, 3, 4, 6, 7}) {
            assertThat(cluster.state(i, 5)).isNull();
        }
    }

    /** Whether anybody holds the dead one live. */
    private static boolean haunts(Cluster cluster) {
        for (int i : new int[] {0, 1, 2, 3, 4, 6, 7}) {
            MemberState held = cluster.state(i, 5);
            if (held != null && held.isLive()) {
                return true;
            }
        }
        return false;
    }
}
