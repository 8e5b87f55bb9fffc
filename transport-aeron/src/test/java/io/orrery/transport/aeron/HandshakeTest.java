package io.orrery.transport.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.transport.aeron.Bench.Node;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void strangerWithoutTheCookieIsRefusedAndTold() {
        Node b = bench.start("b");
        byte[] wrong = "guess".getBytes(StandardCharsets.UTF_8);
        Node a = bench.start(new AeronConfig(NodeId.of("a"), "test", wrong));
        expectRefusal(a, b, Refusal.WRONG_COOKIE);
    }

    @Test
    void nodeOfAnotherClusterIsRefused() {
        Node b = bench.start("b");
        Node a = bench.start(new AeronConfig(NodeId.of("a"), "other", Bench.COOKIE));
        expectRefusal(a, b, Refusal.WRONG_CLUSTER);
    }

    @Test
    void nodeWithThisNodesNameIsRefused() {
        Node b = bench.start("b");
        Node twin = bench.start("b");
        expectRefusal(twin, b, Refusal.SAME_NAME);
    }

    @Test
    void frameForTheFormerOwnerOfAnAddressIsNotTaken() {
        Node a = bench.start("a");
        Node b = bench.start("b");
        NodeId former = NodeId.of("former");
        a.transport.learn(former, b.transport.address());
        a.transport.send(former, Delivery.STREAM, new byte[] {1}, 0, 1);
        bench.until("it is refused", () -> b.transport.counters().refused(Refusal.WRONG_TARGET) > 0);
        assertThat(b.received).isEmpty();
    }

    @Test
    void refusedNodeDoesNotHarmTheOthers() {
        Node b = bench.start("b");
        Node stranger = bench.start(new AeronConfig(NodeId.of("s"), "other", Bench.COOKIE));
        Node a = bench.start("a");
        bench.introduce(stranger, b);
        bench.introduce(a, b);
        for (int i = 0; i < 50; i++) {
            stranger.send(b, Delivery.STREAM, "bad " + i);
            a.send(b, Delivery.STREAM, "good " + i);
        }
        bench.until("the good ones arrived", () -> b.received.size() >= 50);
        bench.until("the stranger was told", () -> stranger.count(AeronCount.REJECTED_BY_PEER) > 0);
        assertThat(b.texts()).hasSize(50).allMatch(text -> text.startsWith("good"));
    }

    @Test
    void restartedReceiverIsServedOnANewConnection() {
        Node a = bench.start("a");
        Node b = bench.start("b");
        bench.introduce(a, b);
        a.send(b, Delivery.STREAM, "to the first");
        bench.until("it arrived", () -> b.received.size() == 1);
        String address = b.transport.address();
        bench.stop(b);
        Node again = bench.start(Bench.config("b").bind(address));
        bench.until("the new incarnation hears it", () -> {
            a.send(again, Delivery.STREAM, "to the second");
            return !again.received.isEmpty();
        });
        assertThat(again.texts()).containsOnly("to the second");
    }

    @Test
    void frameCutShortByABreakIsLostWholeAndTheNextOneArrives() {
        Node a = bench.start("a");
        Node b = bench.start("b");
        bench.introduce(a, b);
        a.send(b, Delivery.STREAM, "connects");
        bench.until("it arrived", () -> b.received.size() == 1);
        assertThat(a.send(b, Delivery.STREAM, new byte[4_000_000])).isTrue();
        assertThat(a.send(b, Delivery.STREAM, "after it")).isTrue();
        bench.stop(b);
        Node again = bench.start(Bench.config("b").bind(b.transport.address()));
        bench.until("the next one arrived", () -> again.received.size() == 1);
        assertThat(again.texts()).containsExactly("after it");
        assertThat(again.count(AeronCount.MALFORMED_CHUNKS)).isZero();
        assertThat(a.count(AeronCount.BREAK_DROPPED)).isEqualTo(1);
    }

    @Test
    void restartedSenderIsHeardAndItsFormerBootIsNot() {
        Node b = bench.start("b");
        Node a = bench.start("a");
        bench.introduce(a, b);
        a.send(b, Delivery.STREAM, "first boot");
        bench.until("it arrived", () -> b.received.size() == 1);
        Node second = bench.start("a");
        bench.introduce(second, b);
        second.send(b, Delivery.STREAM, "second boot");
        bench.until("it arrived", () -> b.received.size() == 2);
        a.send(b, Delivery.STREAM, "from the dead");
        bench.until("it was dropped", () -> b.count(AeronCount.SUPERSEDED_DROPPED) == 1);
        assertThat(b.texts()).containsExactly("first boot", "second boot");
    }

    private void expectRefusal(Node from, Node to, Refusal reason) {
        from.transport.learn(to.id, to.transport.address());
        from.send(to, Delivery.STREAM, "let me in");
        from.send(to, Delivery.DATAGRAM, "let me in");
        bench.until("both are refused", () -> to.transport.counters().refused(reason) >= 2);
        bench.until("the sender is told", () -> from.count(AeronCount.REJECTED_BY_PEER) >= 2);
        assertThat(to.received).isEmpty();
        assertThat(to.count(AeronCount.SESSIONS_ACCEPTED)).isZero();
    }
}
