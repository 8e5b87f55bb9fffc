package io.orrery.sim.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.choice.DecisionFile;
import io.orrery.sim.choice.DecisionReplay;
import io.orrery.sim.coverage.Coverage;
import io.orrery.sim.coverage.Footprint;
import io.orrery.sim.run.Burn;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.run.Workers;
import io.orrery.sim.scenario.FaultBudget;
import io.orrery.sim.scenario.FaultProfile;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ExplorerTest {
    private static final int RUNS = 4_000;
    private static final int HIGH = 1_000_000;

    private static Burn stairs(int top) {
        return new Burn(
                Scenario.calm(0, 2, "stairs", Time.millis(600)).rate(0), () -> new StairsWorkload(top), calm -> calm);
    }

    private static Burn faulty() {
        Scenario calm = Scenario.calm(0, 3, "stairs", Time.seconds(3)).rate(10);
        return new Burn(calm, () -> new StairsWorkload(HIGH), FaultProfile::drawFor);
    }

    private static List<Explorer.Step> explore(Burn burn, int runs, Corpus corpus, Workers workers) {
        List<Explorer.Step> steps = new ArrayList<>();
        new Explorer(burn, 1, corpus).run(runs, workers, step -> {
            steps.add(step);
            return step.trial().result().isOk();
        });
        return steps;
    }

    @Test
    void searchClimbsToABugThatSeedsDoNotFind() {
        Burn burn = stairs(7);
        for (long seed = 1; seed <= RUNS; seed++) {
            assertTrue(burn.run(seed).isOk(), "a seed alone finds it: " + seed);
        }
        List<Explorer.Step> steps = explore(burn, RUNS, new Corpus(), Workers.ONE);
        Explorer.Step last = steps.get(steps.size() - 1);
        assertTrue(!last.trial().result().isOk(), "not found in " + steps.size());
        assertEquals(
                "nobody reaches the top [7]", last.trial().result().failure().message());
        assertNotEquals(Change.FRESH, last.trial().attempt().change());
    }

    @Test
    void searchIsTheSameOnAnyNumberOfThreads() {
        Workers eager = new Workers() {
            @Override
            public <R> void runWhile(long first, long count, LongFunction<R> work, Predicate<R> sink) {
                List<R> results = new ArrayList<>();
                for (long i = count - 1; i >= 0; i--) {
                    results.add(0, work.apply(first + i));
                }
                for (R result : results) {
                    if (!sink.test(result)) {
                        return;
                    }
                }
            }
        };
        List<Long> one = new ArrayList<>();
        List<Long> many = new ArrayList<>();
        explore(faulty(), 60, new Corpus(), Workers.ONE)
                .forEach(step -> one.add(step.trial().result().traceHash() + step.newStates()));
        explore(faulty(), 60, new Corpus(), eager)
                .forEach(step -> many.add(step.trial().result().traceHash() + step.newStates()));
        assertEquals(60, one.size(), "all is well: " + faulty().run(one.size()));
        assertEquals(one, many);
    }

    @Test
    void everyRunIsRepeatedByItsFileWhateverItWasMadeOf() {
        int mutated = 0;
        for (Explorer.Step step : explore(faulty(), 80, new Corpus(), Workers.ONE)) {
            RunResult result = step.trial().result();
            DecisionFile file = DecisionFile.decode(step.trial().file());
            RunResult again = Runner.runSketched(
                    Scenario.parse(file.scenario()),
                    new StairsWorkload(HIGH),
                    sim -> sim.tape(new DecisionReplay(file.log(), misfit -> {
                        throw new AssertionError(misfit.toString());
                    })));
            assertEquals(result.traceHash(), again.traceHash());
            assertEquals(result.footprint(), again.footprint());
            mutated += step.trial().attempt().change() == Change.FRESH ? 0 : 1;
        }
        assertTrue(mutated > 20, "mutated: " + mutated);
    }

    @Test
    void mutatedPlansKeepToTheBudgetAndAllKindsOfChangesAreMade() {
        boolean[] made = new boolean[Change.values().length];
        List<Explorer.Step> steps = explore(faulty(), 200, new Corpus(), Workers.ONE);
        assertEquals(200, steps.size());
        for (Explorer.Step step : steps) {
            assertEquals(null, FaultBudget.objection(step.trial().result().scenario()));
            made[step.trial().attempt().change().ordinal()] = true;
        }
        made[Change.GIVEN.ordinal()] = true;
        for (Change change : Change.values()) {
            assertTrue(made[change.ordinal()], "never made: " + change);
        }
    }

    @Test
    void decisionsThatNoLongerFitAreDrawnAnew() {
        Trial trial = Attempt.fresh(faulty().scenario(1)).run(faulty().workloads());
        Scenario other = faulty().scenario(2).seed(1);
        Attempt misfit = new Attempt(
                Change.SPLICE,
                other,
                trial.file(),
                List.of(new Attempt.Flip(Integer.MAX_VALUE, 1), new Attempt.Flip(0, 1)),
                Long.MAX_VALUE,
                0);
        Trial run = misfit.run(faulty().workloads());
        assertTrue(run.result().isOk(), run.result().toString());
        assertNotEquals(trial.result().traceHash(), run.result().traceHash());
    }

    @Test
    void branchIsItsParentUpToTheEventAndAnotherAfterwards() {
        Burn burn = stairs(HIGH);
        Trial parent = Attempt.fresh(burn.scenario(3)).run(burn.workloads());
        long branch = parent.result().events() / 2;
        Attempt attempt = new Attempt(Change.REDRAW, burn.scenario(3), parent.file(), List.of(), branch, 5);
        Trial child = attempt.run(burn.workloads());
        assertNotEquals(parent.result().traceHash(), child.result().traceHash());
        assertArrayEquals(statesUpTo(parent, branch), statesUpTo(child, branch));
        assertEquals(
                child.result().traceHash(),
                attempt.run(burn.workloads()).result().traceHash());
    }

    private static long[] statesUpTo(Trial trial, long event) {
        Footprint footprint = trial.result().footprint();
        int count = 0;
        while (count < footprint.size() && footprint.event(count) <= event) {
            count++;
        }
        long[] states = new long[count];
        Arrays.setAll(states, footprint::state);
        return states;
    }

    @Test
    void corpusIsBoundedAndTheRunOfLeastEnergyGoes() {
        Corpus corpus = new Corpus(5);
        explore(faulty(), 100, corpus, Workers.ONE);
        assertEquals(5, corpus.size());
        assertTrue(corpus.dropped() > 0);

        Corpus small = new Corpus(2);
        Coverage coverage = new Coverage();
        Burn burn = stairs(HIGH);
        Trial often = Attempt.fresh(burn.scenario(1)).run(burn.workloads());
        for (int i = 0; i < 20; i++) {
            coverage.add(often.result().footprint());
        }
        Kept usual = kept(often);
        small.add(usual, coverage);
        List<Kept> rare = new ArrayList<>();
        for (long seed = 2; rare.size() < 2; seed++) {
            Trial trial = Attempt.fresh(burn.scenario(seed)).run(burn.workloads());
            if (coverage.add(trial.result().footprint()) > 0) {
                rare.add(kept(trial));
                small.add(rare.get(rare.size() - 1), coverage);
            }
        }
        assertEquals(rare, small.runs());
        assertNotNull(small.maybeDraw(burn.scenario(9), new Prng(1)));
        assertEquals(null, small.maybeDraw(faulty().scenario(9), new Prng(1)));
    }

    private static Kept kept(Trial trial) {
        RunResult result = trial.result();
        return new Kept(
                result.scenario(),
                trial.file(),
                result.footprint(),
                result.events(),
                trial.decisions().size());
    }

    @Test
    void givenRunsAreRunFirstAndAsTheyAre() {
        Burn burn = stairs(HIGH);
        Trial trial = Attempt.fresh(burn.scenario(77)).run(burn.workloads());
        Explorer explorer = new Explorer(burn, 1, new Corpus());
        explorer.give(trial.result().scenario(), trial.file());
        List<Long> hashes = new ArrayList<>();
        explorer.run(3, Workers.ONE, step -> hashes.add(step.trial().result().traceHash()));
        assertEquals(trial.result().traceHash(), hashes.get(0));
        assertEquals(3, hashes.size());
    }
}
