package io.orrery.sim.coverage;

import io.orrery.kernel.Check;

/**
 * Which abstract states were seen, and by how many runs each: an open-addressing table that doubles up to a limit. Beyond the
 * limit new states are counted as left out and nothing more is learnt of them.
 *
 * <ul>
 *   <li>I1: a state counts once a run.
 *   <li>I2: it depends on the footprints and their order alone.
 * </ul>
 *
 * <p>For one thread.
 */
public final class Coverage {
    /** States held by default: 48 MB at most. */
    public static final int STATES_MAX = 1 << 21;

    private static final int CAPACITY_MIN = 1 << 10;

    private final int statesMax;
    private long[] states = new long[CAPACITY_MIN];
    private int[] runs = new int[CAPACITY_MIN];
    private int size;
    private long leftOut;

    public Coverage() {
        this(STATES_MAX);
    }

    /**
     * @param statesMax held at most
     */
    public Coverage(int statesMax) {
        Check.argument(statesMax >= 1, "a coverage holds at least one state");
        this.statesMax = statesMax;
    }

    /** Counts a run; how many of its states are new. */
    public int add(Footprint footprint) {
        int fresh = 0;
        for (int i = 0; i < footprint.size(); i++) {
            fresh += maybeAdd(footprint.state(i)) ? 1 : 0;
        }
        Check.that(size <= statesMax, "coverage is bounded", size, statesMax);
        return fresh;
    }

    private boolean maybeAdd(long state) {
        int slot = slot(state);
        if (runs[slot] > 0) {
            runs[slot] += runs[slot] < Integer.MAX_VALUE ? 1 : 0;
            return false;
        }
        if (size == statesMax) {
            leftOut++;
            return false;
        }
        states[slot] = state;
        runs[slot] = 1;
        size++;
        if (size > states.length / 2) {
            grow();
        }
        return true;
    }

    /** How many runs got into the state; 0 for one never seen. */
    public int runs(long state) {
        return runs[slot(state)];
    }

    private int slot(long state) {
        int mask = states.length - 1;
        int slot = (int) (state ^ state >>> 32) & mask;
        while (runs[slot] > 0 && states[slot] != state) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldStates = states;
        int[] oldRuns = runs;
        states = new long[oldStates.length * 2];
        runs = new int[oldStates.length * 2];
        for (int i = 0; i < oldStates.length; i++) {
            if (oldRuns[i] > 0) {
                int slot = slot(oldStates[i]);
                states[slot] = oldStates[i];
                runs[slot] = oldRuns[i];
            }
        }
    }

    /** Different states seen. */
    public int size() {
        return size;
    }

    /** How many states of how many runs had no room; 0 unless the limit was reached. */
    public long leftOut() {
        return leftOut;
    }

    @Override
    public String toString() {
        return size + " abstract states";
    }
}
