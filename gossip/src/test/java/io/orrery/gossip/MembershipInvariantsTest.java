package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.gossip.check.MembershipInvariants;
import io.orrery.gossip.config.ProbeConfig;
import io.orrery.gossip.config.RetentionConfig;
import io.orrery.gossip.config.SuspicionConfig;
import io.orrery.gossip.message.Claim;
import io.orrery.gossip.message.GossipMessage.Rumours;
import io.orrery.gossip.message.Header;
import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.gossip.swim.SuspicionTiming;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Health;
import io.orrery.sim.Simulation;
import io.orrery.sim.SimulationFailure;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each invariant of membership, seen to hold and seen broken. */
class MembershipInvariantsTest {
    private static final NodeId LIAR = NodeId.of("p");

    private final Simulation sim = new Simulation(5);
    private final Health health = new Health(sim);
    private final MembershipInvariants invariants = new MembershipInvariants(health::areWell, Time.seconds(3));
    private final List<NodeId> nodes = new ArrayList<>();

    private void start(int count, GossipConfig config, GossipRules rules) {
        for (int i = 0; i < count; i++) {
            nodes.add(sim.addNode(
                    "n" + i,
                    kernel -> new GossipNode(kernel, config, OwnerLogConfig.fast(), List.of(NodeId.of("n0")), rules)));
        }
        sim.addChecker((world, id) -> {
            health.look();
            if (world.isUp(id) && !id.equals(LIAR)) {
                invariants.observe(world.protocol(id, GossipNode.class).membership);
            }
        });
    }

    private Membership membership(int index) {
        return sim.protocol(nodes.get(index), GossipNode.class).membership;
    }

    /** A peer says something of a member to n0. */
    private void claim(MemberState state, Incarnation incarnation, int of) {
        if (!sim.nodes().contains(LIAR)) {
            sim.addNode("p", Puppet::new);
        }
        Member member = new Member(nodes.get(of), state, incarnation, "", Collections.emptySortedMap());
        Puppet liar = sim.protocol(LIAR, Puppet.class);
        Header header = new Header("test", new Incarnation(1, 0));
        sim.onNode(LIAR, () -> liar.say(nodes.get(0), new Rumours(header, List.of(new Claim(member, LIAR)))));
        sim.runFor(Time.millis(20));
    }

    private void declareOneDead(long shortestNanos) {
        GossipConfig config = GossipConfig.fast("test");
        long configured = SuspicionTiming.shortestNanos(
                config.suspicion(), 4, config.probe().intervalNanos());
        invariants.suspicionsLast(shortestNanos == 0 ? configured : shortestNanos, sim::clockNanos);
        start(4, config, GossipRules.STANDARD);
        sim.runFor(Time.seconds(5));
        sim.crash(nodes.get(3));
        sim.runFor(Time.seconds(20));
        assertThat(membership(0).member(nodes.get(3)).state()).isEqualTo(MemberState.DEAD);
    }

    @Test
    void aSuspicionThatLastsAsLongAsConfiguredIsAccepted() {
        declareOneDead(0);
    }

    @Test
    void aSuspicionThatEndsEarlierIsRejected() {
        assertThatThrownBy(() -> declareOneDead(Time.seconds(100)))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("M5: a suspicion lasts");
    }

    /** One of three nodes dies, and half a minute passes. */
    private void loseOne(long keptNanos, long ruleNanos) {
        GossipConfig config = GossipConfig.fast("test").with(retention(keptNanos));
        invariants.suspicionsLast(
                SuspicionTiming.shortestNanos(
                        config.suspicion(), 3, config.probe().intervalNanos()),
                sim::clockNanos);
        invariants.goneAreForgotten(retention(ruleNanos));
        start(3, config, GossipRules.STANDARD);
        sim.runFor(Time.seconds(3));
        sim.crash(nodes.get(2));
        sim.runFor(Time.seconds(30));
    }

    private static RetentionConfig retention(long deadNanos) {
        return new RetentionConfig(Time.seconds(1), Time.seconds(4), deadNanos, Time.seconds(5), 16);
    }

    @Test
    void oneWhoIsForgottenAfterItsTimeIsAccepted() {
        loseOne(Time.seconds(3), Time.seconds(3));
        assertThat(membership(0).member(nodes.get(2))).isNull();
    }

    @Test
    void oneWhoIsRememberedForTooLongIsRejected() {
        assertThatThrownBy(() -> loseOne(Time.seconds(3600), Time.seconds(3)))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("M6: who is gone is forgotten in time");
    }

