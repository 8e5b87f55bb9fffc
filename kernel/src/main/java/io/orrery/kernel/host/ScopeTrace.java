package io.orrery.kernel.host;

import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.trace.Mark;
import io.orrery.kernel.trace.Trace;

/** One scope's view of a {@link TraceSink}. */
final class ScopeTrace implements Trace {
    private final NodeKernel node;
    private final String scope;
    private final TraceSink sink;

    ScopeTrace(NodeKernel node, String scope, TraceSink sink) {
        this.node = node;
        this.scope = scope;
        this.sink = sink;
    }

    @Override
    public boolean isOn() {
        return sink.isOn(scope);
    }

    @Override
    public void transition(String what, String why) {
        sink.transition(node.self(), node.nowNanos(), scope, what, why);
    }

    @Override
    public void reached(Mark mark) {
        sink.reached(node.self(), scope, mark);
    }
}
