package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.config.RetentionConfig;
import io.orrery.gossip.config.SuspicionConfig;
import io.orrery.gossip.message.Aged;
import io.orrery.gossip.message.Claim;
import io.orrery.gossip.message.GossipMessage;
import io.orrery.gossip.message.GossipMessage.Ack;
import io.orrery.gossip.message.GossipMessage.IndirectAck;
import io.orrery.gossip.message.GossipMessage.Ping;
import io.orrery.gossip.message.GossipMessage.PingReq;
import io.orrery.gossip.message.GossipMessage.Refusal;
import io.orrery.gossip.message.GossipMessage.Rumours;
import io.orrery.gossip.message.GossipMessage.Sync;
import io.orrery.gossip.message.Header;
import io.orrery.gossip.message.Held;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One real node, n0, and one that says what the test wants: what n0 answers to each thing. */
class MembershipRulesTest {
    private static final NodeId N0 = NodeId.of("n0");
    private static final NodeId P = NodeId.of("p");
    private static final NodeId X = NodeId.of("x");
    private static final NodeId Y = NodeId.of("y");
    private static final Incarnation I = new Incarnation(5, 3);
    private static final Header HEADER = new Header("test", I);

    private Cluster cluster;

    @BeforeEach
    void boot() {
        start(GossipConfig.lan("test"));
    }

    private void start(GossipConfig config) {
        cluster = new Cluster(1, config).unchecked();
        cluster.add("n0", List.of(), config);
        cluster.sim.addNode("p", Puppet::new);
        cluster.sim.runFor(Time.millis(50));
    }

    private Puppet puppet() {
        return cluster.sim.protocol(P, Puppet.class);
    }

    private void say(GossipMessage message) {
        cluster.sim.onNode(P, () -> puppet().say(N0, message));
        cluster.sim.runFor(Time.millis(5));
    }

    private static Member member(NodeId node, MemberState state, Incarnation incarnation) {
        return new Member(node, state, incarnation, "", Collections.emptySortedMap());
    }

    private void claim(NodeId node, MemberState state, Incarnation incarnation) {
        say(new Rumours(HEADER, List.of(new Claim(member(node, state, incarnation), P))));
    }

    private Member n0() {
        return cluster.membership(0).self();
    }

    private Member held(NodeId node) {
        return cluster.membership(0).member(node);
    }

    private <M> M last(Class<M> type) {
        List<M> heard = puppet().heard(type);
        assertThat(heard).isNotEmpty();
        return heard.get(heard.size() - 1);
    }

    @Test
    void accusationInAPingIsRefutedByItsAck() {
        Incarnation before = n0().incarnation();
        say(new Ping(HEADER, 9, new Held(MemberState.SUSPECT, before), List.of()));
        Ack ack = last(Ack.class);
        assertThat(ack.number()).isEqualTo(9);
        assertThat(ack.claims()).contains(Claim.own(n0()));
        assertThat(n0().incarnation()).isEqualTo(before.refuted());
    }

    @Test
    void pingerThatDoesNotKnowUsLearnsUsFromTheAck() {
        say(new Ping(HEADER, 9, null, List.of()));
        assertThat(last(Ack.class).claims()).contains(Claim.own(n0()));
        assertThat(last(Ack.class).held()).isNull();
    }

    @Test
    void accusationByRumourIsRefutedToTheAccuserAtOnce() {
        claim(N0, MemberState.DEAD, n0().incarnation());
        assertThat(last(Rumours.class).claims()).contains(Claim.own(n0()));
        assertThat(n0().incarnation().refutations()).isEqualTo(1);
    }

    @Test
    void incarnationDoesNotRiseForAStaleSuspicion() {
        Incarnation first = n0().incarnation();
        claim(N0, MemberState.SUSPECT, first);
        claim(N0, MemberState.SUSPECT, first);
        claim(N0, MemberState.DEAD, new Incarnation(first.generation() - 1, 99));
        assertThat(n0().incarnation()).isEqualTo(first.refuted());
    }

