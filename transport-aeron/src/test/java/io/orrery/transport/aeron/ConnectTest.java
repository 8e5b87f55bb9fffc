package io.orrery.transport.aeron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.host.HostException;
import io.orrery.transport.aeron.Bench.Node;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void nodeKnownByAddressTellsItsNameAndBothCanTalk() {
        Node a = bench.start("a");
        Node b = bench.start("b");
        CompletableFuture<NodeId> answer = a.transport.connect(b.transport.address());
        bench.until("b answers", answer::isDone);
        assertThat(answer.join()).isEqualTo(b.id);
        assertThat(a.send(b, Delivery.STREAM, "there")).isTrue();
        assertThat(b.send(a, Delivery.STREAM, "back")).isTrue();
        bench.until("both arrived", () -> a.received.size() == 1 && b.received.size() == 1);
    }

    @Test
    void senderNotKnownByAddressCanBeAnswered() {
        Node a = bench.start("a");
        Node b = bench.start("b");
        a.transport.learn(b.id, b.transport.address());
        a.send(b, Delivery.DATAGRAM, "ping");
        bench.until("it arrived", () -> b.received.size() == 1);
        assertThat(b.send(a, Delivery.DATAGRAM, "pong")).isTrue();
        bench.until("it is answered", () -> a.received.size() == 1);
    }

    @Test
    void nodeFindsItselfAtItsOwnAddress() {
        Node a = bench.start("a");
        CompletableFuture<NodeId> answer = a.transport.connect(a.transport.address());
        bench.until("a answers", answer::isDone);
        assertThat(answer.join()).isEqualTo(a.id);
    }

    @Test
    void refusalIsToldWithItsReason() {
        Node a = bench.start(new AeronConfig(NodeId.of("a"), "other", Bench.COOKIE));
        Node b = bench.start("b");
        CompletableFuture<NodeId> answer = a.transport.connect(b.transport.address());
        bench.until("b refuses", answer::isDone);
        assertThatThrownBy(answer::join)
                .hasCauseInstanceOf(HostException.class)
                .hasMessageContaining("b refuses: another cluster's name");
    }

    @Test
    void silenceEndsTheAttempt() {
        Node a = bench.start(Bench.config("a").connectNanos(Time.millis(100)));
        Node b = bench.start("b");
        bench.stop(b);
        CompletableFuture<NodeId> answer = a.transport.connect(b.transport.address());
        bench.until("it is given up", answer::isDone);
        assertThatThrownBy(answer::join).hasMessageContaining("nobody answers");
    }

    @Test
    void attemptUnderWayFailsWhenTheTransportCloses() {
        Node a = bench.start("a");
        Node b = bench.start("b");
        bench.stop(b);
        CompletableFuture<NodeId> begun = a.transport.connect(b.transport.address());
        bench.cycle();
        CompletableFuture<NodeId> asked = a.transport.connect(b.transport.address());
        bench.stop(a);
        assertThatThrownBy(begun::join).hasMessageContaining("is closed");
        assertThatThrownBy(asked::join).hasMessageContaining("is closed");
        assertThatThrownBy(a.transport.connect(b.transport.address())::join).hasMessageContaining("is closed");
    }
}
