package io.orrery.sim.explore;

import io.orrery.kernel.Time;
import io.orrery.sim.coverage.Coverage;
import io.orrery.sim.coverage.Footprint;
import io.orrery.sim.scenario.Scenario;

/** A run of the corpus. For one thread. */
public final class Kept {
    /** States that more runs than this got into are no reason to go there again. */
    static final int RARE_RUNS_MAX = 16;

    /** States that come later are too dear to go back to: all that leads there is run again. */
    static final long PAST_NANOS_MAX = Time.seconds(8);

    private static final long WEIGHT = 1_000_000;

    private final Scenario scenario;
    private final byte[] file;
    private final Footprint footprint;
    private final long events;
    private final long decisions;
    private int children;
    private long rarity;

    Kept(Scenario scenario, byte[] file, Footprint footprint, long events, long decisions) {
        this.scenario = scenario;
        this.file = file;
        this.footprint = footprint;
        this.events = events;
        this.decisions = decisions;
    }

    public Scenario scenario() {
        return scenario;
    }

    /** The run with all its decisions: see {@link Trial#file}. */
    public byte[] file() {
        return file;
    }

    public Footprint footprint() {
        return footprint;
    }

    /** Of nodes, in the whole run. */
    long events() {
        return events;
    }

    /** Of the world, in the whole run. */
    long decisions() {
        return decisions;
    }

    /** Runs that were made of it. */
    int children() {
        return children;
    }

    void addChild() {
        children++;
    }

    /** Finds out anew how rare its states are by now. */
    void weigh(Coverage coverage) {
        rarity = 1;
        for (int i = 0; i < footprint.size(); i++) {
            rarity += weight(i, coverage);
        }
    }

    /** What reaching a state is worth: falls with the square of the runs that did; nothing late in the run, or if nobody
     * counts them. */
    long weight(int index, Coverage coverage) {
        int runs = coverage.runs(footprint.state(index));
        boolean isEarly = footprint.nanos(index) < Math.min(scenario.horizonNanos(), PAST_NANOS_MAX);
        boolean counts = runs >= 1 && runs <= RARE_RUNS_MAX && isEarly;
        return counts ? WEIGHT / ((long) runs * runs) : 0;
    }

    /** As of the last {@link #weigh}; at least 1. */
    long rarity() {
        return rarity;
    }

    /** How much of the search it deserves: rare states count for it, runs already made of it against it. */
    long energy() {
        return Math.max(1, rarity / (1 + children));
    }
}
