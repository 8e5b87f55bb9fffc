package io.orrery.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The law of {@link Transport}s: the simulator's network, TCP and Aeron pass the same claims. A subclass says how to make
 * a harness.
 */
public abstract class TransportContractTest {
    private static final int PAYLOAD_BYTES_MAX = Delivery.STREAM_BYTES_MAX - Frame.HEADER_BYTES;
    private static final int DATAGRAM_PAYLOAD_BYTES_MAX = Delivery.DATAGRAM_BYTES_MAX - Frame.HEADER_BYTES;

    private final Map<String, Talker> talkers = new ConcurrentHashMap<>();
    private TransportHarness cluster;
    private NodeId a;
    private NodeId b;

    /** A cluster with no nodes yet. */
    protected abstract TransportHarness harness() throws Exception;

    @BeforeEach
    void startTwoNodes() throws Exception {
        cluster = harness();
        a = start("a");
        b = start("b");
    }

    @AfterEach
    void closeCluster() {
        cluster.close();
    }

    private NodeId start(String name) {
        return cluster.start(name, kernel -> {
            Talker talker = new Talker(kernel);
            talkers.put(name, talker);
            return talker;
        });
    }

    private Talker talker(NodeId node) {
        return talkers.get(node.name());
    }

    private Talker.Pump pump(NodeId from, NodeId to, int count, IntFunction<Bytes> messages) {
        AtomicReference<Talker.Pump> pump = new AtomicReference<>();
        cluster.run(from, () -> {
            Talker talker = talker(from);
            pump.set(talker.pump(talker.stream, to, count, messages));
        });
        return pump.get();
    }

    private Talker.Pump repeat(NodeId from, NodeId to, IntFunction<Bytes> messages) {
        AtomicReference<Talker.Pump> pump = new AtomicReference<>();
        cluster.run(from, () -> {
            Talker talker = talker(from);
            pump.set(talker.repeat(talker.stream, to, 5_000_000, messages));
        });
        return pump.get();
    }

    /** Talks until a stream message has come through, so that connections stand in both directions. */
    private void connect(NodeId x, NodeId y) {
        Talker.Pump there = repeat(x, y, i -> Bytes.ofUtf8("hello"));
        Talker.Pump back = repeat(y, x, i -> Bytes.ofUtf8("hello"));
        cluster.runUntil(() -> talker(x).heardCount() > 0 && talker(y).heardCount() > 0);
        cluster.run(x, there::stop);
        cluster.run(y, back::stop);
        cluster.runUntil(
                () -> talker(x).heardCount() >= back.sent() && talker(y).heardCount() >= there.sent());
    }

    /** Message i of a series: mostly small, some large, sizes 0 and 1 MiB among them; content differs by index. */
    private static Bytes series(int i) {
        Prng prng = new Prng(i);
        int size = switch (i % 500) {
            case 0 -> 0;
            case 250 -> i % 1000 == 250 ? 1024 * 1024 : prng.below(1024 * 1024);
            default -> i % 10 == 3 ? prng.below(16 * 1024) : prng.below(256);
        };
        byte[] content = new byte[size];
        for (int at = 0; at < size; at += 61) {
            content[at] = (byte) (i + at * 31);
        }
        return Bytes.wrap(content);
    }

    @Test
    void streamMessagesArriveInOrderWithoutLossOrDuplicatesInBothDirectionsAtOnce() {
        int count = 10_000;
        connect(a, b);
        cluster.run(a, () -> talker(a).expect((index, content) -> content.equals(series(index))));
        cluster.run(b, () -> talker(b).expect((index, content) -> content.equals(series(index))));
        pump(a, b, count, TransportContractTest::series);
        pump(b, a, count, TransportContractTest::series);
        cluster.runUntil(() -> talker(a).surprise() != null
                || talker(b).surprise() != null
                || talker(a).heardCount() >= count && talker(b).heardCount() >= count);
        assertThat(talker(a).surprise()).isNull();
        assertThat(talker(b).surprise()).isNull();
        assertThat(talker(a).heardCount()).isEqualTo(count);
        assertThat(talker(b).heardCount()).isEqualTo(count);
    }

