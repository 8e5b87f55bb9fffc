package io.orrery.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Time;
import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.Operations;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import io.orrery.sim.shrink.Attempt;
import io.orrery.sim.shrink.FailureIdentity;
import io.orrery.sim.shrink.ScenarioSubject;
import io.orrery.sim.shrink.ShrinkBudget;
import io.orrery.sim.shrink.ShrinkProgress;
import io.orrery.sim.shrink.Shrinker;
import io.orrery.sim.shrink.Shrunk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A counter that acknowledges before it is durable fails in real runs; what is left of them is looked at here. */
class ShrinkCounterTest {
    private static final Workloads WORKLOADS = new Workloads().add(CounterWorkload::careless);

    private static Scenario failing() {
        Burn burn = new Burn(Scenario.calm(1, 5, "counter", Time.seconds(8)), CounterWorkload::careless);
        for (long seed = 1; seed < 200; seed++) {
            RunResult result = burn.run(seed);
            if (!result.isOk() && result.scenario().plan().faults().size() > 10) {
                return result.scenario();
            }
        }
        throw new AssertionError("no seed fails");
    }

    private static Shrunk shrink(Scenario scenario, int runs) {
        Attempt original = new ScenarioSubject(WORKLOADS, Long.MAX_VALUE).run(scenario);
        return new Shrinker(
                        ScenarioSubject.bounded(WORKLOADS, original),
                        Workers.ONE,
                        ShrinkBudget.ofRuns(runs),
                        ShrinkProgress.NONE)
                .shrink(original);
    }

    private static FailureIdentity identity(Scenario scenario) {
        RunResult result = Runner.run(Scenario.parse(scenario.toString()), CounterWorkload.careless());
        return result.isOk() ? null : FailureIdentity.of(result.failure());
    }

    @Test
    void aCrashAndAFewOperationsAreEnoughAndNoneOfThemCanGo() {
        Shrunk shrunk = shrink(failing(), 10_000);
        Scenario smallest = shrunk.smallest().scenario();
        FailureIdentity bug = shrunk.original().identity();
        assertThat(shrunk.isMinimal()).isTrue();
        assertThat(identity(smallest)).isEqualTo(bug);
        assertThat(shrunk.smallest().faultCount()).isBetween(1, 3);
        assertThat(shrunk.smallest().operationCount()).isBetween(1, 5);
        assertThat(smallest.horizonNanos()).isLessThan(Time.seconds(2));
        List<TimedFault> lines = smallest.plan().faults();
        for (int i = 0; i < lines.size(); i++) {
            List<TimedFault> others = new ArrayList<>(lines);
            others.remove(i);
            assertThat(identity(smallest.plan(new FaultPlan(others))))
                    .as(lines.get(i).toString())
                    .isNotEqualTo(bug);
        }
        for (Attempt.Started operation : shrunk.smallest().operations()) {
            List<Long> others = new ArrayList<>();
            shrunk.smallest().operations().forEach(other -> others.add(other.number()));
            others.remove(operation.number());
            assertThat(identity(smallest.operations(Operations.of(others))))
                    .as("operation " + operation.number())
                    .isNotEqualTo(bug);
        }
    }

    @Test
    void theSameScenarioAlwaysShrinksToTheSame() {
        Scenario scenario = failing();
        assertThat(shrink(scenario, 100)).isEqualTo(shrink(scenario, 100));
    }
}
