package io.orrery.sim.shrink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.sim.run.Workers;
import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.Operations;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private static final String HEADER = "seed 1\nnodes 5\nworkload none\nrate 100/s\nhorizon 10s\n";

    /** Runs all that it is given, the last first, before it hands over the first. */
    private static final Workers EAGER = new Workers() {
        @Override
        public <R> void runWhile(long first, long count, LongFunction<R> work, Predicate<R> sink) {
            List<R> results = new ArrayList<>();
            for (long i = count - 1; i >= 0; i--) {
                results.add(work.apply(first + i));
            }
            Collections.reverse(results);
            for (R result : results) {
                if (!sink.test(result)) {
                    return;
                }
            }
        }
    };

    private static Scenario busy() {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 40; i++) {
            text.append("at ")
                    .append(100 + 137 * i)
                    .append("ms pause n")
                    .append(1 + i % 5)
                    .append(" 1ms\n");
        }
        text.append("at 1s isolate n2\nat 3s stream n1>n3 reset\nat 5s disk n4 slow 1ms\n");
        return Scenario.parse(text.toString());
    }

    private static TwoNeeds subject() {
        return new TwoNeeds(List.of("isolate n2", "disk n4 slow 1ms"), List.of(7L, 421L));
    }

    private static Shrunk shrink(TwoNeeds subject, Workers workers, ShrinkBudget budget) {
        Shrinker shrinker = new Shrinker(subject, workers, budget, ShrinkProgress.NONE);
        return shrinker.shrinkFaultsAndOperations(subject.run(busy()));
    }

    private static ShrinkBudget enough() {
        return ShrinkBudget.ofRuns(100_000);
    }

    @Test
    void onlyWhatTheFailureNeedsIsLeft() {
        Shrunk shrunk = shrink(subject(), Workers.ONE, enough());
        assertThat(TwoNeeds.lines(shrunk.smallest())).containsExactly("isolate n2", "disk n4 slow 1ms");
        assertThat(shrunk.smallest().operationNumbers()).containsExactly(7L, 421L);
        assertThat(shrunk.isMinimal()).isTrue();
    }

    @Test
    void leavingOutAnyOneThingOfAMinimalScenarioLetsItPass() {
        TwoNeeds subject = subject();
        Attempt smallest = shrink(subject, Workers.ONE, enough()).smallest();
        List<TimedFault> lines = smallest.scenario().plan().faults();
        for (TimedFault line : lines) {
            List<TimedFault> others = new ArrayList<>(lines);
            others.remove(line);
            Attempt without = subject.run(smallest.scenario().plan(new FaultPlan(others)));
            assertThat(without.identity()).as(line.toString()).isNotEqualTo(TwoNeeds.BUG);
        }
        for (long number : smallest.operationNumbers()) {
            List<Long> others = new ArrayList<>(smallest.operationNumbers());
            others.remove(number);
            Attempt without = subject.run(smallest.scenario().operations(Operations.of(others)));
            assertThat(without.identity()).as("operation " + number).isNotEqualTo(TwoNeeds.BUG);
        }
    }

    @Test
    void whatFailsForAnotherReasonIsNotTaken() {
        // With the first line alone and no operation something else fails, and that would be smaller.
        Attempt smallest = shrink(subject(), Workers.ONE, enough()).smallest();
        assertThat(smallest.identity()).isEqualTo(TwoNeeds.BUG);
        Attempt tempting =
                subject().run(busy().operations(Operations.NONE).plan(FaultPlan.parse("at 1s isolate n2", 5)));
        assertThat(tempting.identity()).isEqualTo(TwoNeeds.OTHER);
    }

    @Test
    void theResultDoesNotDependOnWhatRunsBesideIt() {
        TwoNeeds alone = subject();
        TwoNeeds beside = subject();
        Shrunk one = shrink(alone, Workers.ONE, enough());
        Shrunk many = shrink(beside, EAGER, enough());
        assertThat(many).isEqualTo(one);
        assertThat(beside.runs()).isGreaterThan(alone.runs());
    }

    @Test
    void aBudgetThatEndsIsSaidAndWhatIsLeftStillFails() {
        for (int runs : new int[] {0, 1, 20, 60}) {
            Shrunk shrunk = shrink(subject(), Workers.ONE, ShrinkBudget.ofRuns(runs));
            assertThat(shrunk.isMinimal()).as(runs + " runs").isFalse();
            assertThat(shrunk.runs()).isEqualTo(runs);
            assertThat(shrunk.smallest().identity()).isEqualTo(TwoNeeds.BUG);
        }
        ShrinkBudget ofEvents = new ShrinkBudget(Long.MAX_VALUE, 1_000, () -> false);
        Shrunk shrunk = shrink(subject(), Workers.ONE, ofEvents);
        assertThat(shrunk.isMinimal()).isFalse();
        assertThat(shrunk.events()).isEqualTo(1_000);
    }

    @Test
    void theSameBudgetComesToTheSame() {
        ShrinkBudget little = ShrinkBudget.ofRuns(50);
        assertThat(shrink(subject(), EAGER, little)).isEqualTo(shrink(subject(), Workers.ONE, little));
    }

    @Test
    void aRunThatPassesIsRefused() {
        TwoNeeds subject = subject();
        Attempt passed = subject.run(Scenario.parse(HEADER));
        Shrinker shrinker = new Shrinker(subject, Workers.ONE, enough(), ShrinkProgress.NONE);
        assertThatThrownBy(() -> shrinker.shrink(passed)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void timeInWhichNothingHappensGoes() {
        TwoNeeds subject = new TwoNeeds(List.of("isolate n2"), List.of());
        Attempt failed = subject.run(Scenario.parse(HEADER + "operations none\nat 7s isolate n2\n"));
        // With no operation the line alone fails otherwise: so let it need none.
        assertThat(failed.identity()).isEqualTo(TwoNeeds.BUG);
        Shrinker shrinker = new Shrinker(subject, Workers.ONE, enough(), ShrinkProgress.NONE);
        Shrunk shrunk = shrinker.shrink(failed);
        assertThat(shrunk.smallest().scenario().horizonNanos()).isLessThan(100_000_000L);
        assertThat(shrunk.smallest().scenario().nodeCount()).isEqualTo(2);
        assertThat(shrunk.isMinimal()).isTrue();
    }

    @Test
    void aPlanThatKeepsItsPromisesIsNotShrunkBeyondThem() {
        // Three of five down at once is more than promised; each crash alone is not.
        String crashes = "at 1s crash n1\nat 2s restart n1\nat 3s crash n2\nat 4s restart n2\nat 5s crash n3\n";
        TwoNeeds subject = new TwoNeeds(List.of("crash n1", "crash n2", "crash n3"), List.of());
        Attempt failed = subject.run(Scenario.parse(HEADER + crashes));
        Shrinker shrinker = new Shrinker(subject, Workers.ONE, enough(), ShrinkProgress.NONE);
        Shrunk shrunk = shrinker.shrinkFaultsAndOperations(failed);
        assertThat(TwoNeeds.lines(shrunk.smallest())).hasSize(4).anyMatch(line -> line.startsWith("restart"));
    }

    @Test
    void otherLuckMayDoWithFarLess() {
        // Of seed 1 every one of 200 operations is needed; of seed 5 any one is enough.
        Subject moody = candidate -> {
            Attempt plain = new TwoNeeds(List.of("isolate n2"), List.of()).run(candidate);
            boolean fails = candidate.seed() == 5 ? plain.operationCount() > 0 : plain.operationCount() == 200;
            return new Attempt(
                    candidate,
                    fails ? TwoNeeds.BUG : null,
                    "",
                    candidate.horizonNanos(),
                    100,
                    plain.operations(),
                    List.of());
        };
        Scenario many = Scenario.parse(HEADER + "operations 0-199\nat 1s isolate n2\n");
        Shrunk shrunk = new Shrinker(moody, Workers.ONE, enough(), ShrinkProgress.NONE).shrink(moody.run(many));
        assertThat(shrunk.smallest().operationCount()).isEqualTo(1);
        assertThat(shrunk.smallest().scenario().seed()).isEqualTo(5);
        assertThat(shrunk.isMinimal()).isTrue();
    }
}
