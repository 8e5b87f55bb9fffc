package io.orrery.sim.scenario;

/** What a scenario demands of its run beside safety, which is always demanded but of the last. */
public enum Expectation {
    /** Everything comes right after the horizon; the plan keeps to {@link FaultBudget}. */
    CONVERGENCE,
    /** It need not come right: the plan may go beyond what protocols promise to survive. */
    UNAVAILABLE,
    /**
     * No node throws. A node that halts because a rule of its own is broken ends the run well, and so does a checker that
     * objects: messages may be forged, and no protocol promises more then.
     */
    SURVIVAL;

    /** As scenarios spell it. */
    public String text() {
        return switch (this) {
            case CONVERGENCE -> "convergence";
            case UNAVAILABLE -> "unavailable";
            case SURVIVAL -> "survival";
        };
    }

    static Expectation of(String text) {
        return text.equals("convergence") ? CONVERGENCE : text.equals("survival") ? SURVIVAL : UNAVAILABLE;
    }
}
