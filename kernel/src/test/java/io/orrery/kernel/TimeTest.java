package io.orrery.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeTest {
    @Test
    void readsInTheLargestUnitThatDividesIt() {
        assertThat(Time.text(0)).isEqualTo("0ms");
        assertThat(Time.text(Time.seconds(60))).isEqualTo("60s");
        assertThat(Time.text(Time.millis(1500))).isEqualTo("1500ms");
        assertThat(Time.text(Time.micros(200))).isEqualTo("200us");
        assertThat(Time.text(1_234_567)).isEqualTo("1234567ns");
    }
}
