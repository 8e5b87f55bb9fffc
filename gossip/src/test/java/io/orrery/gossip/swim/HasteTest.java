package io.orrery.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import org.junit.jupiter.api.Test;

class HasteTest {
    private static final long STEADY_NANOS = 1_000_000_000;

    private final Haste haste = new Haste(STEADY_NANOS, new Prng(1));
    private long nowNanos;

    @Test
    void withoutAReasonDigestsGoAtTheirPace() {
        for (int i = 0; i < 100; i++) {
            assertThat(step()).isEqualTo(STEADY_NANOS);
            assertThat(haste.isHasty()).isFalse();
        }
    }

    @Test
    void aReasonHastensAFewAndThenItIsOver() {
        haste.want();
        int hasty = 0;
        while (step() == haste.quickNanos()) {
            hasty++;
        }
        assertThat(hasty).isEqualTo(8);
        step();
        assertThat(step()).isEqualTo(STEADY_NANOS);
    }

    @Test
    void reasonsWithoutEndAreBounded() {
        int rounds = 1000;
        int digests = 0;
        while (nowNanos < rounds * STEADY_NANOS) {
            haste.want();
            step();
            digests++;
        }
        assertThat(digests).isBetween(4 * rounds, 6 * rounds);
    }

    private long step() {
        long nanos = haste.nextNanos(nowNanos);
        nowNanos += nanos;
        return nanos;
    }
}
