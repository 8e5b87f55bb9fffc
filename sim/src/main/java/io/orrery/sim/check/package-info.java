/**
 * Histories of what clients asked and were told, and checkers over them: was it linearizable, was anything lost, repeated
 * or out of order.
 *
 * <p>Start with {@link io.orrery.sim.check.History} and {@link io.orrery.sim.check.Linearizability}; record with
 * {@link io.orrery.sim.check.HistoryRecorder}. Checkers judge what a history says and nothing else: they know no protocol,
 * no simulation and no clock, and what they cannot decide within a {@link io.orrery.sim.check.Budget} they call
 * {@link io.orrery.sim.check.Validity#UNDECIDED}.
 */
package io.orrery.sim.check;
