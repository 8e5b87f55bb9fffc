package io.orrery.sim.coverage;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;

/**
 * Which abstract states were seen, and by how many runs each: an open-addressing table that doubles up to a limit. It is never
 * full: at the limit the table keeps one state of two, by a hash, and so on; from then on a state counts for as many as it
 * stands for (adaptive sampling: Wegman; Flajolet 1990). With a million states held, counts are off by a thousandth or so.
 *
 * <ul>
 *   <li>I1: a state counts once a run.
 *   <li>I2: it depends on the footprints and their order alone.
 *   <li>I3: whatever was seen and is in the sample is in the table.
 * </ul>
 *
 * <p>For one thread.
 */
public final class Coverage {
    /** States held by default: 48 MB at most. */
    public static final int STATES_MAX = 1 << 21;

    private static final int CAPACITY_MIN = 1 << 10;
    private static final int HALVINGS_MAX = 40;

    private final int statesMax;
    private long[] states = new long[CAPACITY_MIN];
    private int[] runs = new int[CAPACITY_MIN];
    private int held;
    private int halvings;

    public Coverage() {
        this(STATES_MAX);
    }

    /**
     * With a limit.
     *
     * @param statesMax held at most; at least 256, or halves of them would be nothing like halves
     */
    public Coverage(int statesMax) {
        Check.argument(statesMax >= 256, "a coverage holds at least 256 states");
        this.statesMax = statesMax;
    }

    /** Counts a run; how many of its states are new, about so many if not every state is held. */
    public int add(Footprint footprint) {
        long fresh = 0;
        for (int i = 0; i < footprint.size(); i++) {
            fresh += maybeAdd(footprint.state(i)) ? sampledOneIn() : 0;
        }
        Check.that(held <= statesMax, "coverage is bounded", held, statesMax);
        return (int) Math.min(Integer.MAX_VALUE, fresh);
    }

    private boolean maybeAdd(long state) {
        int slot = slot(state);
        if (runs[slot] > 0) {
            runs[slot] += runs[slot] < Integer.MAX_VALUE ? 1 : 0;
            return false;
        }
        if (!isSampled(state)) {
            return false;
        }
        if (held == statesMax) {
            halve();
            return maybeAdd(state);
        }
        states[slot] = state;
        runs[slot] = 1;
        held++;
        if (held > states.length / 2) {
            rebuild(states.length * 2);
        }
        return true;
    }

    private boolean isSampled(long state) {
        return halvings == 0 || Prng.mix(state) >>> Long.SIZE - halvings == 0;
    }

    private void halve() {
        halvings++;
        Check.that(halvings <= HALVINGS_MAX, "a half is less than the whole", held);
        rebuild(states.length);
    }

    /** How many runs got into the state; 0 for one never seen, or not in the sample. */
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

    private void rebuild(int capacity) {
        long[] oldStates = states;
        int[] oldRuns = runs;
        states = new long[capacity];
        runs = new int[capacity];
        held = 0;
        for (int i = 0; i < oldStates.length; i++) {
            if (oldRuns[i] > 0 && isSampled(oldStates[i])) {
                int slot = slot(oldStates[i]);
                states[slot] = oldStates[i];
                runs[slot] = oldRuns[i];
                held++;
            }
        }
    }

    /** Different states seen; about so many if not every state is held. */
    public long size() {
        return held * sampledOneIn();
    }

    /** One of so many states is held, and counts for them all; 1 unless the limit was reached. */
    public long sampledOneIn() {
        return 1L << halvings;
    }

    @Override
    public String toString() {
        return size() + " abstract states";
    }
}
