package io.orrery.sim.shrink;

import io.orrery.sim.scenario.Scenario;

/** Runs candidates: the same one always comes to the same. May be called from several threads at once. */
@FunctionalInterface
public interface Subject {
    Attempt run(Scenario candidate);
}
