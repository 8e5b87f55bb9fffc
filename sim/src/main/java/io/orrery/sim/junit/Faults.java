package io.orrery.sim.junit;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import io.orrery.sim.scenario.ClockFault;
import io.orrery.sim.scenario.Fault;
import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.FaultProfile;
import io.orrery.sim.scenario.NetworkFault;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What goes wrong in one run of a {@link SimulationTest}: as the seed draws it, or as the test says. What is injected here is
 * the run's plan; when the run fails, lines that the failure does not need are taken out of it. For the thread of the run.
 */
public final class Faults {
    private final Simulation sim;
    private final RunScript script;
    private final List<TimedFault> injected = new ArrayList<>();
    private int given;
    private int draws;

    Faults(Simulation sim, RunScript script) {
        this.sim = sim;
        this.script = script;
    }

    /**
     * Faults of all kinds, drawn by the seed, from now on for {@code nanos}; then all is healed. About half of the kinds are
     * wholly off in each seed, so that each is extreme in its own way. They stay within what a replicated protocol can
     * survive: see {@link io.orrery.sim.scenario.FaultBudget}.
     */
    public void swarm(long nanos) {
        swarm(nanos, fault -> true);
    }

    /** Faults of the network and of clocks only: for protocols that keep nothing on disk and do not survive a crash. */
    public void network(long nanos) {
        swarm(nanos, fault -> fault instanceof NetworkFault || fault instanceof ClockFault);
    }

    /** As {@link #swarm(long)}, without what the filter refuses. */
    public void swarm(long nanos, Predicate<Fault> filter) {
        Check.argument(nanos >= 0 && nanos <= Scenario.HORIZON_NANOS_MAX, "faults last 0 to 24 hours");
        long seed = draws == 0 ? script.seed() : Prng.mix(script.seed() + draws);
        draws++;
        Scenario calm = Scenario.calm(seed, script.nodeCount(), "junit", nanos);
        List<TimedFault> drawn = new ArrayList<>();
        for (TimedFault timed : FaultProfile.drawFor(calm).plan().faults()) {
            if (filter.test(timed.fault())) {
                drawn.add(timed);
            }
        }
        inject(drawn, nanos);
        sim.after(nanos, this::healAll);
    }

    /**
     * Faults in the syntax of scenario files, one a line, with times from now on: {@code at 1s partition n1 | n2,n3}.
     * Nothing is healed at their end.
     *
     * @throws io.orrery.sim.scenario.ScenarioException that says where the text is wrong, and what was expected there
     */
    public void plan(String lines) {
        List<TimedFault> faults = FaultPlan.parse(lines, script.nodeCount()).faults();
        inject(faults, faults.isEmpty() ? 0 : faults.get(faults.size() - 1).atNanos());
    }

    /** Nothing goes wrong: says so to who reads the test. */
    public void none() {}

    /** Ends all faults now: heals network, disks and clocks, ends pauses, restarts what is down. */
    public void healAll() {
        sim.note("calm", "");
        sim.healAll();
    }

    /** Everything injected so far, at world times. */
    FaultPlan injected() {
        return new FaultPlan(injected);
    }

    /** A script's faults take the place of those given, as far as they belong to the same stretch of time. */
    private void inject(List<TimedFault> faults, long nanos) {
        long now = sim.nowNanos();
        if (script.faults() == null) {
            for (TimedFault timed : faults) {
                schedule(new TimedFault(now + timed.atNanos(), timed.fault()));
            }
            return;
        }
        List<TimedFault> scripted = script.faults().faults();
        while (given < scripted.size() && scripted.get(given).atNanos() <= now + nanos) {
            schedule(scripted.get(given));
            given++;
        }
    }

    private void schedule(TimedFault timed) {
        injected.add(timed);
        sim.after(Math.max(0, timed.atNanos() - sim.nowNanos()), () -> {
            boolean applied = timed.fault().apply(sim);
            sim.note(applied ? "fault" : "fault-void", timed.fault().toString());
        });
    }

    @Override
    public String toString() {
        return injected.size() + " faults at " + Time.text(sim.nowNanos());
    }
}
