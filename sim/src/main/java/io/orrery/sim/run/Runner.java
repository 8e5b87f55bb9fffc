package io.orrery.sim.run;

import io.orrery.kernel.Check;
import io.orrery.sim.Failure;
import io.orrery.sim.Simulation;
import io.orrery.sim.SimulationFailure;
import io.orrery.sim.SimulationStopped;
import io.orrery.sim.coverage.CoverageProbe;
import io.orrery.sim.coverage.Footprint;
import io.orrery.sim.scenario.Expectation;
import io.orrery.sim.scenario.Fault;
import io.orrery.sim.scenario.Hunt;
import io.orrery.sim.scenario.NodeFault;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.SealingFault;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs one scenario: its faults until the horizon, then its {@link LivenessPhase}.
 *
 * <p>A failure is a value of the result, never an exception. For one thread; runs in different threads share nothing.
 */
public final class Runner {
    private final Scenario scenario;
    private final Workload workload;
    private final Simulation sim;
    private final FaultCounts faults = new FaultCounts();
    private final List<TimedFault> strikes = new ArrayList<>();
    private Hunter hunter;

    private Runner(Scenario scenario, Workload workload) {
        this.scenario = scenario;
        this.workload = workload;
        this.sim = new Simulation(scenario.seed());
    }

    public static RunResult run(Scenario scenario, Workload workload) {
        return run(scenario, workload, sim -> {});
    }

    /**
     * Runs a scenario that is watched.
     *
     * @param watcher is given the simulation before anything happens, to ask for its trace; it must not disturb it
     */
    public static RunResult run(Scenario scenario, Workload workload, Consumer<Simulation> watcher) {
        Check.argument(
                workload.name().equals(scenario.workload()),
                "the scenario asks for workload " + scenario.workload() + ", not " + workload.name());
        Runner runner = new Runner(scenario, workload);
        watcher.accept(runner.sim);
        return runner.run();
    }

    /** Runs a scenario whose abstract states are noted: {@link RunResult#footprint}. Everything else is as without. */
    public static RunResult runSketched(Scenario scenario, Workload workload, Consumer<Simulation> watcher) {
        CoverageProbe[] probe = new CoverageProbe[1];
        RunResult result = run(scenario, workload, sim -> {
            probe[0] = CoverageProbe.of(sim, workload.name(), workload.abstraction());
            watcher.accept(sim);
        });
        return result.withFootprint(probe[0].footprint());
    }

    private RunResult run() {
        Failure failure = null;
        try {
            failure = runPhases();
        } catch (SimulationStopped asked) {
            sim.note("stopped", "event " + sim.eventCount());
        } catch (SimulationFailure ended) {
            failure = isSurvived(ended) ? null : ended.failure();
        } catch (RuntimeException | Check.Violation broken) {
            String message = broken instanceof Check.Violation ? broken.getMessage() : broken.toString();
            failure = sim.failure(Failure.Kind.SAFETY, message, null);
        }
        if (failure != null) {
            sim.note("failure", failure.toString());
        }
        faults.addSmallFaults(sim);
        return new RunResult(
                scenario,
                sim.traceHash(),
                sim.eventCount(),
                sim.nowNanos(),
                faults.counts(),
                sim.marks(),
                Collections.unmodifiableList(strikes),
                Footprint.NONE,
                failure);
    }

    private Failure runPhases() {
        sim.network().seals().ciphers(workload.ciphers());
        for (TimedFault timed : scenario.plan().faults()) {
            boolean isBeginning =
                    timed.fault() instanceof NodeFault.Version || timed.fault() instanceof SealingFault.Begin;
            if (timed.atNanos() == 0 && isBeginning) {
                timed.fault().apply(sim);
            }
        }
        sim.addChecker(new Storm(scenario.ratePerSecond()));
        workload.start(sim, scenario);
        Prey prey = workload.prey();
        hunter = prey == null ? null : new Hunter(sim, prey, this::strike);
        for (TimedFault timed : scenario.plan().faults()) {
            if (timed.atNanos() <= scenario.horizonNanos()) {
                sim.after(timed.atNanos(), () -> apply(timed));
            }
        }
        if (scenario.ratePerSecond() > 0) {
            new Operator(sim, scenario, workload).start();
        }
        sim.runFor(scenario.horizonNanos());
        if (hunter != null) {
            hunter.end();
        }
        Failure failure = new LivenessPhase(sim, workload, scenario.settleNanos()).run();
        if (failure != null && scenario.expect() != Expectation.CONVERGENCE) {
            sim.note("unavailable", failure.message());
            sim.finish();
            return null;
        }
        if (failure != null) {
            return failure;
        }
        sim.finish();
        workload.finish();
        return null;
    }

    /** Whether a run of which only survival is expected ended well: a rule was seen broken, and nothing else was. */
    private boolean isSurvived(SimulationFailure ended) {
        boolean orderly = ended.failure().kind() == Failure.Kind.SAFETY || ended.getCause() instanceof Check.Violation;
        if (scenario.expect() == Expectation.SURVIVAL && orderly) {
            sim.note("survived", ended.failure().message());
            return true;
        }
        return false;
    }

    private void apply(TimedFault timed) {
        boolean applied = timed.fault() instanceof Hunt hunt
                ? hunter != null && hunter.maybeBegin(hunt.game())
                : timed.fault().apply(sim);
        sim.note(applied ? "fault" : "fault-void", timed.fault().toString());
        faults.add(timed.fault().kind(), applied ? 1 : 0);
    }

    private void strike(Fault fault) {
        strikes.add(new TimedFault(sim.nowNanos(), fault));
        boolean applied = fault.apply(sim);
        sim.note(applied ? "strike" : "strike-void", fault.toString());
        faults.add("strike-" + fault.kind(), applied ? 1 : 0);
    }
}
