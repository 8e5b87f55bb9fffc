package io.orrery.kernel.seal;

import static io.orrery.kernel.seal.Seals.A;
import static io.orrery.kernel.seal.Seals.B;
import static io.orrery.kernel.seal.Seals.FIRST;
import static io.orrery.kernel.seal.Seals.RING;
import static io.orrery.kernel.seal.Seals.SALT;
import static io.orrery.kernel.seal.Seals.SCOPE;
import static io.orrery.kernel.seal.Seals.SECOND;
import static io.orrery.kernel.seal.Seals.frame;
import static io.orrery.kernel.seal.Seals.hex;
import static io.orrery.kernel.seal.Seals.seal;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Delivery;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamSealTest {
    private KeyRing senders = RING;
    private KeyRing receivers = RING;
    private final StreamSealer sealer = new StreamSealer(SCOPE, () -> senders, A, B, SALT);
    private final StreamOpener opener = new StreamOpener(SCOPE, () -> receivers, A, B, SALT);

    private byte[] open(byte[] sealed) {
        return opener.open(sealed, 0, sealed.length);
    }

    @Test
    void framesOfAllLengthsComeBack() {
        for (int length : new int[] {1, 15, 16, 17, 200, 1200, 70_000}) {
            assertThat(open(seal(sealer, frame(length)))).isEqualTo(frame(length));
        }
    }

    @Test
    void theGoldenFrameStaysReadable() {
        assertThat(hex(seal(sealer, frame(8))))
                .isEqualTo("4f7301012ca08f4ef6d47cab00000000000000006c5447919d41fd7c5bada25c13c9bdff80bd11a5dd07b7cc");
        assertThat(hex(seal(sealer, frame(8))))
                .startsWith("4f7301012ca08f4ef6d47cab0100000000000000")
                .doesNotContain(hex(frame(8)));
    }

    @Test
    void aFrameOpensInItsPlaceOnly() {
        byte[] first = seal(sealer, frame(10));
        byte[] second = seal(sealer, frame(11));
        assertThat(open(second)).isNull();
        assertThat(opener.fault()).isEqualTo(SealFault.OUT_OF_ORDER);
        assertThat(open(first)).as("after a fault nothing opens").isNull();
    }

    @Test
    void aRepeatedFrameDoesNotOpen() {
        byte[] first = seal(sealer, frame(10));
        assertThat(open(first)).isNotNull();
        assertThat(open(first)).isNull();
        assertThat(opener.fault()).isEqualTo(SealFault.OUT_OF_ORDER);
    }

    @Test
    void aFrameOfAnotherConnectionDoesNotOpen() {
        byte[] otherSalt = SALT.clone();
        otherSalt[3] ^= 1;
        byte[] other = seal(new StreamSealer(SCOPE, () -> RING, A, B, otherSalt), frame(10));
        assertThat(open(other)).isNull();
        assertThat(opener.fault()).isEqualTo(SealFault.FORGED);
    }

    @Test
    void aFrameForAnotherNodeOrOfAnotherNodeDoesNotOpen() {
        assertThat(open(seal(new StreamSealer(SCOPE, () -> RING, B, A, SALT), frame(10))))
                .isNull();
        assertThat(opener.fault()).isEqualTo(SealFault.FORGED);
    }

    @Test
    void anotherClusterUnderTheSameKeyIsNamed() {
        StreamSealer other = new StreamSealer(Seals.scope("other", "cookie"), () -> RING, A, B, SALT);
        assertThat(open(seal(other, frame(10)))).isNull();
        assertThat(opener.fault()).isEqualTo(SealFault.WRONG_CLUSTER);
    }

    @Test
    void anotherCookieUnderTheSameKeyIsNamed() {
        StreamSealer other = new StreamSealer(Seals.scope("orrery", "biscuit"), () -> RING, A, B, SALT);
        assertThat(open(seal(other, frame(10)))).isNull();
        assertThat(opener.fault()).isEqualTo(SealFault.WRONG_COOKIE);
    }

    /** A stranger may set the tags as he likes: the names are bound all the same. */
    @Test
    void anotherClusterWithForgedTagsDoesNotOpen() {
        byte[] right = seal(sealer, frame(10));
        byte[] wrong = seal(new StreamSealer(Seals.scope("other", "biscuit"), () -> RING, A, B, SALT), frame(10));
        System.arraycopy(right, 8, wrong, 8, 4);
        assertThat(open(wrong)).isNull();
        assertThat(opener.fault()).isEqualTo(SealFault.FORGED);
    }

    @Test
    void aKeyThatTheReceiverLacksIsNamed() {
        senders = KeyRing.of(List.of(SECOND));
        assertThat(open(seal(sealer, frame(10)))).isNull();
        assertThat(opener.fault()).isEqualTo(SealFault.WRONG_KEY);
    }

    @Test
    void aPlainFrameIsNamed() {
        assertThat(opener.open(frame(100), 0, 100)).isNull();
        assertThat(opener.fault()).isEqualTo(SealFault.UNSEALED);
    }

    @Test
    void theKeysAreChangedWithoutAFrameLost() {
        for (int i = 0; i < 60; i++) {
            switch (i) {
                case 10 -> receivers = receivers.with(SECOND);
                case 20 -> senders = senders.with(SECOND);
                case 30 -> senders = senders.using(SECOND.id());
                case 40 -> receivers = receivers.using(SECOND.id());
                case 50 -> {
                    receivers = receivers.without(FIRST.id());
                    senders = senders.without(FIRST.id());
                }
                default -> {}
            }
            assertThat(open(seal(sealer, frame(1 + i)))).as("frame %s", i).isEqualTo(frame(1 + i));
        }
    }

    @Test
    void aRemovedKeyOpensNothingMore() {
        receivers = receivers.with(SECOND);
        assertThat(open(seal(sealer, frame(10)))).isNotNull();
        receivers = receivers.using(SECOND.id()).without(FIRST.id());
        assertThat(open(seal(sealer, frame(10)))).isNull();
        assertThat(opener.fault()).isEqualTo(SealFault.WRONG_KEY);
    }

    @Test
    void noFlippedBitOpens() {
        byte[] good = seal(sealer, frame(40));
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit >>> 3] ^= (byte) (1 << (bit & 7));
            StreamOpener fresh = new StreamOpener(SCOPE, () -> RING, A, B, SALT);
            assertThat(fresh.open(bad, 0, bad.length)).as("bit %s", bit).isNull();
            assertThat(fresh.fault()).isNotNull();
        }
        assertThat(open(good)).isEqualTo(frame(40));
    }

    @Test
    void noCutFrameOpens() {
        byte[] good = seal(sealer, frame(40));
        for (int length = 0; length < good.length; length++) {
            StreamOpener fresh = new StreamOpener(SCOPE, () -> RING, A, B, SALT);
            assertThat(fresh.open(good, 0, length)).isNull();
        }
    }

    @Test
    void aFrameBeyondAllBoundsIsNotDeciphered() {
        byte[] huge = new byte[Delivery.STREAM_BYTES_MAX + 1 + SealHeader.STREAM_OVERHEAD_BYTES];
        System.arraycopy(seal(sealer, frame(1)), 0, huge, 0, SealHeader.BYTES);
        assertThat(open(huge)).isNull();
        assertThat(opener.fault()).isEqualTo(SealFault.OVERSIZE);
    }
}
