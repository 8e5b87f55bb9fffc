package io.orrery.server.rafttrace;

import io.orrery.kernel.NodeId;
import java.util.List;

/**
 * One step of one replica.
 *
 * @param number of the line, from 1
 * @param event of the run in which it happened
 * @param nanos of the world's time
 * @param cause the message that this event delivers, for what the replica does about it; null if it delivers none
 * @param index what it is depends on the step; 0 where it has none
 * @param entries appended; else empty
 * @param message sent or received; else null
 * @param state after the step
 */
public record TraceLine(
        long number,
        long event,
        long nanos,
        NodeId node,
        Step step,
        TraceMessage cause,
        long index,
        List<TraceEntry> entries,
        TraceMessage message,
        ReplicaState state) {
    /** The same with another state: for tests that falsify a trace. */
    public TraceLine with(ReplicaState other) {
        return new TraceLine(number, event, nanos, node, step, cause, index, entries, message, other);
    }
}
