package io.orrery.sim.coverage;

/**
 * Adds up the coverage of runs one after another, and how much of it the last of them found: whether more of the same would
 * find more.
 */
public final class CoverageTally {
    /** How many runs count as the last ones. */
    public static final int LAST_RUNS = 1_000;

    private final Coverage coverage;
    private final int[] fresh = new int[LAST_RUNS];
    private long runs;
    private long freshInLast;

    public CoverageTally() {
        this(new Coverage());
    }

    public CoverageTally(Coverage coverage) {
        this.coverage = coverage;
    }

    /** Counts the next run; how many states it got into that none had before it. */
    public int add(Footprint footprint) {
        int found = coverage.add(footprint);
        int slot = (int) (runs % LAST_RUNS);
        freshInLast += found - fresh[slot];
        fresh[slot] = found;
        runs++;
        return found;
    }

    public Coverage coverage() {
        return coverage;
    }

    public CoverageSummary summary() {
        return new CoverageSummary(coverage.size(), Math.min(runs, LAST_RUNS), freshInLast, coverage.sampledOneIn());
    }
}
