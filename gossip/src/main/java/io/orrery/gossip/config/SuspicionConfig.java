package io.orrery.gossip.config;

import io.orrery.kernel.Check;

/**
 * How long a suspect has to refute (SWIM, section 4.2; Lifeguard, section IV.B).
 *
 * @param mult the shortest suspicion is mult * max(1, log10 N) probe intervals; default 4. Lower kills sooner, also the
 *     innocent: the accusation must reach the suspect and its refutation come back within it
 * @param maxMult a suspicion nobody confirms lasts up to maxMult times the shortest; default 6. Each independent
 *     confirmation (up to mult - 2) shortens it logarithmically. 1 switches confirmations off
 * @param localHealth whether a node that doubts itself gives a suspect more time: the shortest suspicion grows by its local
 *     health, up to the longest; default true. Without it a starved node declares dead whom others were quick to suspect
 */
public record SuspicionConfig(int mult, int maxMult, boolean localHealth) {
    public SuspicionConfig {
        Check.argument(mult >= 1 && mult <= 100, "a suspicion's multiplier is between 1 and 100");
        Check.argument(maxMult >= 1 && maxMult <= 100, "a suspicion's maximum multiplier is between 1 and 100");
    }

    public static SuspicionConfig lan() {
        return new SuspicionConfig(4, 6, true);
    }

    /** SWIM as the paper has it: every suspicion lasts as long as the shortest of {@link #lan}. */
    public static SuspicionConfig plainSwim() {
        return new SuspicionConfig(4, 1, false);
    }

    public SuspicionConfig withMult(int factor) {
        return new SuspicionConfig(factor, maxMult, localHealth);
    }

    public SuspicionConfig withMaxMult(int factor) {
        return new SuspicionConfig(mult, factor, localHealth);
    }

    public SuspicionConfig withLocalHealth(boolean used) {
        return new SuspicionConfig(mult, maxMult, used);
    }
}
