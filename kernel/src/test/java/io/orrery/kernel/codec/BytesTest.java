package io.orrery.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void slicesShareTheArrayAndCompareByContent() {
        Bytes whole = Bytes.ofUtf8("hello world");
        Bytes world = whole.slice(6, 5);
        assertThat(world.array()).isSameAs(whole.array());
        assertThat(world).isEqualTo(Bytes.ofUtf8("world")).hasSameHashCodeAs(Bytes.ofUtf8("world"));
        assertThat(world.utf8()).isEqualTo("world");
        assertThat(world.at(0)).isEqualTo((byte) 'w');
    }

    @Test
    void orderIsThatOfUnsignedBytes() {
        assertThat(Bytes.wrap(new byte[] {(byte) 0x80})).isGreaterThan(Bytes.wrap(new byte[] {0x7F}));
        assertThat(Bytes.ofUtf8("a")).isLessThan(Bytes.ofUtf8("ab"));
    }

    @Test
    void compactingASmallSliceLetsItsArrayGo() {
        Bytes small = Bytes.wrap(new byte[1000], 10, 5);
        assertThat(small.compact().array()).hasSize(5);
        assertThat(small.compact()).isEqualTo(small);
        Bytes whole = Bytes.ofUtf8("whole");
        assertThat(whole.compact()).isSameAs(whole);
    }

    @Test
    void slicesOutsideAreRefused() {
        Bytes five = Bytes.ofUtf8("fives");
        assertThatThrownBy(() -> five.slice(1, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> five.slice(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> five.at(5)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void crcIsCastagnoli() {
        assertThat(Bytes.ofUtf8("123456789").crc32c()).isEqualTo(0xE3069283);
    }

    @Test
    void printsTextAsTextAndTheRestAsHexadecimal() {
        assertThat(Bytes.ofUtf8("t/a")).hasToString("t/a");
        assertThat(Bytes.wrap(new byte[] {0, (byte) 0xAB})).hasToString("0x00ab");
        assertThat(Bytes.ofUtf8("x".repeat(100)).toString()).endsWith("... (100 bytes)");
    }
}
