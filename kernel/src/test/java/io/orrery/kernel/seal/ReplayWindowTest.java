package io.orrery.kernel.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    private boolean take(long number) {
        if (window.isSeen(number)) {
            return false;
        }
        window.note(number);
        return true;
    }

    @Test
    void aNumberIsTakenOnce() {
        assertThat(take(0)).isTrue();
        assertThat(take(0)).isFalse();
        assertThat(take(5)).isTrue();
        assertThat(take(3)).isTrue();
        assertThat(take(3)).isFalse();
        assertThat(take(5)).isFalse();
    }

    @Test
    void theEdgeOfTheWindowIsExact() {
        assertThat(take(5000)).isTrue();
        assertThat(take(5000 - ReplayWindow.SPAN + 1)).isTrue();
        assertThat(take(5000 - ReplayWindow.SPAN)).isFalse();
    }

    @Test
    void aLeapForwardForgetsWhatIsBehind() {
        assertThat(take(1)).isTrue();
        assertThat(take(1_000_000)).isTrue();
        assertThat(take(999_999)).isTrue();
        assertThat(take(2)).isFalse();
    }

    @Test
    void numbersUpToTheLastAreTaken() {
        assertThat(take(Long.MAX_VALUE)).isTrue();
        assertThat(take(Long.MAX_VALUE)).isFalse();
        assertThat(take(Long.MAX_VALUE - 1)).isTrue();
        assertThat(take(-1)).isFalse();
    }

    @Test
    void askingChangesNothing() {
        assertThat(window.isSeen(7)).isFalse();
        assertThat(window.isSeen(7)).isFalse();
        assertThat(window.newest()).isEqualTo(-1);
    }

    @Test
    void itAgreesWithASetThatForgetsNothing() {
        Prng prng = new Prng(11);
        TreeSet<Long> seen = new TreeSet<>();
        long newest = -1;
        for (int i = 0; i < 200_000; i++) {
            long base = Math.max(0, newest - 1100);
            long number = prng.below(50) == 0 ? newest + 1 + prng.below(3000) : base + prng.below(1200);
            boolean expected = number > newest - ReplayWindow.SPAN && !seen.contains(number);
            assertThat(take(number)).as("number %s after %s", number, newest).isEqualTo(expected);
            if (expected) {
                seen.add(number);
                newest = Math.max(newest, number);
                seen.headSet(newest - 2L * ReplayWindow.SPAN).clear();
            }
        }
    }
}
