package io.orrery.sim.scenario;

import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.scenario.SealingFault.Step;

/** Plans a run that is sealed, in which keys are changed again and again, whatever else goes wrong. */
final class SealingPlanner {
    /** Of the profiles that have it on: one run in eight is sealed. */
    private static final int SEALED_PPM = 250_000;

    private static final long PAUSE_MILLIS_MIN = 50;
    private static final long PAUSE_MILLIS_MAX = 5_000;

    private final PlanDraft draft;

    SealingPlanner(PlanDraft draft) {
        this.draft = draft;
    }

    void add(Prng luck) {
        if (!luck.chance(SEALED_PPM)) {
            return;
        }
        draft.add(0, new SealingFault.Begin());
        long at = draft.startNanos();
        for (int number = 2; number <= SealingFault.NUMBER_MAX; number++) {
            for (Step step : Step.values()) {
                at += Time.millis(luck.between(PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX));
                if (at >= draft.endNanos()) {
                    return;
                }
                draft.add(at, new SealingFault.Keys(step, step == Step.REMOVE ? number - 1 : number));
            }
        }
    }
}
