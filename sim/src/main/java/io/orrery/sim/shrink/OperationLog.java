package io.orrery.sim.shrink;

import io.orrery.kernel.Prng;
import io.orrery.kernel.seal.Cipherer;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.coverage.Abstraction;
import io.orrery.sim.run.Core;
import io.orrery.sim.run.Prey;
import io.orrery.sim.run.Workload;
import io.orrery.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/** A workload that notes which of its operations were started, and when; else it is as the one inside. For one run. */
final class OperationLog implements Workload {
    private final Workload inside;
    private final List<Attempt.Started> started = new ArrayList<>();
    private Simulation sim;

    OperationLog(Workload inside) {
        this.inside = inside;
    }

    List<Attempt.Started> started() {
        return started;
    }

    @Override
    public String name() {
        return inside.name();
    }

    @Override
    public int nodesMax() {
        return inside.nodesMax();
    }

    @Override
    public Cipherer ciphers() {
        return inside.ciphers();
    }

    @Override
    public void start(Simulation simulation, Scenario scenario) {
        sim = simulation;
        inside.start(simulation, scenario);
    }

    @Override
    public void operate(long number, Prng luck) {
        started.add(new Attempt.Started(number, sim.nowNanos()));
        inside.operate(number, luck);
    }

    @Override
    public Prey prey() {
        return inside.prey();
    }

    @Override
    public void calm() {
        inside.calm();
    }

    @Override
    public boolean converged() {
        return inside.converged();
    }

    @Override
    public Stall stall() {
        return inside.stall();
    }

    @Override
    public Core core() {
        return inside.core();
    }

    @Override
    public void whole() {
        inside.whole();
    }

    @Override
    public Abstraction abstraction() {
        return inside.abstraction();
    }

    @Override
    public void finish() {
        inside.finish();
    }
}
