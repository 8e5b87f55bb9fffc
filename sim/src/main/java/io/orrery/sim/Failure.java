package io.orrery.sim;

import io.orrery.kernel.NodeId;

/**
 * What went wrong in a run, and where.
 *
 * @param kind which promise was broken
 * @param message the broken claim, or what waits for what
 * @param node at whose event it showed; null if it is the world's
 * @param nanos world time
 * @param seed of the run
 * @param event number of the event in the run, from 1
 * @param stall what waits for what, of a LIVENESS failure whose workload says so; else null
 */
public record Failure(Kind kind, String message, NodeId node, long nanos, long seed, long event, Stall stall) {
    /** Without a stall. */
    public Failure(Kind kind, String message, NodeId node, long nanos, long seed, long event) {
        this(kind, message, node, nanos, seed, event, null);
    }

    /** The same, with what waits for what. */
    public Failure because(Stall why) {
        return new Failure(kind, message, node, nanos, seed, event, why);
    }

    /** Which promise was broken. */
    public enum Kind {
        /** A checker saw something that must never be. */
        SAFETY,
        /** What must come about in the end did not, after all faults were over. */
        LIVENESS,
        /** A node broke one of its own rules, or threw. */
        HALT
    }

    @Override
    public String toString() {
        return kind + " at " + Journal.time(nanos).strip() + (node == null ? "" : " on " + node) + ": " + message
                + " (seed " + seed + ", event " + event + ")";
    }
}
