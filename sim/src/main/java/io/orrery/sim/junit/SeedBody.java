package io.orrery.sim.junit;

/** What a test does with one seed. */
@FunctionalInterface
interface SeedBody {
    void run(SimCluster cluster, Faults faults) throws Throwable;
}
