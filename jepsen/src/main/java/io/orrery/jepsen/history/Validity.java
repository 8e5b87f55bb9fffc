package io.orrery.jepsen.history;

import io.orrery.jepsen.edn.Keyword;

/** A checker's verdict. Declared in the order of precedence: the worst of several counts. */
public enum Validity {
    VALID,
    /** The checker ran out of time or room, or the history does not say enough. */
    UNKNOWN,
    INVALID;

    /** The worse of two. */
    public Validity and(Validity other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** As Jepsen's {@code :valid?} has it. */
    public Object edn() {
        return switch (this) {
            case VALID -> true;
            case INVALID -> false;
            case UNKNOWN -> Keyword.of("unknown");
        };
    }
}
