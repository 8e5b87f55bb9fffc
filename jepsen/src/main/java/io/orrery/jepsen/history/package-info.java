/**
 * Histories of what clients asked and were told, in Jepsen's form: read and written as files, recorded from many threads.
 * What is in a history, and the checkers over it, are {@code io.orrery.sim.check}.
 *
 * <p>Start with {@link io.orrery.jepsen.history.EdnHistory}; verdicts are written by
 * {@link io.orrery.jepsen.history.EdnResults}.
 */
package io.orrery.jepsen.history;
