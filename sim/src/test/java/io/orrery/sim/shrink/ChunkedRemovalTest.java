package io.orrery.sim.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkedRemovalTest {
    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static List<Integer> minimize(List<Integer> items, Predicate<List<Integer>> fails, int[] asked) {
        return ChunkedRemoval.minimize(items, (count, parts) -> {
            for (int i = 0; i < count; i++) {
                asked[0]++;
                if (fails.test(parts.apply(i))) {
                    return i;
                }
            }
            return -1;
        });
    }

    @Test
    void whatIsNeededStaysInItsOrder() {
        int[] asked = new int[1];
        List<Integer> needed = List.of(3, 77, 78, 500, 999);
        assertThat(minimize(upTo(1000), some -> some.containsAll(needed), asked))
                .isEqualTo(needed);
        assertThat(asked[0]).isLessThan(200);
    }

    @Test
    void aListThatIsNotNeededGoesWithOneQuestion() {
        int[] asked = new int[1];
        assertThat(minimize(upTo(1000), some -> true, asked)).isEmpty();
        assertThat(asked[0]).isEqualTo(1);
        assertThat(minimize(List.of(), some -> true, asked)).isEmpty();
    }

    @Test
    void noSingleItemCanGoInTheEndWhateverThePredicate() {
        // Fails with an even number of items of which one is 10, or with exactly three: a hole that portions may jump
        // into.
        Predicate<List<Integer>> fails = some -> some.contains(10) && some.size() % 2 == 0 || some.size() == 3;
        List<Integer> left = minimize(upTo(64), fails, new int[1]);
        assertThat(fails.test(left)).isTrue();
        for (int i = 0; i < left.size(); i++) {
            List<Integer> without = new ArrayList<>(left);
            without.remove(i);
            assertThat(fails.test(without)).as("%s without %d", left, i).isFalse();
        }
    }
}
