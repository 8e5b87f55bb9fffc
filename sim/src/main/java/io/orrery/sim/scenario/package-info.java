/**
 * What a run is, as text: seed, nodes, workload, and a plan of faults, one a line.
 *
 * <p>Only concrete plans run. A {@link io.orrery.sim.scenario.FaultProfile} is drawn per seed and makes a
 * {@link io.orrery.sim.scenario.FaultPlan}; from there on the seed's plan and one read from a file are the same thing. Small
 * faults (this packet lost) are not lines: links and disks draw them from streams of their own.
 *
 * <p>Start with {@link io.orrery.sim.scenario.Scenario}; {@link io.orrery.sim.scenario.Fault} lists what can go wrong.
 */
package io.orrery.sim.scenario;
