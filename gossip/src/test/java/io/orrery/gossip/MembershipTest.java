package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.config.RetentionConfig;
import io.orrery.gossip.config.SyncConfig;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.network.LinkPolicy;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static Cluster joined(long seed, int count) {
        Cluster cluster = new Cluster(seed).add(count);
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        return cluster;
    }

    @Test
    void tenNodesJoinThroughOneSeed() {
        Cluster cluster = new Cluster(1).add(10);
        assertThat(cluster.within(5, cluster::membersConverged)).isTrue();
        assertThat(cluster.membership(9).members()).hasSize(10);
        assertThat(cluster.membership(9).livePeers()).hasSize(9);
    }

    @Test
    void crashedNodeIsDeadEverywhereAndItsListenersKnow() {
        Cluster cluster = joined(2, 5);
        cluster.crash(3);
        assertThat(cluster.within(40, cluster::membersConverged)).isTrue();
        assertThat(cluster.state(0, 3)).isEqualTo(MemberState.DEAD);
        String last = cluster.node(0).heard.get(cluster.node(0).heard.size() - 1);
        assertThat(last).startsWith("SUSPECT>n3 DEAD");
    }

    @Test
    void nodeRestartedOnItsDiskRejoinsAtOnceUnderALaterGeneration() {
        Cluster cluster = joined(3, 5);
        Incarnation before = cluster.membership(3).self().incarnation();
        cluster.crash(3);
        cluster.restart(3);
        assertThat(cluster.within(5, cluster::membersConverged)).isTrue();
        assertThat(cluster.membership(3).self().incarnation().generation()).isGreaterThan(before.generation());
    }

    @Test
    void deadNodeThatLostItsDiskAndWhoseClockWentBackIsRaisedByItsPeers() {
        Cluster cluster = joined(4, 5);
        Incarnation before = cluster.membership(3).self().incarnation();
        cluster.crash(3);
        assertThat(cluster.within(60, cluster::membersConverged)).isTrue();
        cluster.loseDisk(3);
        cluster.shiftWall(3, -3_600_000);
        cluster.restart(3);
        assertThat(cluster.within(10, cluster::membersConverged)).isTrue();
        assertThat(cluster.membership(3).self().incarnation().generation()).isGreaterThan(before.generation());
        assertThat(cluster.reached(GossipMarks.GENERATION_RAISED)).isPositive();
    }

    @Test
    void leavingNodeIsLeftEverywhereAndNeverSuspected() {
        Cluster cluster = joined(5, 5);
        boolean[] done = new boolean[1];
        cluster.on(2, () -> cluster.membership(2).leave(() -> done[0] = true));
        assertThat(cluster.within(5, () -> done[0])).isTrue();
        cluster.crash(2);
        for (int i : new int[] {0, 1, 3, 4}) {
            assertThat(cluster.state(i, 2)).isEqualTo(MemberState.LEFT);
        }
        cluster.sim.runFor(Time.seconds(10));
        assertThat(cluster.reached(GossipMarks.DECLARED_DEAD)).isZero();
    }

    @Test
    void leaveIsHeardByAllThoughAQuarterOfPacketsIsLost() {
        Cluster cluster = joined(22, 8);
        cluster.sim.network().policy(LinkPolicy.LAN.loss(250_000));
        boolean[] done = new boolean[1];
        cluster.on(2, () -> cluster.membership(2).leave(() -> done[0] = true));
        assertThat(cluster.within(6, () -> done[0])).isTrue();
        for (int i : new int[] {0, 1, 3, 4, 5, 6, 7}) {
            assertThat(cluster.within(3, () -> cluster.state(i, 2) == MemberState.LEFT))
                    .isTrue();
        }
    }

    @Test
    void nodeThatLeftComesBackWhenItJoinsAgain() {
        Cluster cluster = joined(6, 3);
        cluster.on(2, () -> cluster.membership(2).leave(() -> {}));
        assertThat(cluster.within(5, () -> cluster.state(0, 2) == MemberState.LEFT))
                .isTrue();
        cluster.sim.runFor(Time.seconds(6));
        cluster.on(2, () -> cluster.membership(2).join(List.of()));
        assertThat(cluster.within(10, cluster::membersConverged)).isTrue();
    }

    @Test
    void seedThatLeftAndCameBackKnowingNobodyIsFoundByThoseWhoStayed() {
        Cluster cluster = joined(30, 3);
        boolean[] done = new boolean[1];
        cluster.on(0, () -> cluster.membership(0).leave(() -> done[0] = true));
        assertThat(cluster.within(6, () -> done[0])).isTrue();
        cluster.crash(0);
        cluster.sim.runFor(Time.seconds(20));
        assertThat(cluster.state(1, 0)).isEqualTo(MemberState.LEFT);
        cluster.restart(0);
        assertThat(cluster.within(65, cluster::membersConverged)).isTrue();
    }

    @Test
    void brokenLinkBetweenTwoIsSavedByIndirectProbes() {
        GossipConfig config = GossipConfig.lan("test");
        Cluster cluster = new Cluster(7, config.with(config.probe().withStreamFallback(false))).add(5);
        assertThat(cluster.within(10, cluster::membersConverged)).isTrue();
        cluster.sim.network().cut(cluster.nodes.get(1), cluster.nodes.get(2));
        cluster.sim.runFor(Time.seconds(60));
        assertThat(cluster.reached(GossipMarks.INDIRECT_SAVED)).isPositive();
        assertThat(cluster.reached(GossipMarks.DECLARED_DEAD)).isZero();
        assertThat(cluster.membersConverged()).isTrue();
    }

    @Test
    void firewallThatSwallowsDatagramsKillsNobody() {
        Cluster cluster = new Cluster(8).swallowDatagrams().add(5);
        assertThat(cluster.within(60, cluster::membersConverged)).isTrue();
        cluster.sim.runFor(Time.seconds(60));
        assertThat(cluster.reached(GossipMarks.STREAM_SAVED)).isPositive();
        assertThat(cluster.reached(GossipMarks.DECLARED_DEAD)).isZero();
    }

    @Test
    void clusterWithoutDatagramsLivesAndNoticesADeathByStreamsAlone() {
        Cluster cluster = new Cluster(23, GossipConfig.lan("test").withDatagrams(false))
                .swallowDatagrams()
                .add(6);
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        cluster.sim.runFor(Time.seconds(60));
        assertThat(cluster.reached(GossipMarks.DECLARED_DEAD)).isZero();
        assertThat(cluster.reached(GossipMarks.STREAM_SAVED)).isZero();
        assertThat(cluster.membership(0).counters().of(GossipCounters.Counter.PROBES_FAILED))
                .isZero();
        cluster.crash(5);
        assertThat(cluster.within(40, cluster::membersConverged)).isTrue();
    }

    @Test
    void nodesWithAndWithoutDatagramsUnderstandEachOther() {
        Cluster cluster = new Cluster(24).add(3);
        for (int i = 3; i < 6; i++) {
            cluster.add(
                    "n" + i, List.of(NodeId.of("n0")), GossipConfig.lan("test").withDatagrams(false));
        }
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        cluster.sim.runFor(Time.seconds(60));
        assertThat(cluster.reached(GossipMarks.DECLARED_DEAD)).isZero();
        assertThat(cluster.membersConverged()).isTrue();
    }

    @Test
    void noFalseDeathSticksAtAQuarterOfPacketsLost() {
        GossipConfig config = GossipConfig.lan("test");
        Cluster cluster = new Cluster(9, config.with(config.probe().withStreamFallback(false))).add(10);
        assertThat(cluster.within(10, cluster::membersConverged)).isTrue();
        cluster.sim.network().policy(LinkPolicy.LAN.loss(250_000));
        cluster.sim.runFor(Time.seconds(300));
        assertThat(cluster.reached(GossipMarks.REFUTED)).isPositive();
        assertThat(cluster.within(10, cluster::membersConverged)).isTrue();
    }

    @Test
    void equalHalvesHealByThemselves() {
        Cluster cluster = joined(10, 6);
        cluster.sim.network().partition(List.of(cluster.part(0, 3), cluster.part(3, 6)));
        assertThat(cluster.within(
                        60,
                        () -> cluster.membership(0).livePeers().size() == 2
                                && cluster.membership(5).livePeers().size() == 2))
                .isTrue();
        cluster.sim.runFor(Time.seconds(120));
        cluster.sim.network().heal();
        assertThat(cluster.within(70, cluster::membersConverged)).isTrue();
        assertThat(cluster.reached(GossipMarks.FALSE_DEATH_UNDONE)).isPositive();
        assertThat(cluster.reached(GossipMarks.PARTITION_HEALED)).isPositive();
    }

    @Test
    void onceTwoSidesHaveMetTheRestFollowsInSeconds() {
        Cluster cluster = joined(21, 20);
        cluster.sim.network().partition(List.of(cluster.part(0, 10), cluster.part(10, 20)));
        cluster.sim.runFor(Time.seconds(300));
        cluster.sim.network().heal();
        assertThat(cluster.within(70, () -> cluster.reached(GossipMarks.FALSE_DEATH_UNDONE) > 0))
                .isTrue();
        assertThat(cluster.within(2, cluster::membersConverged)).isTrue();
    }

    @Test
    void wholeClusterRestartedAtOnceFindsTogetherAgain() {
        Cluster cluster = joined(11, 10);
        for (int i = 0; i < 10; i++) {
            cluster.crash(i);
        }
        cluster.sim.runFor(Time.seconds(1));
        for (int i = 0; i < 10; i++) {
            cluster.restart(i);
        }
        assertThat(cluster.within(10, cluster::membersConverged)).isTrue();
    }

    @Test
    void nodeOfAnotherClusterIsRefusedWithAReasonOnBothSides() {
        Cluster cluster = joined(12, 2);
        NodeId stranger = cluster.add("n2", List.of(NodeId.of("n0")), GossipConfig.lan("other"));
        cluster.sim.runFor(Time.seconds(5));
        assertThat(cluster.membership(0).member(stranger)).isNull();
        assertThat(cluster.membership(2).members()).hasSize(1);
        assertThat(cluster.membership(2).lastRefusal()).contains("is of cluster other, not test");
        assertThat(cluster.membership(0).counters().of(GossipCounters.Counter.REFUSED_OTHER_CLUSTER))
                .isPositive();
    }

    @Test
    void claimsThatNoPacketHoldsGoByStreamAndReachEveryone() {
        Cluster cluster = new Cluster(25);
        List<NodeId> seed = List.of(NodeId.of("0" + "n".repeat(NodeId.BYTES_MAX - 1)));
        for (int i = 0; i < 6; i++) {
            cluster.add(i + "n".repeat(NodeId.BYTES_MAX - 1), seed, GossipConfig.lan("c".repeat(64)));
        }
        assertThat(cluster.within(5, cluster::membersConverged)).isTrue();
        TreeMap<String, String> most = new TreeMap<>();
        most.put("k", "v".repeat(Member.METADATA_BYTES_MAX - 5));
        cluster.on(1, () -> cluster.membership(1).metadata(most));
        assertThat(cluster.within(2, cluster::membersConverged)).isTrue();
        cluster.crash(1);
        assertThat(cluster.within(60, cluster::membersConverged)).isTrue();
        assertThat(cluster.membership(0).counters().of(GossipCounters.Counter.CLAIMS_BY_STREAM))
                .isPositive();
    }

    @Test
    void seedThatAllAskAtOnceAnswersByAndByAndAllAreAnswered() {
        GossipConfig config = GossipConfig.lan("test");
        config = config.with(new SyncConfig(Time.seconds(30), Time.seconds(1), Time.seconds(60), 2));
        Cluster cluster = new Cluster(26, config).add(30);
        cluster.sim.runFor(Time.millis(300));
        assertThat(cluster.membership(0).counters().of(GossipCounters.Counter.SYNCS_ANSWERED))
                .isLessThanOrEqualTo(8);
        assertThat(cluster.within(10, cluster::membersConverged)).isTrue();
        assertThat(cluster.reached(GossipMarks.SYNC_PUT_OFF)).isPositive();
    }

    @Test
    void metadataReachesEveryone() {
        Cluster cluster = joined(13, 5);
        TreeMap<String, String> role = new TreeMap<>();
        role.put("role", "primary");
        cluster.on(1, () -> cluster.membership(1).metadata(role));
        assertThat(cluster.within(3, cluster::membersConverged)).isTrue();
        assertThat(cluster.membership(4).member(cluster.nodes.get(1)).metadata())
                .isEqualTo(Metadata.of(role));
    }

    @Test
    void partsThatNeverMetFindTogetherThroughTheirSeeds() {
        Cluster cluster = new Cluster(14);
        List<NodeId> seeds = List.of(NodeId.of("n0"), NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));
        for (NodeId seed : seeds) {
            cluster.add(seed.name(), seeds, GossipConfig.lan("test"));
        }
        cluster.sim.network().partition(List.of(cluster.part(0, 2), cluster.part(2, 4)));
        cluster.sim.runFor(Time.seconds(30));
        assertThat(cluster.membership(0).members()).hasSize(2);
        cluster.sim.network().heal();
        assertThat(cluster.within(65, cluster::membersConverged)).isTrue();
    }

    @Test
    void membersThatAreGoneAreForgottenByAllAndStayForgotten() {
        GossipConfig config = GossipConfig.lan("test");
        config = config.with(
                new RetentionConfig(Time.seconds(5), Time.seconds(10), Time.seconds(60), Time.seconds(40), 100));
        config = config.with(new SyncConfig(Time.seconds(1), Time.seconds(1), Time.seconds(1)));
        Cluster cluster = new Cluster(15, config).add(6);
        assertThat(cluster.within(10, cluster::membersConverged)).isTrue();
        cluster.on(4, () -> cluster.membership(4).leave(() -> {}));
        cluster.crash(5);
        cluster.sim.runFor(Time.seconds(30));
        cluster.crash(4);
        assertThat(cluster.state(0, 4)).isEqualTo(MemberState.LEFT);
        assertThat(cluster.state(0, 5)).isEqualTo(MemberState.DEAD);
        cluster.sim.runFor(Time.seconds(70));
        for (int round = 0; round < 200; round++) {
            cluster.sim.runFor(Time.millis(500));
            for (int i = 0; i < 4; i++) {
                assertThat(cluster.membership(i).members()).hasSize(4);
            }
        }
    }

    @Test
    void pausedNodeRefutesWithinAProbePeriodOfWakingUp() {
        Cluster cluster = joined(16, 5);
        cluster.sim.pause(cluster.nodes.get(3), Time.seconds(3));
        assertThat(cluster.within(4, () -> cluster.state(0, 3) == MemberState.SUSPECT))
                .isTrue();
        assertThat(cluster.within(4, cluster::membersConverged)).isTrue();
        assertThat(cluster.reached(GossipMarks.REFUTED)).isPositive();
        assertThat(cluster.reached(GossipMarks.DECLARED_DEAD)).isZero();
    }

    @Test
    void oneSickNodeThatHearsNobodyKillsNobody() {
        Cluster cluster = joined(17, 8);
        for (int i = 1; i < 8; i++) {
            cluster.sim.network().cut(cluster.nodes.get(i), cluster.nodes.get(0));
        }
        cluster.sim.runFor(Time.seconds(120));
        for (int observer = 1; observer < 8; observer++) {
            for (int of = 1; of < 8; of++) {
                assertThat(cluster.state(observer, of).isLive()).isTrue();
            }
        }
        cluster.sim.network().heal();
        assertThat(cluster.within(70, cluster::membersConverged)).isTrue();
    }

    @Test
    void threeEqualPartsHeal() {
        Cluster cluster = joined(18, 6);
        cluster.sim.network().partition(List.of(cluster.part(0, 2), cluster.part(2, 4), cluster.part(4, 6)));
        cluster.sim.runFor(Time.seconds(100));
        assertThat(cluster.membership(0).livePeers()).hasSize(1);
        cluster.sim.network().heal();
        assertThat(cluster.within(70, cluster::membersConverged)).isTrue();
    }

    @Test
    void hundredNodesJoinAndNoticeADeath() {
        Cluster cluster = new Cluster(19).unchecked().add(100);
        assertThat(cluster.within(30, cluster::membersConverged)).isTrue();
        cluster.crash(99);
        assertThat(cluster.within(60, cluster::membersConverged)).isTrue();
    }

    @Test
    void idleClusterOfFiveTakesFiveEventsASecondAndNode() {
        Cluster cluster = joined(20, 5);
        cluster.sim.runFor(Time.seconds(120));
        long before = cluster.sim.eventCount();
        cluster.sim.runFor(Time.seconds(100));
        assertThat(cluster.sim.eventCount() - before).isBetween(1500L, 2500L);
    }
}
