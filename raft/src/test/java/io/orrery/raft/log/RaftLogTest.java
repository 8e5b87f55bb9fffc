package io.orrery.raft.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Encoder;
import org.junit.jupiter.api.Test;

class RaftLogTest {
    @Test
    void aSliceKeepsWithinBothLimitsButHoldsAtLeastOneEntry() {
        WalBox box = new WalBox(1, WalConfig.DEFAULT);
        box.append(1, "0123456789", "0123456789", "0123456789", "0123456789");
        RaftLog log = box.log(1);
        int each = log.entry(1).sizeBytes();
        assertThat(log.slice(1, 10, 1000, new Encoder())).hasSize(4);
        assertThat(log.slice(2, 2, 1000, new Encoder()))
                .extracting(Entry::index)
                .containsExactly(2L, 3L);
        assertThat(log.slice(2, 10, 2 * each, new Encoder())).hasSize(2);
        assertThat(log.slice(2, 10, 2 * each - 1, new Encoder())).hasSize(1);
        assertThat(log.slice(4, 10, 1, new Encoder())).hasSize(1);
        assertThat(log.slice(5, 10, 1000, new Encoder())).isEmpty();
    }

    @Test
    void theLastIndexOfATermIsFoundAsByWalkingBack() {
        for (long seed = 1; seed <= 30; seed++) {
            Prng prng = new Prng(seed);
            WalBox box = new WalBox(seed, WalConfig.DEFAULT);
            int length = prng.below(30);
            box.event(() -> {
                long term = 1;
                for (int i = 0; i < length; i++) {
                    term += prng.below(3);
                    box.appendNow(1, term, "x");
                }
            });
            RaftLog log = box.log(1);
            for (long index = 0; index <= length + 2; index++) {
                for (long term = 0; term <= 2L * length + 2; term++) {
                    long naive = Math.min(index, length);
                    while (naive > 0 && log.term(naive) > term) {
                        naive--;
                    }
                    assertThat(log.lastIndexWithTermAtMost(index, term)).isEqualTo(naive);
                }
            }
        }
    }

    @Test
    void aGapOrAFallingTermHaltsTheNode() {
        WalBox box = new WalBox(2, WalConfig.DEFAULT);
        box.event(() -> box.appendNow(1, 5, "a"));
        assertThatThrownBy(() -> box.event(() -> box.appendNow(1, 4, "b"))).hasMessageContaining("terms never fall");
    }
}
