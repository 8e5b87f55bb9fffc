package io.orrery.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.Failure;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.coverage.Footprint;
import io.orrery.sim.scenario.Operations;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RunnerTest {
    private static final Scenario CALM = Scenario.calm(1, 3, "counter", Time.seconds(20));

    private static RunResult firstFailure(Burn burn, int seeds) {
        for (long seed = 0; seed < seeds; seed++) {
            RunResult result = burn.run(seed);
            if (!result.isOk()) {
                return result;
            }
        }
        throw new AssertionError("no failure in " + seeds + " seeds");
    }

    @Test
    void carefulCounterSurvivesEverySeed() {
        Burn burn = new Burn(CALM, CounterWorkload::careful);
        BurnSummary summary = burn.run(0, 60, Workers.ONE, result -> {});
        assertEquals(60, summary.seeds());
        assertEquals(List.of(), summary.failures());
        assertTrue(summary.marks().get(Counter.RECOVERED) > 10);
        assertTrue(summary.faults().get("crash") > 10);
        assertTrue(summary.faults().get("crash-syncing") > 10);
        assertTrue(summary.faults().get("disk-write-lost") > 0);
        assertTrue(summary.simulatedNanos() >= 60 * Time.seconds(20));
    }

    @Test
    void acknowledgementBeforeSyncIsFound() {
        RunResult failed = firstFailure(new Burn(CALM, CounterWorkload::careless), 200);
        assertEquals(Failure.Kind.SAFETY, failed.failure().kind());
        assertTrue(failed.failure().message().startsWith("what was acknowledged is kept"));
        assertEquals(failed.seed(), failed.failure().seed());
    }

    @Test
    void printedScenarioOfAFailureReproducesItStepByStep() {
        RunResult failed = firstFailure(new Burn(CALM, CounterWorkload::careless), 200);
        Scenario read = Scenario.parse(failed.scenario().toString());
        RunResult again = Runner.run(read, CounterWorkload.careless());
        assertEquals(failed.traceHash(), again.traceHash());
        assertEquals(failed.failure(), again.failure());
        assertEquals(failed.withFootprint(Footprint.NONE), again);
    }

    @Test
    void watchingARunChangesNothingInIt() {
        RunResult plain = new Burn(CALM, CounterWorkload::careless).run(5);
        List<String> lines = new ArrayList<>();
        List<String> events = new ArrayList<>();
        RunResult watched = Runner.run(plain.scenario(), CounterWorkload.careless(), sim -> {
            sim.traceTo(lines::add);
            sim.eventsTo(events::add);
        });
        assertEquals(plain.withFootprint(Footprint.NONE), watched);
        assertFalse(lines.isEmpty());
        assertEquals(watched.events(), events.size());
    }

    @Test
    void whatNeverComesRightIsALivenessFailureThatSaysWhatItWaitsFor() {
        RunResult result = Runner.run(CALM, CounterWorkload.stuck());
        assertEquals(Failure.Kind.LIVENESS, result.failure().kind());
        assertTrue(result.failure().message().startsWith("the whole does not come right: counter: acknowledged {n1="));
        assertTrue(result.failure().stall().what().startsWith("acknowledged {n1="));
        assertEquals(CALM.horizonNanos() + CALM.settleNanos(), result.simulatedNanos());
    }

    @Test
    void linesThatNoLongerFitDoNothing() {
        Scenario scenario = Scenario.parse("seed 1 nodes 3 workload counter horizon 5s\n"
                + "at 1s restart n1\nat 2s crash n2\nat 3s crash n2\nat 4s pause n2 1s\n");
        RunResult result = Runner.run(scenario, CounterWorkload.careful());
        assertTrue(result.isOk());
        assertEquals(1, result.faults().get("crash"));
        assertFalse(result.faults().containsKey("restart"));
        assertFalse(result.faults().containsKey("pause"));
    }

    @Test
    void operationsLeftOutMoveNoOther() {
        Scenario scenario = Scenario.parse("seed 1 nodes 3 workload counter rate 100/s horizon 2s\n");
        TreeMap<Long, String> all = operations(scenario);
        assertTrue(all.size() > 150, "operations: " + all.size());
        TreeMap<Long, String> some = operations(scenario.operations(Operations.of(List.of(3L, 4L, 90L))));
        assertEquals(List.of(3L, 4L, 90L), List.copyOf(some.keySet()));
        some.forEach((number, what) -> assertEquals(all.get(number), what));
        assertEquals(0, operations(scenario.operations(Operations.NONE)).size());
    }

    private static TreeMap<Long, String> operations(Scenario scenario) {
        TreeMap<Long, String> seen = new TreeMap<>();
        CounterWorkload counter = CounterWorkload.careful();
        Simulation[] sim = new Simulation[1];
        Workload listening = new Workload() {
            @Override
            public String name() {
                return counter.name();
            }

            @Override
            public void start(Simulation simulation, Scenario what) {
                sim[0] = simulation;
                counter.start(simulation, what);
            }

            @Override
            public void operate(long number, Prng luck) {
                seen.put(number, sim[0].nowNanos() + " " + luck.fork("look").nextLong());
                counter.operate(number, luck);
            }

            @Override
            public void calm() {
                counter.calm();
            }

            @Override
            public boolean converged() {
                return counter.converged();
            }

            @Override
            public Stall stall() {
                return counter.stall();
            }
        };
        assertTrue(Runner.run(scenario, listening).isOk());
        return seen;
    }

    @Test
    void traceTellsFaultsAndTransitionsInOrder() {
        Scenario scenario = Scenario.parse(
                "seed 1 nodes 1 workload counter rate 1000/s horizon 5s\nat 1s crash n1\nat 2s restart n1\n");
        List<String> lines = new ArrayList<>();
        Runner.run(scenario, CounterWorkload.careful(), sim -> sim.traceTo(lines::add));
        assertEquals("   0.000000s n1 boot incarnation=1", lines.get(0));
        assertTrue(lines.get(1).endsWith(" n1 recover value=0"), lines.get(1));
        assertEquals("   1.000000s n1 crash", lines.get(2));
        assertEquals("   1.000000s world fault crash n1", lines.get(3));
        assertEquals("   2.000000s n1 boot incarnation=2", lines.get(4));
        assertEquals("   2.000000s world fault restart n1", lines.get(5));
        assertTrue(lines.get(6).contains(" n1 recover value=") && !lines.get(6).endsWith("=0"), lines.get(6));
        assertEquals("   5.000000s world calm", lines.get(7));
    }

    @Test
    void burnIsTheSameInWhateverOrderItsSeedsAreRun() {
        Burn burn = new Burn(CALM, CounterWorkload::careless);
        Workers backwards = new Workers() {
            @Override
            public <R> void runWhile(long first, long count, LongFunction<R> work, Predicate<R> sink) {
                List<R> results = new ArrayList<>();
                for (long i = count - 1; i >= 0; i--) {
                    results.add(0, work.apply(first + i));
                }
                assertTrue(results.stream().allMatch(sink), "nothing ends this burn early");
            }
        };
        BurnSummary forwards = burn.run(10, 8, Workers.ONE, result -> {});
        assertEquals(forwards, burn.run(10, 8, backwards, result -> {}));
        assertNotEquals(
                forwards.traceHash(), burn.run(11, 8, Workers.ONE, result -> {}).traceHash());
    }

    @Test
    void burnEndsAtTheSeedThatItWasToEndAt() {
        List<Long> seen = new ArrayList<>();
        BurnSummary summary = new Burn(CALM, CounterWorkload::careful).runWhile(10, 8, Workers.ONE, result -> {
            seen.add(result.seed());
            return result.seed() < 12;
        });
        assertEquals(List.of(10L, 11L, 12L), seen);
        assertEquals(3, summary.seeds());
    }

    @Test
    void workloadIsTheOneThatTheScenarioNames() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Runner.run(Scenario.calm(1, 3, "other", 1), CounterWorkload.careful()));
        Workloads workloads = new Workloads().add(CounterWorkload::careful);
        assertEquals(List.of("counter"), workloads.names());
        assertEquals("counter", workloads.make("counter").name());
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> workloads.make("countre"));
        assertEquals("there is no workload 'countre'; there are [counter]", refused.getMessage());
    }
}
