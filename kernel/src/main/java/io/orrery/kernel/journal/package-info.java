/**
 * A node's journal: everything from outside that one incarnation of a node was given, in order, so that it can be lived
 * through again in the simulator. Here is the format and what recording and replaying share, so that both fold the same
 * hash. Pure: bytes in, bytes out; files and threads are the host's ({@code kernel.host.Recorder}), the replay itself is
 * the simulator's ({@code sim.journal}).
 *
 * <p>Start with {@link io.orrery.kernel.journal.JournalReader}, whose text gives the format, then
 * {@link io.orrery.kernel.journal.Tape}.
 */
package io.orrery.kernel.journal;