    @Test
    void wordOfALaterLifeRaisesTheGenerationAboveIt() {
        long later = n0().incarnation().generation() + 1_000_000_000L;
        claim(N0, MemberState.ALIVE, new Incarnation(later, 4));
        cluster.sim.runFor(Time.millis(20));
        assertThat(n0().incarnation().generation()).isGreaterThan(later);
    }

    @Test
    void generationIsRaisedByARandomAmountSinceThisPeerMayNotKnowTheLastLife() {
        long later = n0().incarnation().generation() + 1_000_000_000L;
        claim(N0, MemberState.ALIVE, new Incarnation(later, 4));
        cluster.sim.runFor(Time.millis(20));
        assertThat(n0().incarnation().generation()).isBetween(later + 1000, later + (1 << 20));
    }

    @Test
    void refutationsNobodyMadeAreThoseOfAnotherLife() {
        Incarnation before = n0().incarnation();
        claim(N0, MemberState.ALIVE, new Incarnation(before.generation(), 7));
        cluster.sim.runFor(Time.millis(20));
        assertThat(n0().incarnation().generation()).isGreaterThan(before.generation());
    }

    @Test
    void generationThatCannotBeExceededIsNonsense() {
        Incarnation before = n0().incarnation();
        claim(N0, MemberState.DEAD, new Incarnation(Incarnation.GENERATION_MAX, 0));
        cluster.sim.runFor(Time.millis(20));
        assertThat(n0().incarnation()).isEqualTo(before);
        assertThat(cluster.membership(0).counters().of(Counter.REFUSED_NONSENSE))
                .isEqualTo(1);
    }

    @Test
    void staleAliveOfTheDeadIsAnsweredWithTheAccusation() {
        claim(X, MemberState.DEAD, I);
        claim(X, MemberState.ALIVE, I);
        assertThat(held(X)).isEqualTo(member(X, MemberState.DEAD, I));
        assertThat(last(Rumours.class).claims())
                .anyMatch(answer -> answer.member().equals(member(X, MemberState.DEAD, I)));
    }

    @Test
    void memberThatForgotItsLastLifeIsToldOfIt() {
        claim(P, MemberState.ALIVE, new Incarnation(9, 0));
        claim(P, MemberState.ALIVE, new Incarnation(8, 0));
        assertThat(last(Rumours.class).claims())
                .anyMatch(answer -> answer.member().equals(member(P, MemberState.ALIVE, new Incarnation(9, 0))));
    }

    @Test
    void leftIsNeverUndoneButByALaterIncarnation() {
        claim(X, MemberState.LEFT, I);
        claim(X, MemberState.ALIVE, I);
        claim(X, MemberState.SUSPECT, I);
        claim(X, MemberState.DEAD, I);
        assertThat(held(X).state()).isEqualTo(MemberState.LEFT);
        claim(X, MemberState.ALIVE, I.refuted());
        assertThat(held(X)).isEqualTo(member(X, MemberState.ALIVE, I.refuted()));
    }

    @Test
    void deathInASyncIsASuspicionAndTheSuspectIsPingedAtOnce() {
        claim(P, MemberState.ALIVE, I);
        Claim dead = new Claim(member(P, MemberState.DEAD, I), Y);
        say(new Sync(HEADER, true, true, List.of(new Aged(dead, 0))));
        assertThat(held(P).state()).isEqualTo(MemberState.SUSPECT);
        assertThat(last(Ping.class).held()).isEqualTo(new Held(MemberState.SUSPECT, I));
    }

    @Test
    void deathOfAStrangerIsRemembered() {
        Claim dead = new Claim(member(X, MemberState.DEAD, I), Y);
        say(new Sync(HEADER, true, true, List.of(new Aged(dead, 1000))));
        assertThat(held(X)).isEqualTo(member(X, MemberState.DEAD, I));
    }

