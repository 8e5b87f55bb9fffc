package io.orrery.kernel;

import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.trace.Trace;

/**
 * Everything a protocol may do to the world, and all it may learn from it.
 *
 * <p>A protocol runs to completion on each event (a message, an expiry, a storage completion, a deferred task), on one
 * thread. Its effects are calls on this interface. Four laws hold in every world:
 *
 * <ol>
 *   <li><b>No call re-enters.</b> A send (even to oneself), an expiry, a storage completion arrives later, as an event
 *       of its own.
 *   <li><b>Time stands still inside an event.</b> {@link #nowNanos()} returns one value from an event's first line to
 *       its last. Replicated state machines get no clock at all: see {@link StateMachine}.
 *   <li><b>Incarnations.</b> {@link Program#boot} makes a new protocol object at each start; events that a dead
 *       incarnation caused are dropped by the kernel, so no protocol needs tokens against its own past.
 *   <li><b>Every effect is traced.</b> A run is what its (time, node, cause, effect) sequence is; the rolling hash of
 *       that sequence says whether two runs were the same.
 * </ol>
 *
 * <p>All methods are for the node's own thread, inside an event or inside {@link Program#boot}.
 */
public interface Kernel {
    /** The node this kernel is part of. */
    NodeId self();

    /** This node's monotonic clock, in nanoseconds from an arbitrary origin; frozen during one event. */
    long nowNanos();

    /** This node's wall clock, in milliseconds since 1970; frozen during one event; may step either way between two. */
    long wallMillis();

    /** This scope's own random stream; draws elsewhere never shift it. */
    Prng prng();

    /**
     * Creates a timer, stopped.
     *
     * @param name says in traces which timer expired
     * @param onExpiry runs as an event of its own, at or after the deadline
     */
    Timer timer(String name, Runnable onExpiry);

    /**
     * Opens a channel: messages of peers on the same channel go to {@code receiver}, decoded by {@code codec}. A frame
     * that does not decode is counted and dropped before the receiver sees it.
     *
     * @throws IllegalStateException if this node has the channel open already
     */
    <M> Port<M> open(Channel channel, Codec<M> codec, Receiver<M> receiver);

    /** The files of this scope. */
    Storage storage();

    /**
     * Runs {@code task} as a later event of this node, at the same time by its clock, after what is already due. It is
     * also how work is batched: what arrives together is handled before the deferred task runs.
     */
    void defer(Runnable task);

    /** Where transitions and rare situations are noted, for people and for coverage; never read by a protocol. */
    Trace trace();

    /**
     * A view for a child protocol: its traces carry the name, its random stream is forked by it, its files lie in a
     * folder of that name.
     *
     * @param name lower-case letters, digits, dot and hyphen; unique among the scope's children
     */
    Kernel scope(String name);
}
