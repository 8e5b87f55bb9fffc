/**
 * Journals of broker nodes: where they are kept, what a broker's journal says of its program, and how one is replayed and
 * told about. The journal itself is {@code kernel.journal}, its replay {@code sim.journal}.
 *
 * <p>Start with {@link io.orrery.server.journal.BrokerPlan} for the recording side, with
 * {@link io.orrery.server.journal.JournalReplay} for the other.
 */
package io.orrery.server.journal;
