package io.orrery.kernel.trace;

/**
 * Where a protocol notes what it did and why, for people and for coverage. Nothing here flows back: a run is the same
 * whether it is watched or not.
 */
public interface Trace {
    /** Whether {@link #transition} goes anywhere. Guard the building of its text with this. */
    boolean isOn();

    /**
     * Notes a state transition, or a refusal, with its reason: one line for people.
     *
     * @param what the transition in the protocol's words, such as {@code become-leader}
     * @param why the values that explain it, such as {@code term=7 votes=2/3}
     */
    void transition(String what, String why);

    /** Notes that a rare situation was reached. */
    void reached(Mark mark);

    /** Goes nowhere. */
    Trace OFF = new Trace() {
        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public void transition(String what, String why) {}

        @Override
        public void reached(Mark mark) {}
    };
}