    @Test
    void strangerWhoIsNearlyForgottenByOthersIsNotTakenOver() {
        long nearly = RetentionConfig.lan().leftNanos() / 1_000_000 * 15 / 16;
        Claim left = Claim.own(member(X, MemberState.LEFT, I));
        say(new Sync(HEADER, true, true, List.of(new Aged(left, nearly))));
        assertThat(held(X)).isNull();
    }

    @Test
    void ackOfAnotherNumberDoesNotSaveAProbe() {
        claim(P, MemberState.ALIVE, I);
        assertThat(cluster.within(3, () -> !puppet().heard(Ping.class).isEmpty()))
                .isTrue();
        long number = last(Ping.class).number();
        say(new Ack(HEADER, number + 1, null, List.of()));
        cluster.sim.runFor(Time.millis(1100));
        assertThat(held(P).state()).isEqualTo(MemberState.SUSPECT);
    }

    @Test
    void ackOfTheNumberSavesTheProbe() {
        claim(P, MemberState.ALIVE, I);
        assertThat(cluster.within(3, () -> !puppet().heard(Ping.class).isEmpty()))
                .isTrue();
        say(new Ack(HEADER, last(Ping.class).number(), null, List.of()));
        cluster.sim.runFor(Time.millis(1100));
        assertThat(held(P).state()).isEqualTo(MemberState.ALIVE);
    }

    @Test
    void suspectThatDoesNotRefuteIsDeadAfterItsSuspicion() {
        claim(X, MemberState.SUSPECT, I);
        cluster.sim.runFor(Time.millis(3900));
        assertThat(held(X).state()).isEqualTo(MemberState.SUSPECT);
        cluster.sim.runFor(Time.millis(200));
        assertThat(held(X)).isEqualTo(member(X, MemberState.DEAD, I));
    }

    @Test
    void confirmationsOfOthersShortenASuspicionAndTheAccusersOwnDoNot() {
        start(GossipConfig.lan("test").with(SuspicionConfig.lan().withLocalHealth(false)));
        for (int i = 0; i < 6; i++) {
            claim(NodeId.of("m" + i), MemberState.ALIVE, I);
        }
        Claim accusation = new Claim(member(X, MemberState.SUSPECT, I), Y);
        say(new Rumours(HEADER, List.of(accusation, accusation, accusation)));
        assertThat(cluster.membership(0).counters().of(Counter.CONFIRMATIONS)).isZero();
        say(new Rumours(HEADER, List.of(new Claim(member(X, MemberState.SUSPECT, I), P))));
        say(new Rumours(HEADER, List.of(new Claim(member(X, MemberState.SUSPECT, I), NodeId.of("m1")))));
        assertThat(cluster.membership(0).counters().of(Counter.CONFIRMATIONS)).isEqualTo(2);
        cluster.sim.runFor(Time.millis(4100));
        assertThat(held(X).state()).isEqualTo(MemberState.DEAD);
    }

    @Test
    void pingIsRelayedAndItsAnswerPassedBack() {
        cluster.add("n1", List.of(N0), GossipConfig.lan("test"));
        assertThat(cluster.within(3, () -> held(NodeId.of("n1")) != null)).isTrue();
        say(new PingReq(HEADER, 1234, NodeId.of("n1"), List.of()));
        IndirectAck ack = last(IndirectAck.class);
        assertThat(ack.number()).isEqualTo(1234);
        assertThat(ack.target()).isEqualTo(NodeId.of("n1"));
    }

    @Test
    void fullStateIsAnsweredByAFullState() {
        claim(X, MemberState.DEAD, I);
        say(new Sync(HEADER, false, true, List.of(new Aged(Claim.own(member(P, MemberState.ALIVE, I)), 0))));
        Sync answer = last(Sync.class);
        assertThat(answer.answer()).isTrue();
        assertThat(answer.entries())
                .extracting(entry -> entry.claim().member().node())
                .containsExactly(N0, P, X);
    }

