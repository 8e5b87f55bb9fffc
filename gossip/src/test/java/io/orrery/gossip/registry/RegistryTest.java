package io.orrery.gossip.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.config.RetentionConfig;
import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.WriteOutcome.Kind;
import io.orrery.kernel.Time;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private final RegistryCluster cluster = new RegistryCluster(1, 3);

    private void assertConverged(int seconds) {
        assertThat(cluster.within(seconds, cluster::converged))
                .as(() -> cluster.divergence())
                .isTrue();
    }

    @Test
    void namespaceAddedOnOneNodeIsListedOnAnother() {
        cluster.runFor(2);
        assertThat(cluster.add(1, "vpn")).isEqualTo(Kind.DONE);
        assertThat(cluster.within(1, () -> cluster.namespaces(2).exists("vpn"))).isTrue();
        assertThat(cluster.add(2, "vpn")).isEqualTo(Kind.UNCHANGED);
        assertThat(cluster.set(0, "vpn", "description", "the first")).isEqualTo(Kind.DONE);
        assertConverged(2);
        assertThat(cluster.namespaces(2).find("vpn").fields()).containsEntry("description", "the first");
        assertThat(cluster.remove(2, "vpn")).isEqualTo(Kind.DONE);
        assertConverged(2);
        assertThat(cluster.names(0)).isEmpty();
        assertThat(cluster.node(0).heard).contains("namespace vpn");
    }

    @Test
    void writesOfBothSidesOfAPartitionAreThereAfterIt() {
        cluster.runFor(2);
        cluster.split(1);
        assertThat(cluster.add(0, "left")).isEqualTo(Kind.DONE);
        assertThat(cluster.add(2, "right")).isEqualTo(Kind.DONE);
        cluster.runFor(8);
        assertThat(cluster.names(0)).containsExactly("left");
        assertThat(cluster.names(1)).containsExactly("right");
        cluster.heal();
        assertConverged(12);
        assertThat(cluster.names(1)).containsExactly("left", "right");
    }

    @Test
    void twoFieldsChangedOnTwoSidesBothStand() {
        cluster.runFor(2);
        cluster.add(0, "vpn");
        assertConverged(2);
        cluster.split(1);
        cluster.set(0, "vpn", "owner", "ann");
        cluster.set(2, "vpn", "quota", "7");
        cluster.heal();
        assertConverged(12);
        assertThat(cluster.namespaces(1).find("vpn").fields())
                .containsEntry("owner", "ann")
                .containsEntry("quota", "7");
    }

    @Test
    void namespaceThatOneSideChangesSurvivesItsDeleteOnTheOther() {
        cluster.runFor(2);
        cluster.add(0, "vpn");
        assertConverged(2);
        cluster.split(1);
        cluster.set(0, "vpn", "owner", "ann");
        cluster.runFor(1);
        assertThat(cluster.remove(2, "vpn")).isEqualTo(Kind.DONE);
        cluster.heal();
        assertConverged(12);
        assertThat(cluster.names(2)).containsExactly("vpn");
        assertThat(cluster.reached(RegistryMarks.DELETE_OVERRIDDEN)).isPositive();
    }

    @Test
    void clientThatOneSideChangesStaysDeletedByTheOtherUntilItIsRegisteredAnew() {
        cluster.runFor(2);
        cluster.outcome(
                0, node -> node.registry.clients().put("vpn", "c1", List.of("PUBLISH"), "", cluster.outcomes::add));
        assertConverged(2);
        cluster.split(1);
        cluster.outcome(2, node -> node.registry.clients().remove("vpn", "c1", cluster.outcomes::add));
        cluster.runFor(1);
        cluster.outcome(
                0, node -> node.registry.clients().put("vpn", "c1", List.of("SUBSCRIBE"), "", cluster.outcomes::add));
        cluster.heal();
        assertConverged(12);
        assertThat(cluster.registry(0).clients().all()).isEmpty();
        cluster.outcome(
                1, node -> node.registry.clients().put("vpn", "c1", List.of("SUBSCRIBE"), "", cluster.outcomes::add));
        assertConverged(2);
        assertThat(cluster.registry(2).clients().find("vpn", "c1").purposes()).containsExactly("SUBSCRIBE");
    }

    @Test
    void acknowledgedWriteOutlivesAPowerCutOfAll() {
        cluster.runFor(2);
        for (int i = 0; i < 5; i++) {
            assertThat(cluster.add(i % 3, "vpn" + i)).isEqualTo(Kind.DONE);
        }
        for (int i = 0; i < 3; i++) {
            cluster.crash(i);
        }
        for (int i = 0; i < 3; i++) {
            cluster.restart(i);
        }
        assertConverged(10);
        assertThat(cluster.names(0)).hasSize(5);
    }

    @Test
    void nodeWithAWipedDiskGetsAllFromItsPeers() {
        cluster.runFor(2);
        cluster.add(0, "vpn");
        cluster.on(2, node -> node.connect("c1"));
        assertConverged(3);
        cluster.crash(1);
        cluster.wipe(1);
        cluster.restart(1);
        assertThat(cluster.within(5, () -> cluster.names(1).contains("vpn"))).isTrue();
        assertThat(cluster.within(5, () -> cluster.sessions(1).find("default", "c1") != null))
                .isTrue();
        assertConverged(10);
    }

    @Test
    void tombstonesOfALiveClusterAreCollectedAndNotWhileAMemberIsDead() {
        cluster.runFor(2);
        cluster.add(0, "vpn");
        cluster.add(0, "gone");
        assertConverged(3);
        cluster.runFor(4);
        cluster.crash(2);
        cluster.runFor(6);
        cluster.remove(0, "gone");
        cluster.runFor(20);
        assertThat(cluster.registry(0).settings().store().tombstones()).isPositive();
        cluster.restart(2);
        assertThat(cluster.within(
                        15,
                        () -> cluster.registry(0).settings().store().tombstones() == 0
                                && cluster.registry(1).settings().store().tombstones() == 0))
                .isTrue();
        assertConverged(5);
        assertThat(cluster.names(2)).containsExactly("vpn");
        assertThat(cluster.registry(0).settings().counters().of(Counter.RESETS)).isZero();
    }

    /** Rare in a burn, since a life without its peers must be longer than they remember it. */
    @Test
    void memberThatWasForgottenLearnsOfADeleteByBeingToldAll() {
        GossipConfig gossip = GossipConfig.fast("test")
                .with(new RetentionConfig(Time.seconds(1), Time.seconds(4), Time.seconds(3), Time.seconds(5), 16));
        RegistryConfig fast = RegistryConfig.fast();
        RegistryConfig config = new RegistryConfig(
                fast.batchNanos(),
                fast.digestNanos(),
                fast.pullNanos(),
                fast.pullsMax(),
                fast.sliceBytesMax(),
                fast.settingsMax(),
                fast.sessionsMax(),
                fast.versionsMax(),
                fast.changesMax(),
                fast.driftMillisMax(),
                fast.tidyNanos(),
                fast.snapshotNanos(),
                Time.seconds(6),
                fast.unsavedMax());
        RegistryCluster forgetful = new RegistryCluster(1, 3, gossip, config);
        forgetful.runFor(2);
        forgetful.add(0, "vpn");
        forgetful.add(0, "gone");
        forgetful.runFor(6);
        forgetful.crash(2);
        forgetful.runFor(6);
        forgetful.remove(0, "gone");
        assertThat(forgetful.within(
                        30, () -> forgetful.registry(0).settings().store().tombstones() == 0))
                .isTrue();
        assertThat(forgetful.reached(RegistryMarks.DELETE_LEARNT_BY_RESET)).isZero();
        forgetful.restart(2);
        assertThat(forgetful.within(15, () -> forgetful.names(2).equals(forgetful.names(0)) && forgetful.converged()))
                .as(forgetful::divergence)
                .isTrue();
        assertThat(forgetful.names(2)).containsExactly("vpn");
        assertThat(forgetful.reached(RegistryMarks.DELETE_LEARNT_BY_RESET)).isPositive();
    }

    @Test
    void sessionIsShownOnAllNodesAndVanishesWithItsEnd() {
        cluster.runFor(2);
        cluster.on(1, node -> node.connect("c1"));
        assertThat(cluster.within(1, () -> cluster.sessions(2).find("default", "c1") != null))
                .isTrue();
        assertThat(cluster.sessions(0).find("default", "c1").node()).isEqualTo(cluster.nodes.get(1));
        cluster.on(1, node -> node.disconnect("c1"));
        assertThat(cluster.within(1, () -> cluster.sessions(2).find("default", "c1") == null))
                .isTrue();
        assertConverged(2);
    }

    @Test
    void nodeThatHasLeftTakesNoWritesAndShowsItsSessionsOnceItIsBack() {
        cluster.runFor(2);
        boolean[] left = {false};
        cluster.on(2, node -> node.membership.leave(() -> left[0] = true));
        assertThat(cluster.within(2, () -> left[0])).isTrue();
        assertThat(cluster.add(2, "late")).isEqualTo(Kind.REFUSED);
        cluster.on(2, node -> node.connect("c1"));
        cluster.runFor(1);
        assertThat(cluster.sessions(2).find("default", "c1")).isNull();
        cluster.on(2, node -> node.membership.join(List.of(cluster.nodes.get(0))));
        assertThat(cluster.within(5, () -> cluster.sessions(0).find("default", "c1") != null))
                .isTrue();
        assertThat(cluster.add(2, "late")).isEqualTo(Kind.DONE);
        assertConverged(2);
        assertThat(cluster.names(0)).containsExactly("late");
    }

    @Test
    void sessionsOfADeadNodeVanishAndThoseOfItsNextLifeAreItsOwn() {
        cluster.runFor(2);
        cluster.on(2, node -> node.connect("c1"));
        assertConverged(3);
        cluster.crash(2);
        assertThat(cluster.within(10, () -> cluster.sessions(0).find("default", "c1") == null))
                .isTrue();
        cluster.restart(2);
        cluster.runFor(3);
        assertThat(cluster.sessions(0).all(10)).isEmpty();
        cluster.on(2, node -> node.connect("c2"));
        assertConverged(5);
        assertThat(cluster.sessions(0).all(10)).hasSize(1);
        assertThat(cluster.within(
                        10,
                        () -> cluster.registry(0).sessionCells().store().table().size() <= 4))
                .as("void sessions are collected")
                .isTrue();
    }

    @Test
    void endOfASessionDoesNotEndTheOneThatTookOver() {
        cluster.runFor(2);
        cluster.on(0, node -> node.connect("c1"));
        assertConverged(3);
        cluster.split(1);
        cluster.runFor(1);
        cluster.on(2, node -> node.connect("c1"));
        cluster.runFor(1);
        cluster.on(0, node -> node.disconnect("c1"));
        cluster.heal();
        assertConverged(12);
        assertThat(cluster.sessions(0).find("default", "c1").node()).isEqualTo(cluster.nodes.get(2));
    }

    @Test
    void freshnessTellsWhoAgreedAndHowLongAgo() {
        cluster.runFor(3);
        Freshness fresh = cluster.registry(0).settingsFreshness();
        assertThat(fresh.text()).matches("2/2 peers, 0\\.[0-9]s");
        assertThat(fresh.isWithin(Time.seconds(1))).isTrue();
        assertThat(fresh.asOfMillis()).containsKeys(cluster.nodes.get(1), cluster.nodes.get(2));
        cluster.split(1);
        cluster.runFor(1);
        assertThat(cluster.registry(0).settingsFreshness().isWithin(Time.millis(500)))
                .isFalse();
        cluster.runFor(10);
        assertThat(cluster.registry(0).settingsFreshness().text()).isEqualTo("0/0 peers");
    }

    @Test
    void idleClusterAgreesByDigestsAlone() {
        cluster.add(0, "vpn");
        assertConverged(5);
        cluster.runFor(5);
        long pulls = cluster.registry(1).settings().counters().of(Counter.PULLS_BEGUN);
        cluster.runFor(20);
        assertThat(cluster.registry(1).settings().counters().of(Counter.PULLS_BEGUN))
                .isEqualTo(pulls);
        assertThat(cluster.registry(1).settings().counters().of(Counter.DIGESTS_EQUAL))
                .isGreaterThan(50);
    }

    @Test
    void originsOfEarlierLivesAreRetired() {
        cluster.runFor(2);
        for (int life = 0; life < 6; life++) {
            cluster.add(1, "vpn" + life);
            cluster.crash(1);
            cluster.restart(1);
            cluster.runFor(3);
        }
        assertThat(cluster.within(
                        30, () -> cluster.registry(0).settings().store().seen().size() <= 4))
                .as(() -> cluster.registry(0).settings().store().seen().toString())
                .isTrue();
        assertConverged(5);
        assertThat(cluster.names(2)).hasSize(6);
    }
}
