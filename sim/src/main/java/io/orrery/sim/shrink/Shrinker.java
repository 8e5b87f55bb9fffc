package io.orrery.sim.shrink;

import io.orrery.kernel.Check;
import io.orrery.sim.run.Workers;
import java.util.List;

/**
 * Shrinks a failing run: each reduction in turn, again and again, until a whole round of them finds nothing.
 *
 * <ul>
 *   <li>S1: what comes out fails with the same {@link FailureIdentity} as what went in: it is run once more at the end.
 *   <li>S2: for one subject, original and budget in runs and events, what comes out is the same for any number of threads.
 *   <li>S3: it is called minimal only if the last round tried everything and ended by itself.
 * </ul>
 *
 * <p>For one thread.
 */
public final class Shrinker {
    private static final List<Reduction> ALL = List.of(
            new HuntPinning(),
            new NodeReduction(),
            new FaultReduction(),
            new TimeReduction(),
            new OperationReduction(),
            new FaultSoftening(),
            new TimeRounding(),
            new Reseeding());
    private static final List<Reduction> FAULTS_AND_OPERATIONS =
            List.of(new FaultReduction(), new OperationReduction());
    /** Rounds at most: each makes something smaller, so this many are never needed. */
    private static final int ROUNDS_MAX = 100;

    private final Subject subject;
    private final Workers workers;
    private final ShrinkBudget budget;
    private final ShrinkProgress progress;

    /**
     * @param workers run candidates that are likely to be needed side by side
     */
    public Shrinker(Subject subject, Workers workers, ShrinkBudget budget, ShrinkProgress progress) {
        this.subject = subject;
        this.workers = workers;
        this.budget = budget;
        this.progress = progress;
    }

    /**
     * Shrinks faults, operations, nodes and time.
     *
     * @param failed a run of the subject that failed
     */
    public Shrunk shrink(Attempt failed) {
        return shrink(failed, ALL);
    }

    /** Shrinks faults and operations only, where nodes and time are not the scenario's to say. */
    public Shrunk shrinkFaultsAndOperations(Attempt failed) {
        return shrink(failed, FAULTS_AND_OPERATIONS);
    }

    private Shrunk shrink(Attempt failed, List<Reduction> reductions) {
        Check.argument(failed.isFailed(), "a run that did not fail cannot be shrunk");
        Trials trials = new Trials(subject, failed, workers, budget, progress);
        int rounds = 0;
        boolean isDone = false;
        while (!isDone && !trials.isCutShort() && rounds < ROUNDS_MAX) {
            Attempt before = trials.best();
            for (Reduction reduction : reductions) {
                trials.step(reduction.name());
                reduction.reduce(trials);
            }
            rounds++;
            isDone = trials.best() == before;
        }
        Attempt smallest = trials.best();
        if (smallest != failed) {
            Attempt again = subject.run(smallest.scenario());
            Check.that(failed.identity().equals(again.identity()), "S1: what was kept fails again");
        }
        return new Shrunk(failed, smallest, isDone && !trials.isCutShort(), trials.runs(), trials.events());
    }
}
