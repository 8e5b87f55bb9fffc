package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;

/** Plans {@link ClockFault}s. */
final class ClockPlanner implements FamilyPlanner {
    private static final int DRIFT_PPM_MAX = 500;
    private static final long SKEW_MILLIS_MAX = 60_000;
    private static final long STEP_MILLIS_MAX = 10_000;

    private final PlanDraft draft;

    ClockPlanner(PlanDraft draft) {
        this.draft = draft;
    }

    @Override
    public void add(Trouble trouble, Prng luck, long from, long to) {
        NodeId node = draft.drawNode(luck);
        switch (trouble) {
            case DRIFT ->
                draft.add(from, new ClockFault.Drift(node, (int) luck.between(-DRIFT_PPM_MAX, DRIFT_PPM_MAX)));
            case SKEW ->
                draft.add(
                        from, new ClockFault.Skew(node, Time.millis(luck.between(-SKEW_MILLIS_MAX, SKEW_MILLIS_MAX))));
            case STEP ->
                draft.add(
                        from, new ClockFault.Step(node, Time.millis(luck.between(-STEP_MILLIS_MAX, STEP_MILLIS_MAX))));
            default -> throw new IllegalArgumentException("not a trouble of clocks: " + trouble);
        }
    }
}
