package io.orrery.server.simulation;

import io.orrery.sim.choice.Branch;
import io.orrery.sim.choice.DecisionReplay;
import io.orrery.sim.choice.Tape;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;

/**
 * Runs of one past and many futures: each goes as recorded up to a point and draws anew from there. The share that fails
 * tells how far the failure was decided by then.
 */
public final class Branching {
    /** How much of its branches must fail for a failure to be called inevitable, in percent. */
    public static final int INEVITABLE_PERCENT = 95;

    private final RunFile run;

    public Branching(RunFile run) {
        this.run = run;
    }

    /**
     * What came of the branches from one point.
     *
     * @param event after which chance is drawn anew; 0 for all of it
     * @param failed of the branches
     */
    public record Share(long event, int failed, int branches) {
        public int percent() {
            return 100 * failed / branches;
        }

        @Override
        public String toString() {
            return "from event " + event + " on: " + failed + " of " + branches + " other futures fail";
        }
    }

    /** Runs the branches {@code 1} to {@code branches} from an event on. */
    public Share share(long event, int branches) {
        int failed = 0;
        for (int seed = 1; seed <= branches; seed++) {
            failed += branch(event, seed).isOk() ? 0 : 1;
        }
        return new Share(event, failed, branches);
    }

    /** Runs one branch. */
    public RunResult branch(long event, long seed) {
        return Runner.run(run.scenario(), run.workload(), sim -> {
            Tape before = run.decisions() == null ? null : new DecisionReplay(run.decisions(), misfit -> {});
            sim.tape(new Branch(before, () -> sim.eventCount() >= event, seed));
        });
    }

    /**
     * The first event, to within a hundredth of the run, from which on nearly all futures fail: found by bisection, which
     * takes for granted that the share grows.
     *
     * @param failedAtEvent where the run itself failed
     */
    public Share whenInevitable(long failedAtEvent, int branches) {
        long evitable = 0;
        Share inevitable = new Share(failedAtEvent, branches, branches);
        while (inevitable.event() - evitable > Math.max(1, failedAtEvent / 100)) {
            Share middle = share((evitable + inevitable.event()) / 2, branches);
            if (middle.percent() >= INEVITABLE_PERCENT) {
                inevitable = middle;
            } else {
                evitable = middle.event();
            }
        }
        return inevitable;
    }
}
