package io.orrery.sim.exhaust;

import io.orrery.kernel.NodeId;

/**
 * One step of a run.
 *
 * @param kind what happens
 * @param node to which; the receiver of what is delivered or lost
 * @param from the sender of that; the same node otherwise
 * @param index of the message among those from one to the other
 */
public record Move(Kind kind, NodeId node, NodeId from, int index) {
    /** What can happen next. */
    public enum Kind {
        DELIVER,
        EXPIRE,
        LOSE,
        CRASH,
        OPERATE
    }

    @Override
    public String toString() {
        return switch (kind) {
            case DELIVER -> "deliver " + from + ">" + node + (index > 0 ? ", number " + (index + 1) : "");
            case EXPIRE -> "timer of " + node;
            case LOSE -> "lose " + from + ">" + node + (index > 0 ? ", number " + (index + 1) : "");
            case CRASH -> "crash and restart " + node;
            case OPERATE -> "operation on " + node;
        };
    }
}
