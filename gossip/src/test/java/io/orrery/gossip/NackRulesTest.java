package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.message.Claim;
import io.orrery.gossip.message.GossipMessage;
import io.orrery.gossip.message.GossipMessage.Ack;
import io.orrery.gossip.message.GossipMessage.IndirectAck;
import io.orrery.gossip.message.GossipMessage.Nack;
import io.orrery.gossip.message.GossipMessage.Ping;
import io.orrery.gossip.message.GossipMessage.PingReq;
import io.orrery.gossip.message.GossipMessage.Rumours;
import io.orrery.gossip.message.Header;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What n0 does as a relay, and what it makes of relays' words: p and q are puppets, x is nowhere. */
class NackRulesTest {
    private static final NodeId N0 = NodeId.of("n0");
    private static final NodeId P = NodeId.of("p");
    private static final NodeId Q = NodeId.of("q");
    private static final NodeId X = NodeId.of("x");
    private static final Incarnation I = new Incarnation(5, 3);
    private static final Header HEADER = new Header("test", ClusterId.NONE, I);

    private Cluster cluster;

    @BeforeEach
    void boot() {
        cluster = new Cluster(1).unchecked();
        cluster.add("n0", List.of(), GossipConfig.lan("test"));
        cluster.sim.addNode("p", Puppet::new);
        cluster.sim.addNode("q", Puppet::new);
        cluster.sim.runFor(Time.millis(50));
    }

    private Puppet puppet(NodeId node) {
        return cluster.sim.protocol(node, Puppet.class);
    }

    private void say(NodeId from, GossipMessage message) {
        cluster.sim.onNode(from, () -> puppet(from).say(N0, message));
        cluster.sim.runFor(Time.millis(5));
    }

    private void introduce(NodeId... nodes) {
        for (NodeId node : nodes) {
            Member member = new Member(node, MemberState.ALIVE, I, "", Collections.emptySortedMap());
            say(P, new Rumours(HEADER, List.of(Claim.own(member))));
        }
    }

    private long count(Counter counter) {
        return cluster.membership(0).counters().of(counter);
    }

    @Test
    void relayThatGetsNoAnswerSaysSoShortlyBeforeTheAskersPeriodEndsAndOnce() {
        introduce(P, X);
        say(P, new PingReq(HEADER, 77, X, List.of()));
        cluster.sim.runFor(Time.millis(380));
        assertThat(puppet(P).heard(Nack.class)).isEmpty();
        cluster.sim.runFor(Time.millis(40));
        assertThat(puppet(P).heard(Nack.class)).hasSize(1);
        Nack nack = puppet(P).heard(Nack.class).get(0);
        assertThat(nack.number()).isEqualTo(77);
        assertThat(nack.target()).isEqualTo(X);
        cluster.sim.runFor(Time.seconds(3));
        assertThat(puppet(P).heard(Nack.class)).hasSize(1);
    }

    @Test
    void relayThatGetsAnAnswerPassesItOnAndSaysNothingElse() {
        introduce(P, Q);
        say(P, new PingReq(HEADER, 78, Q, List.of()));
        List<Ping> pings = puppet(Q).heard(Ping.class);
        say(Q, new Ack(HEADER, pings.get(pings.size() - 1).number(), null, List.of()));
        cluster.sim.runFor(Time.seconds(1));
        assertThat(puppet(P).heard(IndirectAck.class)).hasSize(1);
        assertThat(puppet(P).heard(Nack.class)).isEmpty();
    }

    @Test
    void nackOfOneWhoWasNotAskedOrForAnotherNumberCountsForNothing() {
        introduce(X);
        assertThat(cluster.within(3, () -> count(Counter.PROBES) > 0)).isTrue();
        say(P, new Nack(HEADER, 1, X, List.of()));
        say(P, new Nack(HEADER, 999, X, List.of()));
        cluster.sim.runFor(Time.millis(600));
        assertThat(count(Counter.NACKS)).isZero();
    }

    @Test
    void nackOfARelayThatWasAskedCountsOnceAndIsNoAnswerOfTheTarget() {
        introduce(P, X);
        assertThat(cluster.within(
                        10,
                        () -> puppet(P).heard(PingReq.class).stream()
                                .anyMatch(request -> request.target().equals(X))))
                .isTrue();
        PingReq request = puppet(P).heard(PingReq.class).stream()
                .filter(asked -> asked.target().equals(X))
                .findFirst()
                .orElseThrow();
        say(P, new Nack(HEADER, request.number(), X, List.of()));
        say(P, new Nack(HEADER, request.number(), X, List.of()));
        assertThat(count(Counter.NACKS)).isEqualTo(1);
        cluster.sim.runFor(Time.millis(600));
        assertThat(cluster.membership(0).member(X).state()).isEqualTo(MemberState.SUSPECT);
    }

    @Test
    void claimsOnANackAreHeard() {
        introduce(P);
        Member member = new Member(X, MemberState.ALIVE, I, "", Collections.emptySortedMap());
        say(P, new Nack(HEADER, 5, Q, List.of(Claim.own(member))));
        assertThat(cluster.membership(0).member(X)).isNotNull();
    }
}
