package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.config.ProbeConfig;
import io.orrery.gossip.config.SuspicionConfig;
import io.orrery.kernel.Time;
import io.orrery.sim.network.LinkPolicy;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What each mechanism of Lifeguard, and our notice of pauses, is worth: the same run with it and without it. */
class LifeguardTest {
    private static Cluster joined(int count, UnaryOperator<ProbeConfig> probe) {
        GossipConfig config = GossipConfig.lan("test");
        Cluster cluster = new Cluster(5, config.with(probe.apply(config.probe()))).add(count);
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        return cluster;
    }

    private static long sum(Cluster cluster, Counter counter) {
        long sum = 0;
        for (int i = 0; i < cluster.nodes.size(); i++) {
            sum += cluster.isUp(i) ? cluster.membership(i).counters().of(counter) : 0;
        }
        return sum;
    }

    private static int health(Cluster cluster) {
        int sum = 0;
        for (int i = 0; i < cluster.nodes.size(); i++) {
            sum += cluster.isUp(i) ? cluster.membership(i).localHealth() : 0;
        }
        return sum;
    }

    @Test
    void deadMemberCostsNoLocalHealthWhereRelaysSayThatTheyGotNoAnswerEither() {
        Cluster cluster = joined(6, probe -> probe);
        cluster.crash(5);
        cluster.sim.runFor(Time.seconds(4));
        assertThat(sum(cluster, Counter.PROBES_FAILED)).isPositive();
        assertThat(sum(cluster, Counter.NACKS)).isPositive();
        assertThat(sum(cluster, Counter.NACKS_MISSED)).isZero();
        assertThat(health(cluster)).isZero();
        assertThat(cluster.reached(GossipMarks.NACKED)).isPositive();
    }

    @Test
    void withoutNacksEachFailedProbeCostsAPeriod() {
        assertThat(probesOfADeath(probe -> probe.withNacks(false))).isLessThan(probesOfADeath(probe -> probe) - 3);
    }

    private static long probesOfADeath(UnaryOperator<ProbeConfig> probe) {
        Cluster cluster = joined(6, probe);
        cluster.crash(5);
        cluster.sim.runFor(Time.seconds(10));
        return sum(cluster, Counter.PROBES);
    }

    @Test
    void nodeThatNobodyAnswersDoubtsItselfByEachRelayThatKeepsSilent() {
        Cluster cluster = joined(6, probe -> probe.withStreamFallback(false));
        for (int i = 1; i < 6; i++) {
            cluster.sim.network().cut(cluster.nodes.get(i), cluster.nodes.get(0));
        }
        assertThat(cluster.within(4, () -> cluster.membership(0).localHealth() >= 3))
                .isTrue();
        assertThat(cluster.membership(0).counters().of(Counter.NACKS_MISSED)).isGreaterThanOrEqualTo(3);
    }

    @Test
    void suspectLearnsOfItFromTheVeryPing() {
        assertThat(refutedInMillis(true)).isLessThanOrEqualTo(20);
        assertThat(refutedInMillis(false)).isGreaterThan(40);
    }

    /**
     * After the next ping from one who suspects, how long until it holds the suspect alive again. Rumours go out each 200 ms
     * only if there are any: all have been spent on the way, so nothing but the ping's own words tells the suspect.
     */
    private static long refutedInMillis(boolean buddy) {
        GossipConfig config = GossipConfig.lan("test").with(ProbeConfig.lan().withBuddy(buddy));
        config = config.with(SuspicionConfig.lan().withMult(60));
        Cluster cluster = new Cluster(5, config).add(2);
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        cluster.sim.network().cut(cluster.nodes.get(0), cluster.nodes.get(1));
        assertThat(cluster.within(10, () -> cluster.state(0, 1) == MemberState.SUSPECT))
                .isTrue();
        cluster.sim.runFor(Time.seconds(15));
        cluster.sim.network().heal();
        long sent =
                sum(cluster, Counter.PROBES) - cluster.membership(1).counters().of(Counter.PROBES);
        Membership accuser = cluster.membership(0);
        assertThat(cluster.within(20, () -> accuser.counters().of(Counter.PROBES) > sent))
                .isTrue();
        long from = cluster.sim.nowNanos();
        cluster.within(5, () -> cluster.state(0, 1) == MemberState.ALIVE);
        return (cluster.sim.nowNanos() - from) / Time.millis(1);
    }

    @Test
    void nodeThatStoodStillAccusesNobodyOfWhatItSleptThrough() {
        assertThat(suspicionsAfterPauses(probe -> probe)).isZero();
        assertThat(suspicionsAfterPauses(probe -> probe.withPauses(false))).isPositive();
    }

    /** Probes of a node that failed, which slept while the answer was on its way, and past the end of the period. */
    private static long suspicionsAfterPauses(UnaryOperator<ProbeConfig> probe) {
        Cluster cluster = joined(8, probe);
        Membership sleeper = cluster.membership(0);
        long before = sleeper.counters().of(Counter.PROBES);
        cluster.sim.network().policy(LinkPolicy.LAN.delay(Time.millis(700), Time.millis(700)));
        assertThat(cluster.within(3, () -> sleeper.counters().of(Counter.PROBES) > before))
                .isTrue();
        cluster.sim.pause(cluster.nodes.get(0), Time.seconds(3));
        cluster.sim.runFor(Time.millis(800));
        cluster.sim.network().policy(LinkPolicy.LAN);
        cluster.sim.runFor(Time.seconds(5));
        return sleeper.counters().of(Counter.PROBES_FAILED);
    }

    @Test
    void suspicionThatRanOutWhileThisNodeSleptGetsAPeriodMoreAndIsRefutedInIt() {
        assertThat(deathsAtASleeper(probe -> probe.withBuddy(false)))
                .as("the period more is enough by itself")
                .isZero();
        assertThat(deathsAtASleeper(probe -> probe.withPauses(false).withBuddy(false)))
                .isPositive();
    }

    /** Deaths that n0 declares, which falls asleep while it suspects n1, and wakes after the suspicion's end. */
    private static long deathsAtASleeper(UnaryOperator<ProbeConfig> probe) {
        Cluster cluster = joined(2, probe);
        cluster.sim.pause(cluster.nodes.get(1), Time.seconds(30));
        assertThat(cluster.within(10, () -> cluster.state(0, 1) == MemberState.SUSPECT))
                .isTrue();
        cluster.sim.pause(cluster.nodes.get(0), Time.seconds(8));
        cluster.sim.runFor(Time.seconds(6));
        cluster.sim.resume(cluster.nodes.get(1));
        cluster.sim.runFor(Time.seconds(12));
        return cluster.membership(0).counters().of(Counter.DEATHS);
    }

    @Test
    void plainSwimHasNothingOfLifeguard() {
        GossipConfig plain = GossipConfig.plainSwim("test");
        assertThat(plain.probe())
                .isEqualTo(ProbeConfig.lan()
                        .withNacks(false)
                        .withBuddy(false)
                        .withPauses(false)
                        .withStreamFallback(false)
                        .withLocalHealthMax(1));
        assertThat(plain.suspicion())
                .isEqualTo(SuspicionConfig.lan().withMaxMult(1).withLocalHealth(false));
    }
}
