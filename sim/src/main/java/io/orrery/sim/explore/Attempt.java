package io.orrery.sim.explore;

import io.orrery.sim.choice.Branch;
import io.orrery.sim.choice.DecisionFile;
import io.orrery.sim.choice.DecisionLog;
import io.orrery.sim.choice.DecisionRecorder;
import io.orrery.sim.choice.DecisionReplay;
import io.orrery.sim.choice.Tape;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.run.Workloads;
import io.orrery.sim.scenario.Scenario;
import java.util.List;

/**
 * A run to make.
 *
 * @param change how it came about
 * @param scenario that is run
 * @param past a decision file whose decisions hold up to the branch, as far as they fit; null to draw all
 * @param flips decisions that are to be others; for a past only
 * @param branchEvent after which all is drawn anew; {@link Long#MAX_VALUE} for never
 * @param branchSeed of what is drawn then
 */
public record Attempt(
        Change change, Scenario scenario, byte[] past, List<Flip> flips, long branchEvent, long branchSeed) {
    /**
     * One decision that is made otherwise.
     *
     * @param index in the log
     * @param luck from which the other value is made
     */
    public record Flip(int index, long luck) {}

    /** A seed's own run. */
    static Attempt fresh(Scenario scenario) {
        return new Attempt(Change.FRESH, scenario, null, List.of(), Long.MAX_VALUE, 0);
    }

    /** A run as it is in a file. */
    static Attempt given(Scenario scenario, byte[] decisions) {
        return new Attempt(Change.GIVEN, scenario, decisions, List.of(), Long.MAX_VALUE, 0);
    }

    /** Makes the run, sketches it, and writes its decisions down. */
    public Trial run(Workloads workloads) {
        DecisionLog log =
                past == null ? null : flipped(DecisionFile.decode(past).log());
        DecisionRecorder[] recorder = new DecisionRecorder[1];
        RunResult result = Runner.runSketched(scenario, workloads.make(scenario.workload()), sim -> {
            Tape decider = null;
            if (log != null) {
                // A decision that no longer fits is drawn: the run is another one then, and still a run.
                Tape replay = new DecisionReplay(log, misfit -> {});
                decider = branchEvent == Long.MAX_VALUE
                        ? replay
                        : new Branch(replay, () -> sim.eventCount() >= branchEvent, branchSeed);
            }
            recorder[0] = new DecisionRecorder(decider);
            sim.tape(recorder[0]);
        });
        return new Trial(this, result, recorder[0].log());
    }

    private DecisionLog flipped(DecisionLog log) {
        DecisionLog changed = log;
        for (Flip flip : flips) {
            if (flip.index() < log.size()) {
                changed = changed.with(flip.index(), other(flip.luck(), log.bound(flip.index())));
            }
        }
        return changed;
    }

    /** Often the least or the greatest: that is where chances come true, and delays end. */
    private static long other(long luck, long bound) {
        return switch ((int) (luck & 3)) {
            case 0 -> 0;
            case 1 -> bound - 1;
            default -> Math.floorMod(luck >> 2, bound);
        };
    }
}
