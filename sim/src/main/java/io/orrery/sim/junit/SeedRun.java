package io.orrery.sim.junit;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.trace.TraceHash;
import io.orrery.sim.Simulation;
import java.util.function.Consumer;

/**
 * Runs a test's body for one script.
 *
 * @param eventsMax events of nodes in one run at most
 */
record SeedRun(SeedBody body, long eventsMax) {
    RunOutcome run(RunScript script) {
        return run(script, sim -> {});
    }

    /**
     * Runs it, watched.
     *
     * @param watcher is given the simulation before anything happens; it must not disturb it
     */
    RunOutcome run(RunScript script, Consumer<Simulation> watcher) {
        Simulation sim = new Simulation(script.seed());
        SimCluster cluster = new SimCluster(sim, script);
        Faults faults = new Faults(sim, script);
        watcher.accept(sim);
        sim.addChecker((world, node) ->
                Check.that(world.eventCount() <= eventsMax, "a run ends before its limit of events", eventsMax));
        Throwable thrown = null;
        try {
            body.run(cluster, faults);
            sim.finish();
        } catch (VirtualMachineError beyondUs) {
            if (!(beyondUs instanceof StackOverflowError)) {
                throw beyondUs;
            }
            thrown = beyondUs;
        } catch (Throwable failed) {
            thrown = failed;
        }
        RunOutcome outcome = new RunOutcome(
                script,
                thrown,
                faults.injected(),
                cluster.operations(),
                sim.traceHash(),
                stateHash(sim),
                sim.eventCount(),
                sim.nowNanos());
        if (outcome.isFailed()) {
            sim.note("failure", outcome.headline());
        }
        return outcome;
    }

    /** Over what all nodes that are up say of their state; a node that cannot say counts as nothing. */
    private static long stateHash(Simulation sim) {
        TraceHash hash = new TraceHash(0);
        for (NodeId node : sim.nodes()) {
            if (sim.isUp(node)) {
                try {
                    hash.fold(sim.stateDigest(node));
                } catch (RuntimeException | AssertionError | Check.Violation broken) {
                    hash.fold(1);
                }
            }
        }
        return hash.value();
    }
}
