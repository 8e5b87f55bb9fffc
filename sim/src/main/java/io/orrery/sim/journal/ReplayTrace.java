package io.orrery.sim.journal;

import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.trace.Mark;
import io.orrery.kernel.trace.Trace;

/** A scope's transitions, for the watcher of a replay. */
final class ReplayTrace implements Trace {
    private final NodeKernel node;
    private final String scope;
    private final ReplayWatcher watcher;

    ReplayTrace(NodeKernel node, String scope, ReplayWatcher watcher) {
        this.node = node;
        this.scope = scope;
        this.watcher = watcher;
    }

    @Override
    public boolean isOn() {
        return watcher.isOn();
    }

    @Override
    public void transition(String what, String why) {
        watcher.transition(node.nowNanos(), scope, what, why);
    }

    @Override
    public void reached(Mark mark) {}
}
