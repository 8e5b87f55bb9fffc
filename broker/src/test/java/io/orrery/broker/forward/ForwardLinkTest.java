package io.orrery.broker.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.session.Message;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.Simulation;
import io.orrery.sim.choice.ChoiceStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardLinkTest {
    private static final ForwardConfig SMALL =
            new ForwardConfig(4, 8, 1 << 20, Time.millis(50), Time.millis(400), Time.millis(5));

    private final Simulation sim = new Simulation(5);
    private final NodeId a = sim.addNode("a", kernel -> new ForwardNode(kernel, SMALL, 1));
    private final NodeId b = sim.addNode("b", kernel -> new ForwardNode(kernel, SMALL, kernel.wallMillis()));

    private ForwardNode sender() {
        return sim.protocol(a, ForwardNode.class);
    }

    private ForwardNode receiver() {
        return sim.protocol(b, ForwardNode.class);
    }

    private void offer(String... texts) {
        sim.onNode(a, () -> {
            ForwardLink link = sender().link(b, receiver().generation);
            for (String text : texts) {
                link.offer(ForwardNode.message(text), null);
            }
        });
    }

    private ForwardCounters sent() {
        return sender().forwarder.counters();
    }

    @Test
    void messagesArriveOnceInOrderAndAreAcknowledged() {
        offer("1", "2", "3", "4", "5", "6", "7", "8");
        sim.runFor(Time.millis(40));
        assertThat(receiver().received).containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
        assertThat(sent().acknowledged()).isEqualTo(8);
        assertThat(sent().resent()).isZero();
        assertThat(sender().forwarder.links().get(0).queued()).isZero();
    }

    @Test
    void linkIsFullAtItsLimitAndCongestedBefore() {
        sim.network().cut(a, b);
        offer("1", "2", "3", "4");
        ForwardLink link = sender().forwarder.links().get(0);
        assertThat(link.isCongested()).isFalse();
        offer("5");
        assertThat(link.isCongested()).isTrue();
        offer("6", "7", "8");
        assertThat(link.hasRoom()).isFalse();
        sim.network().heal();
        sim.runFor(Time.seconds(2));
        assertThat(receiver().received).hasSize(8);
        assertThat(link.hasRoom()).isTrue();
    }

    @Test
    void bytesFillALinkToo() {
        sim.network().cut(a, b);
        sim.onNode(a, () -> {
            ForwardLink link = sender().link(b, receiver().generation);
            link.offer(Message.of("x", Bytes.wrap(new byte[1 << 20]), 1), null);
            assertThat(link.hasRoom()).isFalse();
        });
    }

    @Test
    void everythingArrivesOnceInOrderThoughStreamsBreakAgainAndAgain() {
        ChoiceStream prng = sim.choices("resets");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String text = "m" + i;
            sim.runUntil(
                    () -> sender().forwarder.links().isEmpty()
                            || sender().forwarder.links().get(0).hasRoom(),
                    Time.seconds(5));
            offer(text);
            expected.add(text);
            sim.runFor(Time.micros(prng.below(900)));
            if (prng.below(4) == 0) {
                sim.network().reset(a, b);
            }
            if (prng.below(6) == 0) {
                sim.network().reset(b, a);
                sim.runFor(Time.millis(prng.below(80)));
            }
        }
        sim.runFor(Time.seconds(3));
        assertThat(receiver().received).isEqualTo(expected);
        assertThat(sent().resent()).isPositive();
        assertThat(sent().acknowledged()).isEqualTo(200);
        assertThat(receiver().forwarder.counters().duplicates()).isPositive();
        assertThat(receiver().forwarder.counters().gaps()).isPositive();
    }

    @Test
    void resendsBackOffWhilePartitioned() {
        sim.network().cut(a, b);
        offer("1");
        sim.runFor(Time.seconds(10));
        assertThat(sent().resent()).isBetween(5L, 30L);
        sim.network().heal();
        sim.runFor(Time.seconds(1));
        assertThat(receiver().received).containsExactly("1");
    }

    @Test
    void nextLifeOfTheReceiverDoesNotTakeWhatWasForTheLast() {
        sim.network().cut(a, b);
        offer("old");
        sim.crash(b);
        sim.runFor(Time.millis(10));
        sim.restart(b);
        sim.network().heal();
        sim.runFor(Time.seconds(2));
        assertThat(receiver().received).isEmpty();
        assertThat(receiver().forwarder.counters().stale()).isPositive();
        sim.onNode(a, () -> sender().drop(b));
        assertThat(sent().droppedDead()).isEqualTo(1);
        offer("new");
        sim.runFor(Time.seconds(1));
        assertThat(receiver().received).containsExactly("new");
    }

    @Test
    void receiverHeldDeadForAWhileGetsWhatFollowsAndNothingTwice() {
        offer("1", "2");
        sim.runFor(Time.millis(20));
        sim.network().cut(a, b);
        offer("perhaps");
        sim.runFor(Time.millis(20));
        sim.onNode(a, () -> sender().drop(b));
        sim.network().heal();
        offer("3", "4");
        sim.runFor(Time.seconds(2));
        assertThat(receiver().received).containsSubsequence("1", "2", "3", "4").doesNotHaveDuplicates();
    }

    @Test
    void nextLifeOfTheSenderStartsALinkOfItsOwn() {
        offer("1", "2", "3");
        sim.runFor(Time.millis(20));
        sim.crash(a);
        sim.restart(a);
        sim.onNode(a, () -> sender().generation = 2);
        offer("again 1");
        sim.runFor(Time.seconds(1));
        assertThat(receiver().received).containsExactly("1", "2", "3", "again 1");
    }

    @Test
    void strangersBeyondTheLimitAreIgnored() {
        for (String name : List.of("c", "d")) {
            NodeId other = sim.addNode(name, kernel -> new ForwardNode(kernel, SMALL, 1));
            sim.onNode(
                    other,
                    () -> sim.protocol(other, ForwardNode.class)
                            .link(b, receiver().generation)
                            .offer(ForwardNode.message(name), null));
            sim.runFor(Time.millis(20));
        }
        offer("third");
        sim.runFor(Time.millis(20));
        assertThat(receiver().received).containsExactly("c", "d");
        assertThat(receiver().forwarder.counters().stale()).isPositive();
    }

    @Test
    void messageThatExpiresOnTheWayIsNotDelivered() {
        sim.network().cut(a, b);
        sim.onNode(a, () -> {
            Message brief = ForwardNode.message("brief");
            Message expiring = new Message(
                    brief.topic(), brief.payload(), 1, false, brief.properties().withExpirySeconds(1));
            sender().link(b, receiver().generation).offer(expiring, null);
            sender().link(b, receiver().generation).offer(ForwardNode.message("lasting"), null);
        });
        sim.runFor(Time.seconds(3));
        sim.network().heal();
        sim.runFor(Time.seconds(1));
        assertThat(receiver().received).containsExactly("lasting");
        assertThat(receiver().forwarder.counters().expired()).isEqualTo(1);
        assertThat(sent().acknowledged()).isEqualTo(2);
    }
}
