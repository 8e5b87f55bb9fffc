package io.orrery.server.simulation;

import io.orrery.sim.scenario.FaultProfile;
import io.orrery.sim.scenario.Scenario;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** How a seed's faults are chosen. */
public enum Strategy {
    /** Each seed draws a profile of its own, in which about half of the kinds of faults are off. */
    SWARM(FaultProfile::drawFor),
    /** One profile for all seeds, with every kind on. */
    RANDOM(FaultProfile::uniformFor),
    /**
     * As {@link #SWARM}, but more than half of the runs are made of earlier ones, at rare states: see
     * {@link io.orrery.sim.explore.Explorer}. What a run is depends on those before it, so it is no way to choose the faults of
     * one seed.
     */
    GUIDED(FaultProfile::drawFor);

    private final UnaryOperator<Scenario> faults;

    Strategy(UnaryOperator<Scenario> faults) {
        this.faults = faults;
    }

    /** Adds a plan of faults chosen so to the scenario of a seed. */
    public UnaryOperator<Scenario> faults() {
        return faults;
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
