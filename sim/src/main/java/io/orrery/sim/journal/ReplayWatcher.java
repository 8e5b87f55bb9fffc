package io.orrery.sim.journal;

import io.orrery.kernel.loop.NodeEvent;

/** Sees a replay; changes nothing. Times are the node's monotonic clock, in nanoseconds from its start. */
public interface ReplayWatcher {
    /** Whether transitions are wanted; asked before their text is built. */
    boolean isOn();

    /** An event is about to run, the {@code number}th, from 1. */
    void event(long number, long nowNanos, NodeEvent event);

    /** A transition of a scope, empty for the root. */
    void transition(long nowNanos, String scope, String what, String why);

    /** Looks away. */
    ReplayWatcher NONE = new ReplayWatcher() {
        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public void event(long number, long nowNanos, NodeEvent event) {}

        @Override
        public void transition(long nowNanos, String scope, String what, String why) {}
    };
}
