package io.orrery.kernel.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceHashTest {
    @Test
    void orderAndSeedMatter() {
        assertThat(hash(1, 10, 20)).isEqualTo(hash(1, 10, 20));
        assertThat(hash(1, 10, 20)).isNotEqualTo(hash(1, 20, 10));
        assertThat(hash(1, 10, 20)).isNotEqualTo(hash(2, 10, 20));
        assertThat(hash(1, 0)).isNotEqualTo(hash(1, 0, 0));
    }

    @Test
    void isPrintedAsSixteenDigits() {
        assertThat(TraceHash.hex(0xABCL)).isEqualTo("0000000000000abc");
        assertThat(new TraceHash(5).toString()).hasSize(16);
    }

    private static long hash(long seed, long... values) {
        TraceHash hash = new TraceHash(seed);
        for (long value : values) {
            hash.fold(value);
        }
        return hash.value();
    }
}
