package io.orrery.kernel.seal;

import static io.orrery.kernel.seal.Seals.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Answers that others published, through our own code. */
class CipherVectorsTest {
    private static final String KEY = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    private static final String PLAIN = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
    private static final String SEALED = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662" + "76fc6ece0f4e1768cddf8853bb2d551b";

    /** Test case 16 of McGrew and Viega's GCM specification; the associated data cut in two. */
    @Test
    void gcmMakesTheSpecificationsCiphertextAndTag() {
        byte[] plain = hex(PLAIN);
        byte[] out = new byte[plain.length + Cipherer.TAG_BYTES];
        byte[] aad = hex("00feedfacedeadbeeffeed");
        byte[] context = hex("facedeadbeefabaddad2");
        Cipherer.Aead aead = Seals.CIPHERS.aead(hex(KEY));
        byte[] nonce = hex("cafebabefacedbaddecaf888");
        aead.seal(nonce, aad, 1, 10, context, plain, 0, plain.length, out, 0);
        assertThat(hex(out)).isEqualTo(SEALED);
        byte[] back = new byte[plain.length];
        assertThat(aead.open(nonce, aad, 1, 10, context, out, 0, out.length, back, 0))
                .isTrue();
        assertThat(hex(back)).isEqualTo(PLAIN);
    }

    /** Test case 14: a key, a nonce and a block of zeros. */
    @Test
    void gcmMakesTheSpecificationsAnswerForZeros() {
        byte[] out = new byte[32];
        Seals.CIPHERS
                .aead(new byte[32])
                .seal(new byte[12], new byte[0], 0, 0, new byte[0], new byte[16], 0, 16, out, 0);
        assertThat(hex(out)).isEqualTo("cea7403d4d606b6e074ec5d3baf39d18" + "d0d1c8a799996bf0265b98b5d48ab919");
    }

    /** RFC 5869, test case 1. */
    @Test
    void hkdfMakesTheKeysOfTheRfc() {
        byte[] secret = new byte[22];
        Arrays.fill(secret, (byte) 0x0b);
        byte[] extracted = Hkdf.extract(Seals.CIPHERS, hex("000102030405060708090a0b0c"), secret);
        assertThat(hex(extracted)).isEqualTo("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
        byte[] expanded = Hkdf.expand(Seals.CIPHERS, extracted, hex("f0f1f2f3f4f5f6f7f8f9"), 42);
        assertThat(hex(expanded))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    }

    /** RFC 5869, test case 3: neither salt nor info. */
    @Test
    void hkdfWithoutSaltMakesTheKeysOfTheRfc() {
        byte[] secret = new byte[22];
        Arrays.fill(secret, (byte) 0x0b);
        byte[] extracted = Hkdf.extract(Seals.CIPHERS, new byte[0], secret);
        assertThat(hex(extracted)).isEqualTo("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04");
        assertThat(hex(Hkdf.expand(Seals.CIPHERS, extracted, new byte[0], 42)))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    /** RFC 4231, test case 2. */
    @Test
    void hmacMakesTheDigestOfTheRfcWhateverItsPartsAre() {
        byte[] digest = Seals.CIPHERS.hmac(
                "Jefe".getBytes(StandardCharsets.US_ASCII),
                "what do ya ".getBytes(StandardCharsets.US_ASCII),
                "want for nothing?".getBytes(StandardCharsets.US_ASCII));
        assertThat(hex(digest)).isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
