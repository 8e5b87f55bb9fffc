package io.orrery.server.simulation;

import io.orrery.sim.run.Burn;
import io.orrery.sim.run.Workload;
import io.orrery.sim.scenario.FaultProfile;
import io.orrery.sim.scenario.Scenario;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** How a seed's faults are chosen. */
public enum Strategy {
    /** Each seed draws a profile of its own, in which about half of the kinds of faults are off. */
    SWARM(FaultProfile::drawFor),
    /** One profile for all seeds, with every kind on. */
    RANDOM(FaultProfile::uniformFor);

    private final UnaryOperator<Scenario> faults;

    Strategy(UnaryOperator<Scenario> faults) {
        this.faults = faults;
    }

    /** Seeds of this scenario, with faults chosen so. */
    public Burn burn(Scenario calm, Supplier<Workload> workload) {
        return new Burn(calm, workload, faults);
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
