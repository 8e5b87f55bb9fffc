package io.orrery.sim.explore;

import io.orrery.sim.choice.DecisionFile;
import io.orrery.sim.choice.DecisionLog;
import io.orrery.sim.run.RunResult;

/**
 * A run that was made.
 *
 * @param decisions all of them: with its scenario they repeat it, whatever it was made of
 */
public record Trial(Attempt attempt, RunResult result, DecisionLog decisions) {
    /** The run as a file that {@code orrery sim replay} repeats. */
    public byte[] file() {
        return new DecisionFile(result.scenario().toString(), decisions).encode();
    }
}
