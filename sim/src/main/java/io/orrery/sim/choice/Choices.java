package io.orrery.sim.choice;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;

/**
 * Where the streams of choices of one run come from.
 *
 * <ul>
 *   <li>I1: what a stream draws depends on the run's seed and the stream's label alone.
 *   <li>I2: a tape that hears and decides nothing changes nothing.
 * </ul>
 *
 * <p>For one thread.
 */
public final class Choices {
    private final long seed;
    private final Prng root;
    private Tape tape;
    private boolean begun;

    public Choices(long seed) {
        this.seed = seed;
        root = new Prng(seed);
    }

    /** Lets a tape hear and decide all choices of the run; to be called before the first. */
    public void tape(Tape newTape) {
        Check.that(!begun, "a tape hears all choices of a run from the first on");
        tape = newTape;
    }

    /** The stream of that label, at its beginning: to be asked for once and kept. */
    public ChoiceStream stream(String label) {
        return new ChoiceStream(this, label, root.fork(label));
    }

    long seed() {
        return seed;
    }

    long choose(ChoiceStream stream, long bound, long drawn) {
        begun = true;
        if (tape == null) {
            return drawn;
        }
        long chosen = tape.choose(stream, bound, drawn);
        Check.that(chosen >= 0 && chosen < bound, "a tape chooses within the bound", chosen, bound);
        return chosen;
    }
}
