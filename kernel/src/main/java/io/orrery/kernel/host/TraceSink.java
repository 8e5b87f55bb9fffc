package io.orrery.kernel.host;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.trace.Mark;

/** Where a node's transitions and marks go in production, such as a log. Called on the node's thread. */
public interface TraceSink {
    /** Whether a scope's transitions are wanted; asked before their text is built. */
    boolean isOn(String scope);

    /** One transition of a scope, at a time by the node's monotonic clock. */
    void transition(NodeId node, long nowNanos, String scope, String what, String why);

    /** A rare situation was reached. */
    void reached(NodeId node, String scope, Mark mark);

    /** Goes nowhere. */
    TraceSink NONE = new TraceSink() {
        @Override
        public boolean isOn(String scope) {
            return false;
        }

        @Override
        public void transition(NodeId node, long nowNanos, String scope, String what, String why) {}

        @Override
        public void reached(NodeId node, String scope, Mark mark) {}
    };
}
