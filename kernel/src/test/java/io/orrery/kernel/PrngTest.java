package io.orrery.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrngTest {
    @Test
    void drawsTheKnownAnswersOfXoshiro256PlusPlusSeededBySplitmix64() {
        Prng zero = new Prng(0);
        assertThat(zero.nextLong()).isEqualTo(0x53175D61490B23DFL);
        assertThat(zero.nextLong()).isEqualTo(0x61DA6F3DC380D507L);
        assertThat(zero.nextLong()).isEqualTo(0x5C0FDF91EC9A7BFCL);
        assertThat(zero.nextLong()).isEqualTo(0x02EEBF8C3BBE5E1AL);
        Prng other = new Prng(42);
        assertThat(other.nextLong()).isEqualTo(0xD0764D4F4476689FL);
        assertThat(other.nextLong()).isEqualTo(0x519E4174576F3791L);
    }

    @Test
    void forksByLabelToTheKnownAnswers() {
        Prng fork = new Prng(42).fork("link n1>n2");
        assertThat(fork.nextLong()).isEqualTo(0xF1D2DF8C55BA37CAL);
        assertThat(fork.nextLong()).isEqualTo(0xBF1B463D60190A90L);
        assertThat(fork.nextLong()).isEqualTo(0x61BEBD22E0EDB211L);
    }

    @Test
    void aForkDoesNotDependOnWhatItsParentHasDrawn() {
        Prng parent = new Prng(7);
        long before = parent.fork("disk").nextLong();
        parent.nextLong();
        assertThat(parent.fork("disk").nextLong()).isEqualTo(before);
        assertThat(parent.fork("clock").nextLong()).isNotEqualTo(before);
    }

    @Test
    void boundedDrawsAreTheKnownAnswers() {
        Prng small = new Prng(42);
        List<Integer> drawn = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            drawn.add(small.below(10));
        }
        assertThat(drawn).containsExactly(8, 3, 9, 7, 7, 5, 1, 6, 2, 9);
        Prng large = new Prng(42);
        assertThat(large.below(1_000_000_007L)).isEqualTo(628_610_294L);
        assertThat(large.below(1_000_000_007L)).isEqualTo(637_642_084L);
    }

    @Test
    void boundedDrawsStayInBoundsAndReachBothEnds() {
        Prng prng = new Prng(1);
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (int i = 0; i < 10_000; i++) {
            long drawn = prng.between(-3, 3);
            low = Math.min(low, drawn);
            high = Math.max(high, drawn);
        }
        assertThat(low).isEqualTo(-3);
        assertThat(high).isEqualTo(3);
        assertThat(prng.below((1L << 62) - 1)).isBetween(0L, (1L << 62) - 2);
    }

    @Test
    void refusesBoundsThatMakeNoSense() {
        assertThatThrownBy(() -> new Prng(1).below(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Prng(1).below(0L)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Prng(1).below(1L << 62)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void chanceIsInPartsPerMillion() {
        Prng prng = new Prng(5);
        int hits = 0;
        for (int i = 0; i < 100_000; i++) {
            hits += prng.chance(100_000) ? 1 : 0;
        }
        assertThat(hits).isBetween(9_600, 10_400);
        assertThat(prng.chance(0)).isFalse();
        assertThat(prng.chance(1_000_000)).isTrue();
    }

    @Test
    void exponentialDrawsHaveTheirMeanAndTheirCap() {
        Prng prng = new Prng(9);
        long sum = 0;
        long highest = 0;
        for (int i = 0; i < 100_000; i++) {
            long drawn = prng.exponential(1_000_000);
            sum += drawn;
            highest = Math.max(highest, drawn);
        }
        assertThat(sum / 100_000).isBetween(980_000L, 1_020_000L);
        assertThat(highest).isLessThanOrEqualTo(20_000_000L);
    }

    @Test
    void shufflesEveryElementExactlyOnce() {
        List<Integer> list = new ArrayList<>(List.of(1, 2, 3, 4, 5));
        new Prng(3).shuffle(list);
        assertThat(list).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }
}
