package io.orrery.sim;

import io.orrery.kernel.trace.Mark;
import io.orrery.kernel.trace.Trace;

/** A scope's trace: transitions become lines, marks are counted. */
final class SimTrace implements Trace {
    private final Journal journal;
    private final String who;

    SimTrace(Journal journal, String node, String path) {
        this.journal = journal;
        this.who = path.isEmpty() ? node : node + " " + path;
    }

    @Override
    public boolean isOn() {
        return journal.isOn();
    }

    @Override
    public void transition(String what, String why) {
        journal.line(who, what, why);
    }

    @Override
    public void reached(Mark mark) {
        journal.reached(mark);
    }
}
