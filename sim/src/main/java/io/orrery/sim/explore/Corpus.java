package io.orrery.sim.explore;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import io.orrery.sim.coverage.Coverage;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The runs that are kept because they got into states that few got into.
 *
 * <ul>
 *   <li>I1: at most {@link #runsMax} runs of at most {@link #BYTES_MAX} together; when one more comes, that of the least
 *       energy goes.
 * </ul>
 *
 * <p>For one thread.
 */
public final class Corpus {
    /** Runs kept by default. */
    public static final int RUNS_MAX = 256;
    /** Bytes of all their decisions. */
    public static final long BYTES_MAX = 64L << 20;

    private final int runsMax;
    private final List<Kept> kept = new ArrayList<>();
    private long bytes;
    private long dropped;

    public Corpus() {
        this(RUNS_MAX);
    }

    /**
     * @param runsMax kept at most
     */
    public Corpus(int runsMax) {
        Check.argument(runsMax >= 1, "a corpus keeps at least one run");
        this.runsMax = runsMax;
    }

    /** Keeps a run; another may have to go, or this one itself if it is too large. */
    void add(Kept run, Coverage coverage) {
        kept.add(run);
        bytes += run.file().length;
        if (isTooLarge()) {
            weigh(coverage);
        }
        while (isTooLarge()) {
            Kept least = kept.get(0);
            for (Kept other : kept) {
                least = other.energy() < least.energy() ? other : least;
            }
            kept.remove(least);
            bytes -= least.file().length;
            dropped++;
        }
        Check.that(kept.size() <= runsMax, "I1: a corpus is bounded", kept.size(), runsMax);
        Check.that(bytes >= 0 && bytes <= BYTES_MAX, "I1: so are its bytes", bytes);
    }

    private boolean isTooLarge() {
        return kept.size() > runsMax || bytes > BYTES_MAX;
    }

    /** Finds out anew how rare all states are by now. */
    void weigh(Coverage coverage) {
        kept.forEach(run -> run.weigh(coverage));
    }

    /** A run of the same workload on as many nodes and as busy, drawn by energy; null if none is kept. */
    Kept maybeDraw(Scenario like, Prng luck) {
        long total = 0;
        for (Kept run : kept) {
            total += isLike(run, like) ? run.energy() : 0;
        }
        long drawn = total == 0 ? 0 : luck.below(total);
        for (Kept run : kept) {
            if (isLike(run, like)) {
                drawn -= run.energy();
                if (drawn < 0) {
                    return run;
                }
            }
        }
        return null;
    }

    private static boolean isLike(Kept run, Scenario like) {
        return run.scenario().nodeCount() == like.nodeCount()
                && run.scenario().ratePerSecond() == like.ratePerSecond()
                && run.scenario().workload().equals(like.workload());
    }

    /** In the order they were kept. */
    public List<Kept> runs() {
        return Collections.unmodifiableList(kept);
    }

    public int size() {
        return kept.size();
    }

    /** Runs that had to go. */
    public long dropped() {
        return dropped;
    }
}
