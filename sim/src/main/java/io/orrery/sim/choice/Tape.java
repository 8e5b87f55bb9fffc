package io.orrery.sim.choice;

/** Hears every choice of a run, and may decide it. */
@FunctionalInterface
public interface Tape {
    /**
     * A choice is made.
     *
     * @param bound what is chosen lies in [0, bound)
     * @param drawn what the stream's own generator says
     * @return what is to be: {@code drawn}, for a tape that only listens
     */
    long choose(ChoiceStream stream, long bound, long drawn);
}