    @Test
    void crashesReturnsAndPartitionsBreakNothing() {
        start(4, GossipConfig.fast("test"), GossipRules.STANDARD);
        sim.runFor(Time.seconds(5));
        sim.crash(nodes.get(3));
        sim.network().partition(List.of(nodes.subList(0, 2)));
        sim.runFor(Time.seconds(20));
        sim.network().heal();
        invariants.onDiskKept(nodes.get(3));
        sim.restart(nodes.get(3));
        sim.runFor(Time.seconds(20));
        List<Membership> views = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            views.add(membership(i));
        }
        assertThat(MembershipInvariants.divergence(views)).isNull();
    }

    @Test
    void aMemberResurrectedAtAnEqualIncarnationIsSeen() {
        GossipRules broken = new GossipRules() {
            @Override
            public boolean overrides(MemberState held, Incarnation one, MemberState claimed, Incarnation other) {
                return held == MemberState.DEAD && claimed == MemberState.ALIVE && one.equals(other)
                        || super.overrides(held, one, claimed, other);
            }
        };
        start(3, GossipConfig.fast("test"), broken);
        sim.runFor(Time.seconds(3));
        Incarnation last = membership(2).self().incarnation();
        sim.crash(nodes.get(2));
        sim.runFor(Time.seconds(20));
        assertThatThrownBy(() -> claim(MemberState.ALIVE, last, 2))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("M1: a member never goes back");
    }

    @Test
    void anIncarnationThatItsMemberNeverHadIsSeen() {
        start(3, GossipConfig.fast("test"), GossipRules.STANDARD);
        sim.runFor(Time.seconds(3));
        Incarnation own = membership(2).self().incarnation();
        assertThatThrownBy(
                        () -> claim(MemberState.ALIVE, new Incarnation(own.generation(), own.refutations() + 1_000), 2))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("M2: only a node makes its incarnations");
    }

    /** Not only one beyond its last: also one that lies between two of its boots. */
    @Test
    void anIncarnationBetweenTwoBootsIsSeen() {
        start(3, GossipConfig.fast("test"), GossipRules.STANDARD);
        sim.runFor(Time.seconds(3));
        Incarnation first = membership(2).self().incarnation();
        sim.crash(nodes.get(2));
        sim.runFor(Time.seconds(20));
        sim.network().cut(nodes.get(2), nodes.get(0));
        sim.network().cut(nodes.get(2), nodes.get(1));
        invariants.onDiskKept(nodes.get(2));
        sim.restart(nodes.get(2));
        sim.runFor(Time.seconds(2));
        assertThat(membership(2).self().incarnation().generation()).isGreaterThan(first.generation());
        assertThatThrownBy(() -> claim(MemberState.ALIVE, new Incarnation(first.generation(), 77), 2))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("M2: only a node makes its incarnations");
    }

    /** A disk that is said to be kept, and was replaced: the boot knows nothing of the last one, and the clock was set back. */
    @Test
    void aBootThatGoesBackIsSeen() {
        start(3, GossipConfig.fast("test"), GossipRules.STANDARD);
        sim.runFor(Time.seconds(3));
        sim.wipe(nodes.get(2));
        sim.machine(nodes.get(2)).stepWall(-Time.seconds(60));
        invariants.onDiskKept(nodes.get(2));
        assertThatThrownBy(() -> {
                    sim.restart(nodes.get(2));
                    sim.runFor(Time.seconds(2));
                })
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("M3: a node's incarnation rises");
    }

    /** A detector that is faster than the network accuses the innocent. */
    @Test
    void aFalseDeathAmongTheWellIsSeen() {
        ProbeConfig hasty =
                ProbeConfig.lan().withPeriod(Time.millis(3), Time.millis(1)).withLocalHealthMax(1);
        sim.network().policy(LinkPolicy.LAN.delay(Time.millis(4), Time.millis(5)));
        start(4, GossipConfig.fast("test").with(hasty).with(new SuspicionConfig(1, 1, 15, true)), GossipRules.STANDARD);
        assertThatThrownBy(() -> sim.runFor(Time.seconds(20)))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("M4: nobody well declares one dead that is well");
    }

    @Test
    void aDeathOfOneThatWasCutOffIsRight() {
        start(3, GossipConfig.fast("test"), GossipRules.STANDARD);
        sim.runFor(Time.seconds(5));
        sim.network().isolate(nodes.get(2));
        sim.runFor(Time.seconds(20));
        assertThat(membership(0).member(nodes.get(2)).state()).isEqualTo(MemberState.DEAD);
    }
}
