package io.orrery.kernel.host;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Program;
import io.orrery.kernel.loop.PortCounters;
import java.util.function.BooleanSupplier;

/** A small cluster on some transport, or in the simulator: what {@link TransportContractTest} runs on. */
public interface TransportHarness extends AutoCloseable {
    /** Boots a node; it and all others can reach one another by name from then on. */
    NodeId start(String name, Program program);

    /**
     * Lets the nodes run until the condition holds; it is evaluated often, on the test's thread.
     *
     * @throws AssertionError if it takes unreasonably long (half a minute, or minutes of simulated time), or a node halts
     */
    void runUntil(BooleanSupplier condition);

    /** Runs a task as an event of the node, and returns once it ran. */
    void run(NodeId node, Runnable task);

    /** Ends a node without warning to its peers, as a crash would. */
    void stop(NodeId node);

    /** Boots a stopped node again under its name and, where it has one, its address. */
    void restart(NodeId node);

    /** The node's port counters, read between its events. */
    PortCounters counters(NodeId node);

    /** Breaks all streams between two living nodes, once. False if this world cannot; the claim is then skipped. */
    default boolean breakStreams(NodeId a, NodeId b) {
        return false;
    }

    /** Stops a living node from running events until {@link #resume}. False if this world cannot. */
    default boolean pause(NodeId node) {
        return false;
    }

    default void resume(NodeId node) {}

    @Override
    void close();
}
