package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.config.HistoryConfig;
import io.orrery.gossip.config.RetentionConfig;
import io.orrery.gossip.history.MemberEvent;
import io.orrery.gossip.history.MemberEvent.Kind;
import io.orrery.gossip.history.MemberHistory;
import io.orrery.gossip.history.SuspicionView;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator is told of a member, for each thing that can befall one. */
class MemberHistoryTest {
    private static final GossipConfig CONFIG = GossipConfig.lan("test");

    private static Cluster joined(int count, GossipConfig config) {
        Cluster cluster = new Cluster(3, config).add(count);
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        return cluster;
    }

    private static List<MemberEvent> events(Cluster cluster, int observer, int of) {
        return cluster.membership(observer).history().of(cluster.nodes.get(of));
    }

    private static List<Kind> kinds(Cluster cluster, int observer, int of) {
        return events(cluster, observer, of).stream().map(MemberEvent::kind).toList();
    }

    private static MemberEvent last(Cluster cluster, int observer, int of) {
        List<MemberEvent> events = events(cluster, observer, of);
        return events.get(events.size() - 1);
    }

    @Test
    void deathIsToldWithItsAccusersAndHowLongTheSuspicionLasted() {
        Cluster cluster = joined(6, CONFIG);
        long crashed = cluster.sim.nowNanos();
        cluster.crash(5);
        assertThat(cluster.within(60, cluster::membersConverged)).isTrue();
        assertThat(kinds(cluster, 0, 5)).startsWith(Kind.LEARNT, Kind.SUSPECTED).endsWith(Kind.DIED);
        assertThat(kinds(cluster, 0, 5)).contains(Kind.CONFIRMED);
        MemberEvent death = last(cluster, 0, 5);
        assertThat(death.afterNanos()).isBetween(Time.seconds(3), Time.seconds(25));
        assertThat(death.atNanos()).isGreaterThan(crashed);
        assertThat(death.text())
                .startsWith("declared dead by n")
                .contains(" after ")
                .contains(" ms");
        assertThat(death.wallMillis()).isPositive();
    }

    @Test
    void suspicionThatRunsIsShownWithItsAccusersAndItsDeadline() {
        Cluster cluster = joined(6, CONFIG);
        cluster.crash(5);
        NodeId dead = cluster.nodes.get(5);
        assertThat(cluster.membership(0).suspicion(dead)).isNull();
        assertThat(cluster.within(20, () -> {
                    SuspicionView view = cluster.membership(0).suspicion(dead);
                    return view != null && view.accusers().size() >= 2;
                }))
                .isTrue();
        SuspicionView view = cluster.membership(0).suspicion(dead);
        assertThat(view.deadlineNanos() - view.sinceNanos()).isBetween(Time.seconds(4), Time.seconds(24));
        assertThat(view.incarnation())
                .isEqualTo(cluster.membership(0).member(dead).incarnation());
        assertThat(view.confirmationsMax()).isEqualTo(2);
        assertThat(cluster.within(30, () -> cluster.state(0, 5) == MemberState.DEAD))
                .isTrue();
        assertThat(cluster.membership(0).suspicion(dead)).isNull();
    }

    @Test
    void refutationIsToldOnBothSides() {
        Cluster cluster = joined(5, CONFIG);
        cluster.sim.pause(cluster.nodes.get(3), Time.seconds(3));
        assertThat(cluster.within(4, () -> cluster.state(0, 3) == MemberState.SUSPECT))
                .isTrue();
        assertThat(cluster.within(5, cluster::membersConverged)).isTrue();
        assertThat(last(cluster, 0, 3).kind()).isEqualTo(Kind.REFUTED);
        assertThat(last(cluster, 0, 3).text()).startsWith("refuted after ");
        assertThat(kinds(cluster, 3, 3)).contains(Kind.SUSPECTED).endsWith(Kind.REFUTED);
    }

    @Test
    void leavingReturningAndRestartingAreToldApart() {
        Cluster cluster = joined(4, CONFIG);
        cluster.on(3, () -> cluster.membership(3).leave(() -> {}));
        assertThat(cluster.within(5, () -> cluster.state(0, 3) == MemberState.LEFT))
                .isTrue();
        assertThat(last(cluster, 0, 3).kind()).isEqualTo(Kind.LEFT);
        cluster.sim.runFor(Time.seconds(6));
        cluster.on(3, () -> cluster.membership(3).join(List.of()));
        assertThat(cluster.within(10, cluster::membersConverged)).isTrue();
        assertThat(last(cluster, 0, 3).kind()).isEqualTo(Kind.RETURNED);
        assertThat(last(cluster, 0, 3).afterNanos()).isGreaterThan(Time.seconds(5));
        cluster.crash(3);
        cluster.restart(3);
        assertThat(cluster.within(10, cluster::membersConverged)).isTrue();
        assertThat(kinds(cluster, 0, 3)).contains(Kind.RESTARTED);
    }

    @Test
    void removalForGoodIsToldWhenTheMemberIsNoLongerThere() {
        GossipConfig forgetful = CONFIG.with(
                new RetentionConfig(Time.seconds(5), Time.seconds(10), Time.seconds(20), Time.seconds(20), 100));
        Cluster cluster = joined(4, forgetful);
        cluster.crash(3);
        assertThat(cluster.within(90, () -> cluster.membership(0).members().size() == 3))
                .isTrue();
        assertThat(last(cluster, 0, 3).kind()).isEqualTo(Kind.REAPED);
        assertThat(last(cluster, 0, 3).afterNanos()).isBetween(Time.seconds(17), Time.seconds(21));
        assertThat(cluster.membership(0).history().lastHeardNanos(cluster.nodes.get(3)))
                .isEqualTo(MemberHistory.NEVER);
    }

    @Test
    void lastHeardIsWhenAnythingCameFromTheMemberItself() {
        Cluster cluster = joined(3, CONFIG);
        cluster.sim.runFor(Time.seconds(10));
        MemberHistory history = cluster.membership(0).history();
        NodeId other = cluster.nodes.get(2);
        assertThat(cluster.sim.nowNanos() - history.lastHeardNanos(other)).isLessThan(Time.seconds(4));
        cluster.crash(2);
        long then = history.lastHeardNanos(other);
        cluster.sim.runFor(Time.seconds(10));
        assertThat(history.lastHeardNanos(other)).isEqualTo(then);
        assertThat(history.lastHeardNanos(NodeId.of("nobody"))).isEqualTo(MemberHistory.NEVER);
    }

    @Test
    void historyIsBoundedPerMemberAndInTotalAndCountsWhatItForgets() {
        Cluster cluster = joined(6, CONFIG.with(new HistoryConfig(3, 10)));
        for (int round = 0; round < 5; round++) {
            cluster.sim.pause(cluster.nodes.get(3), Time.seconds(3));
            cluster.sim.runFor(Time.seconds(8));
        }
        MemberHistory history = cluster.membership(0).history();
        assertThat(history.of(cluster.nodes.get(3))).hasSize(3);
        assertThat(history.size())
                .isLessThanOrEqualTo(10)
                .isEqualTo(history.all().size());
        assertThat(history.dropped()).isPositive();
    }

    @Test
    void historyThatIsSwitchedOffKeepsNothing() {
        Cluster cluster = joined(3, CONFIG.with(HistoryConfig.none()));
        assertThat(cluster.membership(0).history().all()).isEmpty();
        assertThat(cluster.membership(0).history().lastHeardNanos(cluster.nodes.get(1)))
                .isEqualTo(MemberHistory.NEVER);
    }
}
