/**
 * Lives one incarnation of a production node through again, from its journal: the same kernel, the same program, the same
 * inputs at the same times, one node alone. It knows no program; who builds one is told by {@code ReplayedProgram}. Must
 * not read files.
 *
 * <p>Start with {@link io.orrery.sim.journal.Replay}; the journal itself is {@code kernel.journal}.
 */
package io.orrery.sim.journal;
