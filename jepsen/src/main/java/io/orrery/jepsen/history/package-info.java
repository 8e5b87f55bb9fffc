/**
 * Histories of what clients asked and were told, in Jepsen's form, and checkers over them: was it linearizable, was anything
 * lost.
 *
 * <p>Start with {@link io.orrery.jepsen.history.History} and {@link io.orrery.jepsen.history.Linearizability}. Record with
 * {@link io.orrery.jepsen.history.HistoryRecorder}; read and write files with {@link io.orrery.jepsen.history.EdnHistory}.
 * Checkers judge what the history says and nothing else: they know no Orrery type.
 */
package io.orrery.jepsen.history;