    @Test
    void fullStateSaysForHowLongAMemberHasBeenGone() {
        claim(X, MemberState.LEFT, I);
        cluster.sim.runFor(Time.seconds(10));
        say(new Sync(HEADER, false, true, List.of()));
        assertThat(last(Sync.class).entries())
                .filteredOn(entry -> entry.claim().member().node().equals(X))
                .allMatch(entry -> entry.ageMillis() >= 10_000 && entry.ageMillis() < 10_100)
                .hasSize(1);
    }

    @Test
    void datagramOfAnotherClusterIsCountedAndNothingElse() {
        Header other = new Header("other", I);
        say(new Ping(other, 1, null, List.of(Claim.own(member(P, MemberState.ALIVE, I)))));
        say(new Rumours(other, List.of(Claim.own(member(X, MemberState.ALIVE, I)))));
        assertThat(cluster.membership(0).members()).hasSize(1);
        assertThat(puppet().heard).isEmpty();
        assertThat(cluster.membership(0).counters().of(Counter.REFUSED_OTHER_CLUSTER))
                .isEqualTo(2);
        say(new Sync(other, false, true, List.of()));
        assertThat(last(Refusal.class).reason()).contains("other").contains("test");
    }

    @Test
    void membersBeyondTheLimitAreRefusedAndCounted() {
        GossipConfig config = GossipConfig.lan("test");
        RetentionConfig retention = config.retention();
        start(config.with(new RetentionConfig(
                retention.announceNanos(),
                retention.announceMaxNanos(),
                retention.deadNanos(),
                retention.leftNanos(),
                3)));
        for (int i = 0; i < 9; i++) {
            claim(NodeId.of("m" + i), MemberState.ALIVE, I);
        }
        assertThat(cluster.membership(0).members()).hasSize(3);
        assertThat(cluster.membership(0).counters().of(Counter.REFUSED_MEMBERS_MAX))
                .isEqualTo(7);
    }

    @Test
    void twoNodesOfOneNameAreNoticed() {
        claim(X, MemberState.ALIVE, I);
        Member impostor = new Member(X, MemberState.ALIVE, I, "10.0.0.9:16000", Collections.emptySortedMap());
        say(new Rumours(HEADER, List.of(Claim.own(impostor))));
        assertThat(held(X).address()).isEmpty();
        assertThat(cluster.membership(0).counters().of(Counter.NAME_CONFLICTS)).isEqualTo(1);
    }

    @Test
    void anotherNodeOfOnesOwnNameIsNoticed() {
        Incarnation later = new Incarnation(n0().incarnation().generation() + 9, 0);
        Member impostor = new Member(N0, MemberState.ALIVE, later, "10.0.0.9:16000", Collections.emptySortedMap());
        say(new Rumours(HEADER, List.of(Claim.own(impostor))));
        assertThat(cluster.membership(0).counters().of(Counter.NAME_CONFLICTS)).isEqualTo(1);
        assertThat(n0().incarnation()).as("it says that it lives itself").isGreaterThan(later);
        claim(N0, MemberState.ALIVE, new Incarnation(later.generation() - 3, 0));
        assertThat(cluster.membership(0).counters().of(Counter.NAME_CONFLICTS))
                .as("an earlier life is none")
                .isEqualTo(1);
    }

    @Test
    void nodeThatHasLeftIsSilent() {
        cluster.on(0, () -> cluster.membership(0).leave(() -> {}));
        cluster.sim.runFor(Time.seconds(6));
        say(new Ping(HEADER, 9, new Held(MemberState.SUSPECT, n0().incarnation()), List.of()));
        assertThat(puppet().heard(Ack.class)).isEmpty();
        assertThat(n0().state()).isEqualTo(MemberState.LEFT);
    }
}