    @Test
    void theLargestFramePassesAndALargerOneIsRefusedAtTheSender() {
        connect(a, b);
        byte[] large = new byte[PAYLOAD_BYTES_MAX];
        large[0] = 1;
        large[large.length - 1] = 2;
        cluster.run(b, () -> talker(b).expect((index, content) -> content.equals(Bytes.wrap(large))));
        pump(a, b, 1, i -> Bytes.wrap(large));
        cluster.runUntil(() -> talker(b).heardCount() == 1);
        assertThat(talker(b).surprise()).isNull();
        cluster.run(
                a,
                () -> assertThatThrownBy(() -> talker(a).stream.send(b, Bytes.wrap(new byte[PAYLOAD_BYTES_MAX + 1])))
                        .isInstanceOf(RuntimeException.class));
    }

    @Test
    void datagramsOfEverySizeUpToOnePacketArriveWhenSentAgain() {
        for (int size : new int[] {0, 1, 500, DATAGRAM_PAYLOAD_BYTES_MAX}) {
            Bytes content = Bytes.wrap(new byte[size]);
            AtomicReference<Talker.Pump> pump = new AtomicReference<>();
            cluster.run(a, () -> pump.set(talker(a).repeat(talker(a).datagram, b, 5_000_000, i -> content)));
            cluster.runUntil(() -> talker(b).heard(Talker.DATAGRAM).contains(content));
            pump.get().stop();
        }
    }

    @Test
    void aMessageToAnUnknownPeerIsRefused() {
        NodeId nobody = NodeId.of("nobody");
        cluster.run(a, () -> {
            assertThat(talker(a).stream.send(nobody, Bytes.ofUtf8("x"))).isFalse();
            assertThat(talker(a).datagram.send(nobody, Bytes.ofUtf8("x"))).isFalse();
        });
        assertThat(cluster.counters(a).refused()).isEqualTo(2);
    }

    @Test
    void aMessageToOneselfArrivesAsAnEventOfItsOwn() {
        AtomicInteger heardInside = new AtomicInteger(-1);
        cluster.run(a, () -> {
            assertThat(talker(a).stream.send(a, Bytes.ofUtf8("note to self"))).isTrue();
            assertThat(talker(a).datagram.send(a, Bytes.ofUtf8("and another"))).isTrue();
            heardInside.set(talker(a).heardCount());
        });
        cluster.runUntil(() -> talker(a).heardCount() == 2);
        assertThat(heardInside).hasValue(0);
    }

    @Test
    void aPeerThatComesBackUnderItsNameIsReachedAgainAndNothingOldFollowsNew() {
        AtomicInteger boots = new AtomicInteger();
        NodeId c = cluster.start("c", kernel -> {
            Talker talker = new Talker(kernel);
            talkers.put("c", talker);
            boots.incrementAndGet();
            return talker;
        });
        connect(a, c);
        cluster.run(a, () -> talker(a).expect(new Rising()::test));
        Rising atC = new Rising();
        cluster.run(c, () -> talker(c).expect(atC::test));
        repeat(a, c, i -> number(1, i));
        repeat(c, a, i -> number(boots.get(), i));
        cluster.runUntil(() -> talker(c).heardCount() > 20 && talker(a).heardCount() > 20);
        for (int boot = 2; boot <= 3; boot++) {
            cluster.stop(c);
            cluster.restart(c);
            Talker reborn = talker(c);
            cluster.run(c, () -> {
                reborn.expect(atC::test);
                repeatInside(reborn, a, boots.get());
            });
            int before = talker(a).heardCount();
            cluster.runUntil(() -> reborn.heardCount() > 10 && talker(a).heardCount() > before + 10);
            assertThat(reborn.surprise()).isNull();
        }
        assertThat(boots).hasValue(3);
        assertThat(talker(a).surprise()).isNull();
    }

    private static void repeatInside(Talker talker, NodeId to, int boot) {
        talker.repeat(talker.stream, to, 5_000_000, i -> number(boot, i));
    }

