package io.orrery.sim.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.seal.Cipherer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandInCiphererTest {
    private static final Cipherer CIPHERS = new StandInCipherer();

    private final byte[] key = bytes("a key of thirty-two bytes, or so");
    private final byte[] nonce = bytes("twelve bytes");
    private final byte[] header = bytes("..header.");
    private final byte[] context = bytes("from a to b");
    private final byte[] plain = bytes("what is said, longer than a word or two");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] sealed() {
        byte[] sealed = new byte[plain.length + Cipherer.TAG_BYTES];
        CIPHERS.aead(key).seal(nonce, header, 2, 6, context, plain, 0, plain.length, sealed, 0);
        return sealed;
    }

    private boolean opens(byte[] sealed, byte[] out) {
        return CIPHERS.aead(key).open(nonce, header, 2, 6, context, sealed, 0, sealed.length, out, 0);
    }

    @Test
    void whatWasSealedOpensAndIsTheSame() {
        byte[] out = new byte[plain.length];
        assertThat(opens(sealed(), out)).isTrue();
        assertThat(out).isEqualTo(plain);
    }

    @Test
    void aFlippedBitAnywhereIsFoundOut() {
        byte[] sealed = sealed();
        byte[] out = new byte[plain.length];
        for (byte[] part : new byte[][] {sealed, key, nonce, context}) {
            for (int bit = 0; bit < part.length * 8; bit++) {
                part[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(opens(sealed, out)).isFalse();
                assertThat(out).containsOnly(0);
                part[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
        for (int bit = 2 * 8; bit < (2 + 6) * 8; bit++) {
            header[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(opens(sealed, out)).isFalse();
            header[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(opens(sealed, out)).isTrue();
    }

    @Test
    void aFrameThatLostItsEndDoesNotOpen() {
        byte[] sealed = sealed();
        for (int length = 0; length < sealed.length; length++) {
            byte[] out = new byte[plain.length];
            assertThat(CIPHERS.aead(key).open(nonce, header, 2, 6, context, sealed, 0, length, out, 0))
                    .isFalse();
        }
    }

    @Test
    void hashesDifferByKeyAndByWhatIsHashedHoweverItIsCut() {
        byte[] hash = CIPHERS.hmac(key, header, context);
        byte[] both = bytes("..header.from a to b");
        assertThat(hash).hasSize(Cipherer.HASH_BYTES).isEqualTo(CIPHERS.hmac(key, both));
        assertThat(hash).isNotEqualTo(CIPHERS.hmac(nonce, both)).isNotEqualTo(CIPHERS.hmac(key, context));
    }
}
