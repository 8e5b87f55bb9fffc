package io.orrery.server.simulation;

import io.orrery.sim.choice.DecisionReplay;
import io.orrery.sim.report.Recorder;
import io.orrery.sim.report.Recording;
import io.orrery.sim.report.RunFacts;
import io.orrery.sim.report.Window;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import java.util.function.Consumer;

/** A run that was repeated to be drawn: how it ended, and what happened in it. */
public record RunRecording(RunResult result, Recording recording) {
    /**
     * Runs it.
     *
     * @param window which events are kept
     * @param replayCommand what the report says to type to see the run again
     * @param misfits is told where a log of decisions does not fit the run any more
     */
    public static RunRecording of(
            RunFile run, Window window, String replayCommand, Consumer<DecisionReplay.Misfit> misfits) {
        Recorder[] recorder = new Recorder[1];
        RunResult result = Runner.run(run.scenario(), run.workload(), world -> {
            if (run.decisions() != null) {
                world.tape(new DecisionReplay(run.decisions(), misfits::accept));
            }
            recorder[0] = new Recorder(world, window);
            world.observe(recorder[0]);
        });
        return new RunRecording(result, recorder[0].recording(RunFacts.of(result, replayCommand)));
    }
}