    @Test
    void aSlowReceiverBoundsTheSendersMemoryAndSendingResumes() {
        connect(a, b);
        cluster.run(b, () -> talker(b).expect((index, content) -> numberOf(content) == index));
        assumeTrue(cluster.pause(b), "this world cannot pause a node");
        int count = 8192;
        Talker.Pump pump = pump(a, b, count, i -> padded(0, i, 64 * 1024));
        cluster.runUntil(() -> pump.refused() > 10 || pump.sent() == count);
        int sentBefore = pump.sent();
        assertThat(sentBefore).as("512 MiB are not buffered").isLessThan(count);
        cluster.resume(b);
        cluster.runUntil(() -> talker(b).surprise() != null
                || talker(b).heardCount() > sentBefore + 100
                || talker(b).heardCount() == count);
        pump.stop();
        assertThat(talker(b).surprise()).isNull();
    }

    @Test
    void brokenStreamsConnectAgainAndNothingOldFollowsNew() {
        connect(a, b);
        Rising rising = new Rising();
        cluster.run(b, () -> talker(b).expect(rising::test));
        repeat(a, b, i -> number(1, i));
        cluster.runUntil(() -> talker(b).heardCount() > 20);
        for (int round = 0; round < 3; round++) {
            assumeTrue(cluster.breakStreams(a, b), "this world cannot break streams");
            int before = talker(b).heardCount();
            cluster.runUntil(() -> talker(b).heardCount() > before + 20);
        }
        assertThat(talker(b).surprise()).isNull();
    }

    @Test
    void messagesOfTwoChannelsInterleaveWithoutMixing() {
        connect(a, b);
        int before = talker(b).heard(Talker.STREAM).size();
        List<Bytes> expected = new ArrayList<>();
        List<Bytes> expectedOther = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            expected.add(number(1, i));
            expectedOther.add(number(2, i));
        }
        cluster.run(a, () -> {
            for (int i = 0; i < 500; i++) {
                assertThat(talker(a).stream.send(b, expected.get(i))).isTrue();
                assertThat(talker(a).otherStream.send(b, expectedOther.get(i))).isTrue();
            }
        });
        cluster.runUntil(() -> talker(b).heard(Talker.OTHER_STREAM).size() == 500
                && talker(b).heard(Talker.STREAM).size() == before + 500);
        assertThat(talker(b).heard(Talker.STREAM).subList(before, before + 500)).isEqualTo(expected);
        assertThat(talker(b).heard(Talker.OTHER_STREAM)).isEqualTo(expectedOther);
    }

    @Test
    void garbageIsCountedAndNotDelivered() {
        connect(a, b);
        int before = talker(b).heardCount();
        AtomicReference<Port<Bytes>> lonely = new AtomicReference<>();
        cluster.run(a, () -> {
            lonely.set(talker(a)
                    .kernel
                    .open(new Channel(1099, 0, Delivery.STREAM), new UncheckedCodec(), (from, content) -> {}));
            assertThat(talker(a).stream.send(b, Talker.NOT_A_MESSAGE)).isTrue();
            assertThat(lonely.get().send(b, Bytes.ofUtf8("nobody listens"))).isTrue();
            assertThat(talker(a).stream.send(b, Bytes.ofUtf8("good"))).isTrue();
        });
        cluster.runUntil(() -> talker(b).heardCount() > before);
        assertThat(talker(b).heardCount()).isEqualTo(before + 1);
        assertThat(cluster.counters(b).malformed()).isEqualTo(1);
        assertThat(cluster.counters(b).unroutable()).isEqualTo(1);
    }

    /** Codes that only ever rise: what is old never follows what is new. */
    private static final class Rising {
        private long latest = -1;

        synchronized boolean test(int index, Bytes content) {
            if (content.length() != 16) {
                return true;
            }
            long code = content.decoder().readLong() << 32 | numberOf(content);
            boolean rises = code > latest;
            latest = code;
            return rises;
        }
    }

    private static Bytes number(int epoch, int i) {
        return padded(epoch, i, 16);
    }

    private static Bytes padded(int epoch, int i, int size) {
        Encoder encoder = new Encoder();
        encoder.writeLong(epoch);
        encoder.writeLong(i);
        encoder.skip(size - 16);
        return encoder.toBytes();
    }

    private static long numberOf(Bytes content) {
        return content.slice(8, 8).decoder().readLong();
    }

    private static final class UncheckedCodec implements Codec<Bytes> {
        @Override
        public void encode(Bytes message, Encoder out) {
            out.writeRaw(message);
        }

        @Override
        public Bytes decode(Decoder in) {
            return in.readRaw(in.remaining());
        }
    }
}
