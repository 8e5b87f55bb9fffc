package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.config.SuspicionConfig;
import io.orrery.gossip.swim.SuspicionTiming;
import io.orrery.kernel.Time;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What makes a crash known soon, and what keeps the innocent alive meanwhile. */
class ConfirmedSuspicionTest {
    private static final long PERIOD = Time.seconds(1);

    private static Cluster joined(int count) {
        Cluster cluster = new Cluster(4, GossipConfig.lan("test")).add(count);
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        return cluster;
    }

    @Test
    void confirmedSuspicionIsShortInALargeClusterOnly() {
        SuspicionConfig config = SuspicionConfig.lan();
        assertThat(SuspicionTiming.shortestNanos(config, 3, PERIOD)).isEqualTo(Time.seconds(4));
        assertThat(SuspicionTiming.shortestNanos(config, 10, PERIOD)).isEqualTo(Time.seconds(4));
        assertThat(SuspicionTiming.shortestNanos(config, 100, PERIOD)).isEqualTo(Time.seconds(8));
        assertThat(SuspicionTiming.shortestNanos(config, 200, PERIOD)).isEqualTo(Time.seconds(4));
        assertThat(SuspicionTiming.shortestNanos(config, 1000, PERIOD)).isEqualTo(Time.millis(1500));
        assertThat(SuspicionTiming.shortestNanos(config.withMaxMult(1), 1000, PERIOD))
                .isEqualTo(SuspicionTiming.minNanos(4, 1000, PERIOD));
    }

    @Test
    void relaysThatFoundTheSuspectSilentConfirmAtOnce() {
        Cluster cluster = joined(30);
        cluster.crash(29);
        assertThat(cluster.within(10, () -> cluster.state(0, 29) == MemberState.SUSPECT))
                .isTrue();
        assertThat(cluster.within(1, () -> cluster.membership(0).counters().of(Counter.CONFIRMATIONS) == 2))
                .isTrue();
    }

    @Test
    void crashIsKnownEverywhereSoon() {
        Cluster cluster = joined(30);
        cluster.crash(29);
        assertThat(cluster.within(10, () -> cluster.state(0, 29) == MemberState.SUSPECT))
                .isTrue();
        assertThat(cluster.within(8, cluster::membersConverged)).isTrue();
    }

    @Test
    void suspectIsAskedBeforeItIsBuriedAndRefutesToWhomeverAsks() {
        Cluster cluster = joined(3);
        Membership accuser = cluster.membership(0);
        cluster.sim.network().isolate(cluster.nodes.get(2));
        assertThat(cluster.within(10, () -> cluster.state(0, 2) == MemberState.SUSPECT))
                .isTrue();
        // Three seconds of its four are over: from now on it can be reached, by the one who asks it and by no rumour.
        cluster.sim.runFor(Time.seconds(3));
        long probes = accuser.counters().of(Counter.PROBES);
        cluster.sim.network().mend(cluster.nodes.get(0), cluster.nodes.get(2));
        cluster.sim.network().mend(cluster.nodes.get(2), cluster.nodes.get(0));
        cluster.sim.runFor(Time.seconds(3));
        assertThat(cluster.state(0, 2)).isEqualTo(MemberState.ALIVE);
        assertThat(accuser.counters().of(Counter.DEATHS)).isZero();
        assertThat(accuser.counters().of(Counter.PROBES)).isGreaterThanOrEqualTo(probes);
    }

    @Test
    void lonelyNewsGoesOutAtOnce() {
        TreeMap<String, String> metadata = new TreeMap<>();
        metadata.put("a", "b");
        Cluster cluster = joined(8);
        cluster.sim.runFor(Time.seconds(10));
        cluster.on(0, () -> cluster.membership(0).metadata(metadata));
        cluster.sim.runFor(Time.millis(20));
        long knowing = List.of(1, 2, 3, 4, 5, 6, 7).stream()
                .filter(i -> cluster.membership(i)
                                .member(cluster.nodes.get(0))
                                .metadata()
                                .size()
                        == 1)
                .count();
        assertThat(knowing).isGreaterThanOrEqualTo(3);
    }
}
