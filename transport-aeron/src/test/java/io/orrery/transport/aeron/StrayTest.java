package io.orrery.transport.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;
import io.orrery.transport.aeron.Bench.Node;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bare Aeron publisher at the door: whatever it says, the node counts it and goes on. */
class StrayTest {
    private final Bench bench = new Bench();
    private final AeronConfig config = Bench.config("stray");
    private final AeronCounters counters = new AeronCounters();
    private Client stray;
    private Node b;

    @BeforeEach
    void open() {
        ErrorLog errors = new ErrorLog(config, counters, Clocks.SYSTEM);
        stray = Client.open(config, 0, Clocks.SYSTEM, errors, frame -> {});
        b = bench.start("b");
    }

    @AfterEach
    void close() {
        stray.close();
        bench.close();
    }

    @Test
    void messagesWithoutAHelloAreDroppedAndCounted() {
        ExclusivePublication publication = connect();
        offer(publication, Chunk.WHOLE, 1, 2, 3);
        offer(publication, Chunk.WHOLE, 4, 5, 6);
        until("both are dropped", () -> b.count(AeronCount.WITHOUT_HELLO_DROPPED) == 2);
        assertThat(b.transport.counters().refused(Refusal.NO_HELLO)).isEqualTo(1);
        assertThat(b.received).isEmpty();
    }

    @Test
    void randomHellosAreRefusedAsMalformed() {
        Random random = new Random(3);
        for (int i = 0; i < 20; i++) {
            int[] noise = random.ints(random.nextInt(40), 0, 256).toArray();
            if (noise.length > 0) {
                noise[0] = Hello.VERSION;
            }
            ExclusivePublication publication = connect();
            offer(publication, Chunk.HELLO, noise);
            long expected = i + 1L;
            until("it is refused", () -> b.count(AeronCount.SESSIONS_REFUSED) == expected);
            publication.close();
        }
        assertThat(b.transport.counters().refused(Refusal.MALFORMED)).isEqualTo(20);
    }

    @Test
    void helloOfAnotherVersionIsRefusedAsSuch() {
        offer(connect(), Chunk.HELLO, Hello.SEALED_VERSION + 1, 1, 2, 3);
        until("it is refused", () -> b.transport.counters().refused(Refusal.WRONG_VERSION) == 1);
    }

    @Test
    void helloOverheardOnAnotherSessionIsOfNoUse() {
        ExclusivePublication first = connect();
        ExclusivePublication second = connect();
        offerHello(second, first.sessionId());
        until("it is refused", () -> b.transport.counters().refused(Refusal.WRONG_COOKIE) == 1);
    }

    @Test
    void nonsenseAfterAHelloIsCountedAndFramesAfterItStillArrive() {
        ExclusivePublication publication = connect();
        offerHello(publication, publication.sessionId());
        offer(publication, Chunk.NEXT, 1, 2, 3);
        offer(publication, 77, 1, 2, 3);
        offer(publication, Chunk.FIRST, 0, 0, 0, 127, 9);
        offer(publication, Chunk.FIRST, 3, 0, 0, 0, 9, 9, 9);
        offer(publication, Chunk.FIRST, 4, 0);
        offer(publication, Chunk.FIRST, 5, 0, 0, 0, 1);
        offer(publication, Chunk.NEXT, 2, 3, 4, 5, 6);
        offer(publication, Chunk.FIRST, 5, 0, 0, 0, 1);
        offer(publication, Chunk.WHOLE, 1);
        offer(publication, Chunk.HELLO, 1);
        offer(publication, Chunk.ANSWER, 1);
        offer(publication, Chunk.ANSWER, 1, 0, 0, 0, 0, 0, 0, 0);
        offer(publication, Chunk.WHOLE, 'o', 'k');
        until("the good one arrived", () -> !b.received.isEmpty());
        assertThat(b.texts()).containsExactly("ok");
        assertThat(b.count(AeronCount.MALFORMED_CHUNKS)).isEqualTo(9);
        assertThat(b.received.get(0).from()).isEqualTo(NodeId.of("stray"));
    }

    private ExclusivePublication connect() {
        Address address = Address.parse(Media.UDP, b.transport.address());
        ExclusivePublication publication = stray.aeron()
                .addExclusivePublication(
                        Channels.publication(config, address, Delivery.STREAM),
                        address.streamId(Media.UDP, Delivery.STREAM));
        until("it is connected", publication::isConnected);
        return publication;
    }

    private void offerHello(ExclusivePublication publication, int sessionId) {
        Hello bare = new Hello("test", NodeId.of("stray"), Optional.of(b.id), "", 7, 1, Bytes.EMPTY);
        Encoder encoder = new Encoder();
        new Cookie(Bench.COOKIE).prove(bare, sessionId, publication.streamId()).encode(encoder);
        byte[] hello = encoder.toBytes().toByteArray();
        int[] values = new int[hello.length];
        for (int i = 0; i < hello.length; i++) {
            values[i] = hello[i];
        }
        offer(publication, Chunk.HELLO, values);
    }

    private void offer(ExclusivePublication publication, int kind, int... bytes) {
        byte[] message = new byte[bytes.length + 1];
        message[0] = (byte) kind;
        for (int i = 0; i < bytes.length; i++) {
            message[i + 1] = (byte) bytes[i];
        }
        until("it is taken", () -> publication.offer(new UnsafeBuffer(message)) > 0);
    }

    private void until(String what, BooleanSupplier condition) {
        bench.until(what, () -> {
            stray.work();
            return condition.getAsBoolean();
        });
    }
}
