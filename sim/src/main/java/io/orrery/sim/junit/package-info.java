/**
 * A JUnit 5 extension: a test method that runs once for each of many seeds, with a simulated cluster and the seed's faults
 * as parameters.
 *
 * <p>The only package of this module that reads clocks, properties and files and that starts threads; nothing else of the
 * module may know it. It needs {@code junit-jupiter-api}, which whoever writes such a test has on the class path.
 *
 * <p>Start with {@link io.orrery.sim.junit.SimulationTest}; what a failure goes through is in
 * {@link io.orrery.sim.junit.Hunt}.
 */
package io.orrery.sim.junit;
