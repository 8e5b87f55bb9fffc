package io.orrery.sim;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.trace.Mark;
import io.orrery.kernel.trace.Trace;

/** A scope's trace: transitions become lines, marks are counted. */
final class SimTrace implements Trace {
    private final Journal journal;
    private final NodeId node;
    private final String path;

    SimTrace(Journal journal, NodeId node, String path) {
        this.journal = journal;
        this.node = node;
        this.path = path;
    }

    @Override
    public boolean isOn() {
        return journal.isOn();
    }

    @Override
    public void transition(String what, String why) {
        journal.transition(node, path, what, why);
    }

    @Override
    public void reached(Mark mark) {
        journal.reached(node, mark);
    }
}
