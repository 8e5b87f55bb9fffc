package io.orrery.kernel.seal;

import static io.orrery.kernel.seal.Seals.A;
import static io.orrery.kernel.seal.Seals.B;
import static io.orrery.kernel.seal.Seals.RING;
import static io.orrery.kernel.seal.Seals.SALT;
import static io.orrery.kernel.seal.Seals.SCOPE;
import static io.orrery.kernel.seal.Seals.SECOND;
import static io.orrery.kernel.seal.Seals.frame;
import static io.orrery.kernel.seal.Seals.hex;
import static io.orrery.kernel.seal.Seals.seal;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatagramSealTest {
    private static final byte[] LATER = hex("f00102030405060708090a0b0c0d0e0f");

    private KeyRing senders = RING;
    private KeyRing receivers = RING;
    private final DatagramSealer sealer = new DatagramSealer(SCOPE, () -> senders, A, SALT);
    private final DatagramOpener opener = new DatagramOpener(SCOPE, () -> receivers, B);

    private byte[] open(byte[] sealed) {
        return opener.open(A, sealed, 0, sealed.length);
    }

    @Test
    void theGoldenDatagramStaysReadable() {
        byte[] sealed = seal(sealer, B, frame(8));
        assertThat(hex(sealed))
                .isEqualTo(
                        "4f7301002ca08f4ef6d47cab0000000000000000000102030405060708090a0b0c0d0e0f5756edc560093935ef61db6c6cbb503414844e634df4ee5e");
        assertThat(open(sealed)).isEqualTo(frame(8));
    }

    @Test
    void datagramsOpenInAnyOrderAndOnceEach() {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(seal(sealer, B, frame(1 + i)));
        }
        Prng prng = new Prng(5);
        while (!all.isEmpty()) {
            byte[] next = all.remove(prng.below(all.size()));
            assertThat(open(next)).hasSize(next.length - SealHeader.DATAGRAM_OVERHEAD_BYTES);
            assertThat(open(next)).isNull();
            assertThat(opener.fault()).isEqualTo(SealFault.REPLAYED);
        }
    }

    @Test
    void whatIsForAnotherNodeDoesNotOpenHere() {
        assertThat(open(seal(sealer, NodeId.of("c"), frame(10)))).isNull();
        assertThat(opener.fault()).isEqualTo(SealFault.FORGED);
    }

    @Test
    void whatSaysAnotherSenderDoesNotOpen() {
        byte[] sealed = seal(sealer, B, frame(10));
        assertThat(opener.open(NodeId.of("c"), sealed, 0, sealed.length)).isNull();
        assertThat(opener.fault()).isEqualTo(SealFault.FORGED);
    }

    @Test
    void aForgedNumberDoesNotMoveTheWindow() {
        byte[] bad = seal(sealer, B, frame(10));
        bad[18] = 0x10;
        assertThat(open(bad)).isNull();
        assertThat(opener.fault()).isEqualTo(SealFault.FORGED);
        assertThat(open(seal(sealer, B, frame(10)))).isNotNull();
        assertThat(opener.remembered()).isEqualTo(1);
    }

    @Test
    void aStartedAnewSenderIsHeardAtOnce() {
        assertThat(open(seal(sealer, B, frame(10)))).isNotNull();
        DatagramSealer reborn = new DatagramSealer(SCOPE, () -> senders, A, LATER);
        assertThat(open(seal(reborn, B, frame(10)))).isNotNull();
    }

    @Test
    void whileAStartIsConfirmedRecordingsOfAnotherAreRefused() {
        byte[] recorded = seal(sealer, B, frame(10));
        DatagramSealer reborn = new DatagramSealer(SCOPE, () -> senders, A, LATER);
        opener.confirm(A, Bytes.wrap(LATER));
        assertThat(open(recorded)).isNull();
        assertThat(opener.fault()).isEqualTo(SealFault.REPLAYED);
        assertThat(open(seal(reborn, B, frame(10)))).isNotNull();
        opener.unconfirm(A, Bytes.wrap(SALT));
        assertThat(open(seal(sealer, B, frame(10)))).isNull();
        opener.unconfirm(A, Bytes.wrap(LATER));
        assertThat(open(seal(sealer, B, frame(10)))).isNotNull();
    }

    @Test
    void thoseWhoDoNotHaveTheKeyFillNoTable() {
        KeyRing others = KeyRing.of(List.of(Seals.key(9)));
        for (int i = 0; i < 50; i++) {
            byte[] salt = SALT.clone();
            salt[0] = (byte) i;
            byte[] sealed = seal(new DatagramSealer(SCOPE, () -> others, A, salt), B, frame(10));
            assertThat(open(sealed)).isNull();
            assertThat(opener.fault()).isEqualTo(SealFault.WRONG_KEY);
        }
        assertThat(opener.remembered()).isZero();
    }

    @Test
    void theTableOfSendersIsBounded() {
        for (int i = 0; i < DatagramOpener.STARTS_MAX + 10; i++) {
            NodeId sender = NodeId.of("n" + i);
            byte[] sealed = seal(new DatagramSealer(SCOPE, () -> RING, sender, SALT), B, frame(1));
            assertThat(opener.open(sender, sealed, 0, sealed.length)).isNotNull();
        }
        assertThat(opener.remembered()).isEqualTo(DatagramOpener.STARTS_MAX);
        assertThat(opener.forgotten()).isEqualTo(10);
    }

    @Test
    void theKeysAreChangedWithoutADatagramLost() {
        receivers = receivers.with(SECOND);
        byte[] under = seal(sealer, B, frame(20));
        senders = senders.with(SECOND).using(SECOND.id());
        assertThat(open(seal(sealer, B, frame(21)))).isEqualTo(frame(21));
        assertThat(open(under)).isEqualTo(frame(20));
        receivers = receivers.using(SECOND.id());
        assertThat(open(seal(sealer, B, frame(22)))).isEqualTo(frame(22));
    }

    @Test
    void noFlippedBitOpens() {
        byte[] good = seal(sealer, B, frame(40));
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit >>> 3] ^= (byte) (1 << (bit & 7));
            assertThat(open(bad)).as("bit %s", bit).isNull();
            assertThat(opener.fault()).isNotNull();
        }
        assertThat(open(good)).isEqualTo(frame(40));
    }

    @Test
    void randomBytesNeverOpenAndNeverThrow() {
        Prng prng = new Prng(3);
        byte[] good = seal(sealer, B, frame(64));
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[prng.below(160)];
            for (int at = 0; at < noise.length; at++) {
                noise[at] = (byte) prng.below(256);
            }
            // Half of them begin as a good one does: the further they get, the more they try.
            int like = Math.min(noise.length, prng.below(2) * prng.below(60));
            System.arraycopy(good, 0, noise, 0, like);
            assertThat(open(noise)).isNull();
            assertThat(opener.fault()).isNotNull();
        }
    }

    /** Numbers of one start go into keys by epochs; the borders of these are not special. */
    @Test
    void anEpochsBorderLosesNothing() {
        FlowKeys keys = new FlowKeys(SCOPE, () -> RING, SALT, Delivery.DATAGRAM);
        long border = 1L << FlowKeys.EPOCH_BITS;
        FlowKeys.Entry before = keys.opening(Seals.FIRST.id(), border - 1);
        FlowKeys.Entry after = keys.opening(Seals.FIRST.id(), border);
        assertThat(after).isNotSameAs(before);
        assertThat(keys.opening(Seals.FIRST.id(), border - 2)).isSameAs(before);
        assertThat(keys.sealing(border)).isNotSameAs(before);
    }
}
