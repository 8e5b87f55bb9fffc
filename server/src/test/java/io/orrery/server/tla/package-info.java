/**
 * Raft held against its specification by TLC, which others wrote: traces of simulated runs, and the specification itself.
 *
 * <p>The modules are in raft/src/test/tla, TLC comes as a jar from Maven Central and runs in a process of its own. Start with
 * {@link io.orrery.server.tla.RaftTracesTest}; docs/TLA.md says what is covered.
 */
package io.orrery.server.tla;
