package io.orrery.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AheadTest {
    private final List<String> steps = new ArrayList<>();

    private final class Step implements Ahead.Task {
        private final int number;

        Step(int number) {
            this.number = number;
        }

        @Override
        public void run() {
            steps.add("run " + number);
        }

        @Override
        public long look() {
            steps.add("look " + number);
            return number;
        }
    }

    private List<Step> steps(int count) {
        List<Step> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new Step(i));
        }
        return all;
    }

    @Test
    void eachIsLookedAtOnceBeforeItsTurnAndRunsOnceInItsOrder() {
        new Ahead().runAll(steps(100));
        List<String> runs =
                steps.stream().filter(step -> step.startsWith("run")).toList();
        assertThat(steps).hasSize(200).doesNotHaveDuplicates();
        for (int i = 0; i < 100; i++) {
            assertThat(runs.get(i)).isEqualTo("run " + i);
            assertThat(steps.indexOf("look " + i)).isLessThan(steps.indexOf("run " + i));
        }
    }

    @Test
    void theFirstIsWorkedForBeforeTheLastOfManyIsLookedAt() {
        new Ahead().runAll(steps(100));
        assertThat(steps.indexOf("look 99")).isGreaterThan(steps.indexOf("run 0"));
    }

    @Test
    void aFewAreNotLookedAt() {
        new Ahead().runAll(steps(3));
        assertThat(steps).containsExactly("run 0", "run 1", "run 2");
    }

    @Test
    void aGroupThatIsNotHereIsPassedOver() {
        List<Step> some = steps(8);
        some.set(5, null);
        Ahead ahead = new Ahead();
        ahead.approach(some, 0);
        assertThat(steps).hasSize(7).doesNotContain("look 5");
        assertThat(ahead.seen()).isEqualTo(0 + 1 + 2 + 3 + 4 + 6 + 7);
    }
}
