package io.orrery.sim.check;

/** A checker's verdict. Declared in the order of precedence: the worst of several counts. */
public enum Validity {
    VALID,
    /** The checker ran out of steps or room, or the history does not say enough. */
    UNDECIDED,
    INVALID;

    /** The worse of two. */
    public Validity and(Validity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
