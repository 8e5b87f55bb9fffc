package io.orrery.sim.explore;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import io.orrery.sim.coverage.CoverageTally;
import io.orrery.sim.run.Burn;
import io.orrery.sim.run.Workers;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Guides a search by abstract states (as fuzzers of programs are guided by branches; Böhme et al., CCS 2016, for the energy):
 * of each generation some runs are seeds of their own, the others are made of kept runs, by energy.
 *
 * <ul>
 *   <li>I1: what is run depends on the first seed, the runs given and the number of runs; never on threads or time. A
 *       generation is made of what the ones before it found.
 *   <li>I2: run number {@code k} takes the place of seed {@code firstSeed + k}: it has that seed's workload, number of nodes
 *       and rate, so a search is spread over these as a burn is, however many states some of them have.
 * </ul>
 *
 * <p>For one thread.
 */
public final class Explorer {
    /** Runs of one generation: they may run side by side, since none is made of another. */
    public static final int GENERATION_RUNS = 16;

    private static final int FRESH_PPM = 400_000;

    private final Burn burn;
    private final long firstSeed;
    private final Prng luck;
    private final Corpus corpus;
    private final CoverageTally tally = new CoverageTally();
    private final Mutator mutator = new Mutator(tally.coverage());
    private final List<Attempt> given = new ArrayList<>();
    private long planned;

    /**
     * @param burn makes the scenario of a seed, and the workloads
     * @param corpus to be filled
     */
    public Explorer(Burn burn, long firstSeed, Corpus corpus) {
        this.burn = burn;
        this.firstSeed = firstSeed;
        this.luck = new Prng(firstSeed).fork("explore");
        this.corpus = corpus;
    }

    /** Has a run from elsewhere run first. */
    public void give(Scenario scenario, byte[] decisions) {
        Check.argument(planned == 0, "runs are given before the search begins");
        given.add(Attempt.given(scenario, decisions));
    }

    /**
     * Searches on.
     *
     * @param runs at most
     * @param sink is given each run, on the caller's thread and in order; whether it wants another
     */
    public void run(long runs, Workers workers, Predicate<Step> sink) {
        Check.argument(runs >= 0, "a number of runs is not negative");
        long end = planned + runs;
        boolean[] wantsMore = {true};
        while (wantsMore[0] && planned < end) {
            corpus.weigh(tally.coverage());
            List<Attempt> generation = new ArrayList<>();
            long first = planned;
            while (planned < end && generation.size() < GENERATION_RUNS) {
                generation.add(plan(planned++));
            }
            workers.runWhile(
                    first,
                    generation.size(),
                    number -> generation.get((int) (number - first)).run(burn.workloads()),
                    trial -> wantsMore[0] = sink.test(learn(trial)));
        }
    }

    private Attempt plan(long number) {
        if (number < given.size()) {
            return given.get((int) number);
        }
        Scenario scenario = burn.scenario(firstSeed + number);
        Prng own = luck.fork("run " + number);
        Kept parent = own.chance(FRESH_PPM) ? null : corpus.maybeDraw(scenario, own);
        if (parent == null) {
            return Attempt.fresh(scenario);
        }
        parent.addChild();
        return mutator.mutate(parent, scenario, own);
    }

    private Step learn(Trial trial) {
        int fresh = tally.add(trial.result().footprint());
        if (fresh > 0 && trial.result().isOk()) {
            Kept kept = new Kept(
                    trial.result().scenario(),
                    trial.file(),
                    trial.result().footprint(),
                    trial.result().events(),
                    trial.decisions().size());
            kept.weigh(tally.coverage());
            corpus.add(kept, tally.coverage());
        }
        return new Step(trial, fresh);
    }

    /** What all runs got into so far. */
    public CoverageTally coverage() {
        return tally;
    }

    public Corpus corpus() {
        return corpus;
    }

    /**
     * A run of the search.
     *
     * @param newStates abstract states that it was the first to get into
     */
    public record Step(Trial trial, int newStates) {}
}
