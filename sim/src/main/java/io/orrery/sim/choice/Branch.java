package io.orrery.sim.choice;

import io.orrery.kernel.Prng;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Lets a run go its old way up to a point and draw anew from there: "what if the rest had been other luck?" Asked of many
 * branches, that tells when a failure became inevitable.
 */
public final class Branch implements Tape {
    private final Tape before;
    private final BooleanSupplier isPast;
    private final Prng root;
    private final TreeMap<String, Prng> streams = new TreeMap<>();

    /**
     * @param before decides until then; null for what the run's seed draws
     * @param isPast whether the point has come; once it has, it stays so
     * @param seed of what comes after
     */
    public Branch(Tape before, BooleanSupplier isPast, long seed) {
        this.before = before;
        this.isPast = isPast;
        this.root = new Prng(seed);
    }

    @Override
    public long choose(ChoiceStream stream, long bound, long drawn) {
        if (isPast.getAsBoolean()) {
            return streams.computeIfAbsent(stream.label(), root::fork).below(bound);
        }
        return before == null ? drawn : before.choose(stream, bound, drawn);
    }
}
