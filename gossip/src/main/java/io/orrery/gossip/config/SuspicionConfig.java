package io.orrery.gossip.config;

import io.orrery.kernel.Check;

/**
 * How long a suspect has to refute (SWIM, section 4.2; Lifeguard, section IV.B).
 *
 * @param mult the shortest suspicion is mult * max(1, log10 N) probe intervals; default 4. Lower kills sooner, also the
 *     innocent: the accusation must reach the suspect and its refutation come back within it
 * @param maxMult a suspicion nobody confirms lasts up to maxMult times the shortest; default 6. Each independent
 *     confirmation (up to mult - 2) shortens it logarithmically. 1 switches confirmations off
 * @param confirmedTenths how long a suspicion lasts in a large cluster, in tenths of a probe interval, once as many further
 *     members as are waited for have found the suspect silent themselves; default 15. Up to a hundred members it lasts as
 *     long as the shortest all the same, and beyond it falls as 1/N. Whoever stands still for longer, and is probed meanwhile,
 *     is declared dead: raise it where pauses of seconds are usual. See docs/adr/0016
 * @param localHealth whether a node that doubts itself gives a suspect more time: the shortest suspicion grows by its local
 *     health, up to the longest; default true. Without it a starved node declares dead whom others were quick to suspect
 */
public record SuspicionConfig(int mult, int maxMult, int confirmedTenths, boolean localHealth) {
    public SuspicionConfig {
        Check.argument(mult >= 1 && mult <= 100, "a suspicion's multiplier is between 1 and 100");
        Check.argument(maxMult >= 1 && maxMult <= 100, "a suspicion's maximum multiplier is between 1 and 100");
        Check.argument(confirmedTenths >= 1 && confirmedTenths <= 1000, "a confirmed suspicion lasts 1 to 1000 tenths");
    }

    public static SuspicionConfig lan() {
        return new SuspicionConfig(4, 6, 15, true);
    }

    /** SWIM as the paper has it: every suspicion lasts as long as the shortest of {@link #lan}. */
    public static SuspicionConfig plainSwim() {
        return new SuspicionConfig(4, 1, 15, false);
    }

    public SuspicionConfig withMult(int factor) {
        return new SuspicionConfig(factor, maxMult, confirmedTenths, localHealth);
    }

    public SuspicionConfig withMaxMult(int factor) {
        return new SuspicionConfig(mult, factor, confirmedTenths, localHealth);
    }

    public SuspicionConfig withConfirmedTenths(int tenths) {
        return new SuspicionConfig(mult, maxMult, tenths, localHealth);
    }

    public SuspicionConfig withLocalHealth(boolean used) {
        return new SuspicionConfig(mult, maxMult, confirmedTenths, used);
    }
}
