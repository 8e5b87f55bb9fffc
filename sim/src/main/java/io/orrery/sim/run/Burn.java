package io.orrery.sim.run;

import io.orrery.kernel.Check;
import io.orrery.sim.scenario.FaultProfile;
import io.orrery.sim.scenario.Scenario;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Runs many seeds of one scenario, each with a plan of faults drawn for it.
 *
 * @param calm the scenario, whose seed is replaced and whose plan is drawn
 * @param workloads make one for each run, by the name that the seed's scenario says
 * @param draw what a seed makes of the scenario: its plan, such as {@link FaultProfile#drawFor}, perhaps more
 */
public record Burn(Scenario calm, Workloads workloads, UnaryOperator<Scenario> draw) {
    /** A burn of one workload with faults of the usual profile. */
    public Burn(Scenario calm, Supplier<Workload> workload) {
        this(calm, workload, FaultProfile::drawFor);
    }

    /** A burn of one workload. */
    public Burn(Scenario calm, Supplier<Workload> workload, UnaryOperator<Scenario> draw) {
        this(calm, new Workloads().add(workload), draw);
    }

    /** The scenario that a seed stands for. */
    public Scenario scenario(long seed) {
        return draw.apply(calm.seed(seed));
    }

    /** Runs one seed, and notes the abstract states that it gets into. */
    public RunResult run(long seed) {
        Scenario scenario = scenario(seed);
        return Runner.runSketched(scenario, workloads.make(scenario.workload()), sim -> {});
    }

    /**
     * Runs {@code count} seeds from {@code firstSeed} on.
     *
     * @param progress is given each result, on the caller's thread, in the order of the seeds
     */
    public BurnSummary run(long firstSeed, long count, Workers workers, Consumer<RunResult> progress) {
        return runWhile(firstSeed, count, workers, result -> {
            progress.accept(result);
            return true;
        });
    }

    /**
     * Runs seeds from {@code firstSeed} on until {@code progress} has had enough, at most {@code count}: a burn that ends at
     * the first failing seed is the same for any number of threads.
     *
     * @param progress is given each result, on the caller's thread, in the order of the seeds; whether it wants another
     */
    public BurnSummary runWhile(long firstSeed, long count, Workers workers, Predicate<RunResult> progress) {
        Check.argument(count >= 0, "a count of seeds is not negative");
        BurnTally tally = new BurnTally();
        workers.runWhile(firstSeed, count, this::run, result -> {
            tally.add(result);
            return progress.test(result);
        });
        return tally.summary();
    }
}
