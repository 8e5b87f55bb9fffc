package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.config.HistoryConfig;
import io.orrery.gossip.config.RetentionConfig;
import io.orrery.gossip.config.SuspicionConfig;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is promised of membership as a whole, in figures. */
class AimsTest {
    private static final int ONE_WAY_MILLIS = 50;

    @Test
    void suspectIsHeldAliveAgainOneRoundTripAfterTheNextPing() {
        GossipConfig config =
                GossipConfig.lan("test").with(SuspicionConfig.lan().withMult(60));
        Cluster cluster = new Cluster(5, config).add(2);
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        cluster.sim.network().cut(cluster.nodes.get(0), cluster.nodes.get(1));
        assertThat(cluster.within(10, () -> cluster.state(0, 1) == MemberState.SUSPECT))
                .isTrue();
        cluster.sim.runFor(Time.seconds(15));
        cluster.sim.network().heal();
        cluster.sim.network().policy(LinkPolicy.LAN.delay(Time.millis(ONE_WAY_MILLIS), Time.millis(ONE_WAY_MILLIS)));
        Membership accuser = cluster.membership(0);
        long before = accuser.counters().of(Counter.PROBES);
        assertThat(cluster.within(20, () -> accuser.counters().of(Counter.PROBES) > before))
                .isTrue();
        assertThat(cluster.state(0, 1)).isEqualTo(MemberState.SUSPECT);
        cluster.sim.runFor(Time.millis(2 * ONE_WAY_MILLIS + 1));
        assertThat(cluster.state(0, 1)).isEqualTo(MemberState.ALIVE);
        assertThat(cluster.membership(1).counters().of(Counter.REFUTATIONS)).isEqualTo(1);
    }

    /** Deaths that are declared while 5 of 100 nodes, others each time, freeze for 1 to 8 s, for 80 s. */
    private static long falseDeaths(long seed, GossipConfig config) {
        Cluster cluster =
                new Cluster(seed, config.with(HistoryConfig.none())).unchecked().add(100);
        assertThat(cluster.within(40, cluster::membersConverged)).isTrue();
        Prng prng = new Prng(seed).fork("freeze");
        for (int round = 0; round < 8; round++) {
            List<NodeId> frozen = new ArrayList<>(cluster.nodes);
            prng.shuffle(frozen);
            for (NodeId node : frozen.subList(0, 5)) {
                cluster.sim.pause(node, Time.millis(prng.between(1000, 8000)));
            }
            cluster.sim.runFor(Time.seconds(10));
        }
        return cluster.reached(GossipMarks.DECLARED_DEAD);
    }

    @Test
    void nobodyIsDeclaredDeadWhileFiveInAHundredFreezeForOneToEightSeconds() {
        for (long seed = 1; seed <= 2; seed++) {
            assertThat(falseDeaths(seed, GossipConfig.lan("test")))
                    .as("seed " + seed)
                    .isZero();
        }
    }

    /** At a shortest suspicion of 6 s instead of 8: who freezes for longer is dead. So the claim above can fail. */
    @Test
    void shorterSuspicionDeclaresTheFrozenDead() {
        GossipConfig hasty = GossipConfig.lan("test").with(SuspicionConfig.lan().withMult(3));
        assertThat(falseDeaths(1, hasty)).isPositive();
    }

    private static Cluster joined(int count) {
        Cluster cluster = new Cluster(count).add(count);
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        return cluster;
    }

    @Test
    void partitionThatRollsThroughTheClusterLeavesNothingBehind() {
        Cluster cluster = joined(12);
        for (int round = 0; round < 6; round++) {
            List<NodeId> left = new ArrayList<>();
            List<NodeId> right = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                ((i + round) % 12 < 6 ? left : right).add(cluster.nodes.get(i));
            }
            cluster.sim.network().partition(List.of(left, right));
            cluster.sim.runFor(Time.seconds(20));
        }
        cluster.sim.network().heal();
        assertThat(cluster.within(65, cluster::membersConverged)).isTrue();
    }

    @Test
    void splitThatOutlastsTheMemoryOfTheDeadHealsAlsoWhereNoSeedIsLeft() {
        GossipConfig forgetful = GossipConfig.lan("test")
                .with(new RetentionConfig(Time.seconds(5), Time.seconds(20), Time.seconds(60), Time.seconds(60), 100));
        Cluster cluster = new Cluster(8, forgetful).add(7);
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        cluster.crash(0);
        cluster.sim.network().partition(List.of(cluster.part(0, 4), cluster.part(4, 7)));
        cluster.sim.runFor(Time.seconds(200));
        assertThat(cluster.membership(1).members()).hasSize(3);
        cluster.sim.network().heal();
        assertThat(cluster.within(120, cluster::membersConverged)).isTrue();
        assertThat(cluster.reached(GossipMarks.EXILE_PINGED)).isPositive();
    }

    @Test
    void fourPartsOfWhichNoneIsAMajorityHeal() {
        Cluster cluster = joined(12);
        cluster.sim
                .network()
                .partition(List.of(cluster.part(0, 3), cluster.part(3, 6), cluster.part(6, 9), cluster.part(9, 12)));
        cluster.sim.runFor(Time.seconds(120));
        assertThat(cluster.membership(4).livePeers()).hasSize(2);
        cluster.sim.network().heal();
        assertThat(cluster.within(65, cluster::membersConverged)).isTrue();
    }
}
