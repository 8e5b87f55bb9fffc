package io.orrery.server.rafttrace;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.Configuration;
import io.orrery.server.simulation.RaftReplicas;
import io.orrery.server.simulation.RunFile;
import io.orrery.sim.choice.DecisionReplay;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.run.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * What the replicas of a run did.
 *
 * @param result how the run ended; of a run that was stopped because the trace was long enough, that nothing failed until then
 * @param nodes all nodes of the run
 * @param founders who began the group
 * @param lines in the order in which they happened
 * @param isWhole whether the run ended before the trace was full or somebody forgot
 * @param forgetful whose disk was wiped or damaged: the trace ends before it starts on it; null if it does not end for that
 */
public record RaftTrace(
        RunResult result,
        List<NodeId> nodes,
        Configuration founders,
        List<TraceLine> lines,
        boolean isWhole,
        NodeId forgetful) {
    /** More lines than this are not kept: about a gigabyte. */
    public static final int LINES_MAX = 1_000_000;

    /**
     * Runs it and writes down what its replicas do, until it ends or there are {@code linesMax} lines.
     *
     * @throws IllegalArgumentException if the run's workload has no Raft group of its own
     */
    public static RaftTrace of(RunFile run, int linesMax) {
        return of(run, run.workload(), linesMax);
    }

    /** Of a workload that is made by others, such as one with a planted bug. */
    public static RaftTrace of(RunFile run, Workload workload, int linesMax) {
        Check.argument(linesMax >= 1 && linesMax <= LINES_MAX, "a trace has 1 to " + LINES_MAX + " lines");
        Check.argument(
                workload instanceof RaftReplicas, "workload " + workload.name() + " has no Raft group of its own");
        RaftReplicas replicas = (RaftReplicas) workload;
        RaftTracer[] tracer = new RaftTracer[1];
        RunResult result = Runner.run(run.scenario(), workload, sim -> {
            if (run.decisions() != null) {
                sim.tape(new DecisionReplay(run.decisions(), misfit -> {}));
            }
            tracer[0] = new RaftTracer(sim, replicas);
            sim.observe(tracer[0]);
            sim.stopWhen(() -> tracer[0].lines().size() >= linesMax || tracer[0].forgetful() != null);
        });
        List<TraceLine> lines = tracer[0].lines();
        boolean isWhole = lines.size() < linesMax && tracer[0].forgetful() == null;
        List<TraceLine> kept = lines.size() < linesMax ? lines : new ArrayList<>(lines.subList(0, linesMax));
        return new RaftTrace(result, run.scenario().nodes(), replicas.founders(), kept, isWhole, tracer[0].forgetful());
    }
}
