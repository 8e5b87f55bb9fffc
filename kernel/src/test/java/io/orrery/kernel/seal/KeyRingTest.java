package io.orrery.kernel.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    @Test
    void theFirstKeyOfAnEmptyRingIsItsPrimary() {
        KeyRing ring = KeyRing.EMPTY.with(Seals.FIRST).with(Seals.SECOND);
        assertThat(ring.primary()).isEqualTo(Seals.FIRST);
        assertThat(ring.keys()).containsExactly(Seals.FIRST, Seals.SECOND);
        assertThat(ring.with(Seals.SECOND)).isSameAs(ring);
    }

    @Test
    void anotherPrimaryLosesNoKey() {
        KeyRing ring = KeyRing.of(List.of(Seals.FIRST, Seals.SECOND)).using(Seals.SECOND.id());
        assertThat(ring.primary()).isEqualTo(Seals.SECOND);
        assertThat(ring.find(Seals.FIRST.id())).isEqualTo(Seals.FIRST);
    }

    @Test
    void thePrimaryIsNotRemoved() {
        KeyRing ring = KeyRing.of(List.of(Seals.FIRST, Seals.SECOND));
        assertThatThrownBy(() -> ring.without(Seals.FIRST.id()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use another key first");
        assertThat(ring.without(Seals.SECOND.id()).keys()).containsExactly(Seals.FIRST);
        assertThat(ring.without(12345)).isSameAs(ring);
    }

    @Test
    void anUnknownKeyIsNotUsed() {
        assertThatThrownBy(() -> Seals.RING.using(Seals.SECOND.id()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Seals.SECOND.name());
    }

    @Test
    void aRingIsBounded() {
        KeyRing ring = KeyRing.EMPTY;
        for (int i = 1; i <= KeyRing.KEYS_MAX; i++) {
            ring = ring.with(Seals.key(i));
        }
        KeyRing full = ring;
        assertThatThrownBy(() -> full.with(Seals.key(100))).hasMessageContaining("at most 8");
    }

    @Test
    void aKeyIsBase64OfOneOfThreeLengths() {
        assertThat(SealKey.parse(Seals.CIPHERS, " " + Seals.FIRST.encoded() + "\n"))
                .isEqualTo(Seals.FIRST);
        assertThat(SealKey.of(Seals.CIPHERS, Seals.frame(16)).bytes()).hasSize(16);
        assertThatThrownBy(() -> SealKey.parse(Seals.CIPHERS, "AAEC")).hasMessageContaining("16, 24 or 32 bytes");
        assertThatThrownBy(() -> SealKey.parse(Seals.CIPHERS, "not a key, secret"))
                .hasMessageContaining("base64")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> SealKey.of(Seals.CIPHERS, new byte[32])).hasMessageContaining("random");
    }

    @Test
    void aKeyIsNamedAndNotShown() {
        assertThat(Seals.FIRST.name()).matches("[0-9a-f]{8}");
        assertThat(Seals.RING.toString()).contains(Seals.FIRST.name()).doesNotContain(Seals.FIRST.encoded());
        assertThat(SealKey.name(0x2a)).isEqualTo("0000002a");
    }
}
