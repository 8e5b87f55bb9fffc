package io.orrery.transport.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.host.JdkCipherer;
import io.orrery.kernel.host.Sealing;
import io.orrery.kernel.seal.EncryptionMode;
import io.orrery.kernel.seal.KeyRing;
import io.orrery.kernel.seal.SealFault;
import io.orrery.kernel.seal.SealKey;
import io.orrery.transport.aeron.Bench.Node;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sealed sessions over Aeron: what opens, what is refused, and who is told. */
class SealedTest {
    private static final SealKey FIRST = key(1);
    private static final SealKey SECOND = key(2);

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    static SealKey key(int seed) {
        byte[] material = new byte[32];
        for (int i = 0; i < material.length; i++) {
            material[i] = (byte) (seed * 53 + i * 7);
        }
        return SealKey.of(new JdkCipherer(), material);
    }

    static Sealing sealing(EncryptionMode mode, SealKey... keys) {
        return new Sealing(mode, KeyRing.of(List.of(keys)));
    }

    private Node start(String name, EncryptionMode mode, SealKey... keys) {
        return bench.start(Bench.config(name).sealing(sealing(mode, keys)));
    }

    private static long faults(Node node) {
        long sum = 0;
        for (SealFault fault : SealFault.values()) {
            sum += node.transport.counters().faults(Delivery.STREAM, fault);
            sum += node.transport.counters().faults(Delivery.DATAGRAM, fault);
        }
        return sum;
    }

    private void talk(Node from, Node to) {
        bench.introduce(from, to);
        bench.until(from.id + " reaches " + to.id, () -> {
            from.send(to, Delivery.STREAM, "stream of " + from.id);
            from.send(to, Delivery.DATAGRAM, "datagram of " + from.id);
            return to.texts().contains("stream of " + from.id) && to.texts().contains("datagram of " + from.id);
        });
    }

    @Test
    void nodesWithOneKeyTalkByStreamAndDatagram() {
        Node a = start("a", EncryptionMode.REQUIRE, FIRST);
        Node b = start("b", EncryptionMode.REQUIRE, FIRST);
        talk(a, b);
        talk(b, a);
        assertThat(faults(a) + faults(b)).isZero();
    }

    @Test
    void largeFramesAreSealedWholeAndArriveInOrder() {
        Node a = start("a", EncryptionMode.REQUIRE, FIRST);
        Node b = start("b", EncryptionMode.REQUIRE, FIRST);
        bench.introduce(a, b);
        byte[] large = new byte[3_000_000];
        Arrays.fill(large, (byte) 7);
        a.send(b, Delivery.STREAM, "first");
        a.send(b, Delivery.STREAM, large);
        a.send(b, Delivery.STREAM, "last");
        bench.until("all arrived", () -> b.received.size() == 3);
        assertThat(b.received.get(1).frame()).isEqualTo(large);
        assertThat(b.texts().get(2)).isEqualTo("last");
    }

    @Test
    void framesWaitForAFullInboxAndNoneIsLost() {
        Node a = start("a", EncryptionMode.REQUIRE, FIRST);
        Node b = start("b", EncryptionMode.REQUIRE, FIRST);
        bench.introduce(a, b);
        b.isInboxFull = true;
        for (int i = 0; i < 300; i++) {
            assertThat(a.send(b, Delivery.STREAM, "frame " + i)).isTrue();
        }
        bench.until("one is held", () -> b.count(AeronCount.INBOX_FULL_HELD) > 0);
        b.isInboxFull = false;
        bench.until("all arrived", () -> b.received.size() == 300);
        assertThat(b.texts().get(299)).isEqualTo("frame 299");
        assertThat(faults(b)).isZero();
    }

    @Test
    void theKeysAreChangedUnderLoadWithoutOneFrameLost() {
        Sealing ofA = sealing(EncryptionMode.REQUIRE, FIRST);
        Sealing ofB = sealing(EncryptionMode.REQUIRE, FIRST);
        Node a = bench.start(Bench.config("a").sealing(ofA));
        Node b = bench.start(Bench.config("b").sealing(ofB));
        bench.introduce(a, b);
        for (int i = 0; i < 400; i++) {
            if (i == 100) {
                ofA.ring(ofA.ring().with(SECOND));
                ofB.ring(ofB.ring().with(SECOND));
            } else if (i == 200) {
                ofA.ring(ofA.ring().using(SECOND.id()));
            } else if (i == 250) {
                ofB.ring(ofB.ring().using(SECOND.id()));
            }
            assertThat(a.send(b, Delivery.STREAM, "a " + i)).isTrue();
            assertThat(b.send(a, Delivery.STREAM, "b " + i)).isTrue();
            bench.cycle();
        }
        bench.until("all arrived", () -> a.received.size() == 400 && b.received.size() == 400);
        assertThat(faults(a) + faults(b)).isZero();
        ofA.ring(ofA.ring().without(FIRST.id()));
        ofB.ring(ofB.ring().without(FIRST.id()));
        a.send(b, Delivery.STREAM, "after");
        bench.until("it goes on", () -> b.texts().contains("after"));
        assertThat(faults(b)).isZero();
    }

    private void expectRefusal(Node a, Node b, Refusal refusal) {
        bench.introduce(a, b);
        a.send(b, Delivery.STREAM, "let me in");
        bench.until("it is refused", () -> b.transport.counters().refused(refusal) > 0);
        bench.until("it is told", () -> a.transport.lastRefusal().contains(refusal.text()));
        assertThat(b.transport.lastRefusal()).contains(refusal.text());
        assertThat(b.received).isEmpty();
    }

    @Test
    void aKeyThatTheOtherLacksIsRefusedByName() {
        expectRefusal(
                start("a", EncryptionMode.REQUIRE, FIRST),
                start("b", EncryptionMode.REQUIRE, SECOND),
                Refusal.WRONG_KEY);
    }

    @Test
    void aNodeWithoutEncryptionIsRefusedWhereItIsDemanded() {
        expectRefusal(bench.start("a"), start("b", EncryptionMode.REQUIRE, FIRST), Refusal.UNSEALED);
    }

    @Test
    void aNodeThatDemandsEncryptionIsRefusedByOneWithout() {
        expectRefusal(start("a", EncryptionMode.REQUIRE, FIRST), bench.start("b"), Refusal.SEALED);
    }

    @Test
    void whileAClusterIsChangedOverAllTalk() {
        Node off = bench.start("off");
        Node prefers = start("prefers", EncryptionMode.PREFER, FIRST);
        Node demands = start("demands", EncryptionMode.REQUIRE, FIRST);
        talk(off, prefers);
        talk(prefers, off);
        talk(prefers, demands);
        talk(demands, prefers);
    }

    @Test
    void aSeedIsFoundByNodesThatEncrypt() {
        Node a = start("a", EncryptionMode.REQUIRE, FIRST);
        Node b = start("b", EncryptionMode.REQUIRE, FIRST);
        var answer = a.transport.connect(b.transport.address());
        bench.until("it answers", answer::isDone);
        assertThat(answer.join()).isEqualTo(b.id);
    }
}
