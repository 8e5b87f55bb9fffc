package io.orrery.transport.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.Time;
import io.orrery.transport.aeron.Bench.Node;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackPressureTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void fullInboxStopsTheSenderAndLosesNothingItWasPromised() {
        Node a = bench.start("a");
        Node b = bench.start("b");
        bench.introduce(a, b);
        b.isInboxFull = true;
        byte[] frame = new byte[64 * 1024];
        int accepted = 0;
        while (a.send(b, Delivery.STREAM, numbered(frame, accepted))) {
            accepted++;
            bench.cycle();
            assertThat(accepted).isLessThan(10_000);
        }
        assertThat(a.count(AeronCount.SEND_QUEUE_FULL)).isEqualTo(1);
        bench.until("the frame is held", () -> b.count(AeronCount.INBOX_FULL_HELD) == 1);
        b.isInboxFull = false;
        int expected = accepted;
        bench.until("all accepted frames arrived", () -> b.received.size() == expected);
        for (int i = 0; i < expected; i++) {
            assertThat(number(b.received.get(i).frame())).isEqualTo(i);
        }
        assertThat(a.send(b, Delivery.STREAM, "goes again")).isTrue();
        bench.until("it arrived", () -> b.received.size() == expected + 1);
        assertThat(b.count(AeronCount.MALFORMED_CHUNKS)).isZero();
    }

    @Test
    void heldStreamDoesNotStopOtherPeersNorDatagrams() {
        Node a = bench.start("a");
        Node b = bench.start("b");
        bench.introduce(a, b);
        b.isInboxFull = true;
        a.send(b, Delivery.STREAM, "held");
        bench.until("it is held", () -> b.count(AeronCount.INBOX_FULL_HELD) == 1);
        a.send(b, Delivery.DATAGRAM, "dropped");
        bench.until("it is dropped", () -> b.count(AeronCount.INBOX_FULL_DROPPED) == 1);
        b.isInboxFull = false;
        Node c = bench.start("c");
        bench.introduce(c, b);
        c.send(b, Delivery.STREAM, "from c");
        bench.until("both arrived", () -> b.received.size() == 2);
        assertThat(b.texts()).containsExactlyInAnyOrder("held", "from c");
    }

    @Test
    void largeFramesWaitForTheirShareOfMemory() {
        Node a = bench.start("a");
        Node c = bench.start("c");
        Node b = bench.start(Bench.config("b").assemblyBytesMax(Delivery.STREAM_BYTES_MAX));
        bench.introduce(a, b);
        bench.introduce(c, b);
        byte[] large = new byte[Delivery.STREAM_BYTES_MAX / 2 + 1];
        a.send(b, Delivery.STREAM, large);
        c.send(b, Delivery.STREAM, large);
        bench.until("both arrived", () -> b.received.size() == 2);
        assertThat(b.count(AeronCount.ASSEMBLY_WAITS)).isPositive();
        assertThat(b.received).allMatch(frame -> frame.frame().length == large.length);
    }

    @Test
    void frameForAnUnknownPeerIsRefused() {
        Node a = bench.start("a");
        Node b = bench.start("b");
        assertThat(a.send(b, Delivery.STREAM, "nowhere")).isFalse();
        assertThat(a.count(AeronCount.UNKNOWN_PEER)).isEqualTo(1);
    }

    @Test
    void framesWaitForAPeerThatStartsLate() {
        Node b = bench.start("b");
        String address = b.transport.address();
        bench.stop(b);
        Node a = bench.start("a");
        a.transport.learn(b.id, address);
        assertThat(a.send(b, Delivery.STREAM, "early")).isTrue();
        bench.cycle();
        Node late = bench.start(Bench.config("b").bind(address));
        bench.until("it arrived", () -> late.received.size() == 1);
        assertThat(late.texts()).containsExactly("early");
    }

    @Test
    void framesForADeadPeerAreDroppedAtTheDeadline() {
        AtomicLong now = new AtomicLong(System.nanoTime());
        Node a = bench.start(Bench.config("a"), new Clocks(now::get, SystemEpochClock.INSTANCE));
        Node b = bench.start("b");
        bench.introduce(a, b);
        bench.stop(b);
        a.send(b, Delivery.STREAM, "one");
        a.send(b, Delivery.STREAM, "two");
        a.send(b, Delivery.DATAGRAM, "three");
        bench.cycle();
        assertThat(a.count(AeronCount.UNCONNECTED_DROPPED)).isZero();
        now.addAndGet(Time.seconds(6));
        bench.until("they are dropped", () -> a.count(AeronCount.UNCONNECTED_DROPPED) == 3);
        assertThat(a.send(b, Delivery.STREAM, "another try")).isTrue();
    }

    private static byte[] numbered(byte[] frame, int number) {
        frame[0] = (byte) (number >>> 8);
        frame[1] = (byte) number;
        return frame;
    }

    private static int number(byte[] frame) {
        return (frame[0] & 0xFF) << 8 | frame[1] & 0xFF;
    }
}
