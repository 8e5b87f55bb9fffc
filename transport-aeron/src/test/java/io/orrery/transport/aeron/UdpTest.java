package io.orrery.transport.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Delivery;
import io.orrery.transport.aeron.Bench.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void framesArriveInOrderWithTheirSendersName() {
        Node a = bench.start("a");
        Node b = bench.start("b");
        bench.introduce(a, b);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            sent.add("frame " + i);
            assertThat(a.send(b, Delivery.STREAM, "frame " + i)).isTrue();
        }
        bench.until("all frames arrived", () -> b.received.size() >= 500);
        assertThat(b.texts()).isEqualTo(sent);
        assertThat(b.received).allSatisfy(frame -> {
            assertThat(frame.from()).isEqualTo(a.id);
            assertThat(frame.delivery()).isEqualTo(Delivery.STREAM);
        });
    }

    @Test
    void datagramsArriveAsDatagrams() {
        Node a = bench.start("a");
        Node b = bench.start("b");
        bench.introduce(a, b);
        byte[] largest = new byte[Delivery.DATAGRAM_BYTES_MAX];
        Arrays.fill(largest, (byte) 7);
        assertThat(a.send(b, Delivery.DATAGRAM, largest)).isTrue();
        assertThat(b.send(a, Delivery.DATAGRAM, "back")).isTrue();
        bench.until("both arrived", () -> a.received.size() == 1 && b.received.size() == 1);
        assertThat(b.received.get(0).frame()).isEqualTo(largest);
        assertThat(b.received.get(0).delivery()).isEqualTo(Delivery.DATAGRAM);
        assertThat(a.texts()).containsExactly("back");
    }

    @Test
    void theLargestFrameArrivesWholeAndInOrder() {
        Node a = bench.start("a");
        Node b = bench.start("b");
        bench.introduce(a, b);
        byte[] largest = new byte[Delivery.STREAM_BYTES_MAX];
        new Random(1).nextBytes(largest);
        assertThat(a.send(b, Delivery.STREAM, "before")).isTrue();
        assertThat(a.send(b, Delivery.STREAM, largest)).isTrue();
        assertThat(a.send(b, Delivery.STREAM, "after")).isTrue();
        bench.until("all three arrived", () -> b.received.size() == 3);
        assertThat(b.texts().get(0)).isEqualTo("before");
        assertThat(b.received.get(1).frame()).isEqualTo(largest);
        assertThat(b.texts().get(2)).isEqualTo("after");
    }
}
