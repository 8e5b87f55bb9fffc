package io.orrery.sim;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Program;
import io.orrery.kernel.Time;
import io.orrery.kernel.host.TransportHarness;
import io.orrery.kernel.loop.PortCounters;
import java.util.function.BooleanSupplier;

/** A cluster in a simulation, for the contract that all transports keep. */
final class SimTransportHarness implements TransportHarness {
    private static final long LIMIT_NANOS = Time.seconds(300);
    private static final long PAUSE_NANOS = Time.seconds(3600);

    private final Simulation sim;

    SimTransportHarness(Simulation sim) {
        this.sim = sim;
    }

    @Override
    public NodeId start(String name, Program program) {
        return sim.addNode(name, program);
    }

    @Override
    public void runUntil(BooleanSupplier condition) {
        try {
            if (!sim.runUntil(condition, LIMIT_NANOS)) {
                throw new AssertionError("the condition did not come to hold in 300 simulated seconds");
            }
        } catch (SimulationFailure failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public void run(NodeId node, Runnable task) {
        try {
            sim.onNode(node, task);
        } catch (SimulationFailure failed) {
            throw new AssertionError(failed);
        }
    }

    @Override
    public void stop(NodeId node) {
        sim.crash(node);
    }

    @Override
    public void restart(NodeId node) {
        sim.restart(node);
    }

    @Override
    public PortCounters counters(NodeId node) {
        return sim.counters(node);
    }

    @Override
    public boolean breakStreams(NodeId a, NodeId b) {
        sim.network().reset(a, b);
        sim.network().reset(b, a);
        return true;
    }

    @Override
    public boolean pause(NodeId node) {
        sim.pause(node, PAUSE_NANOS);
        return true;
    }

    @Override
    public void resume(NodeId node) {
        sim.resume(node);
    }

    @Override
    public void close() {}
}
