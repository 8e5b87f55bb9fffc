/**
 * Other Raft libraries for the JVM, each behind {@link io.orrery.server.bench.raft.Contender}: three nodes in one process, over
 * loopback, with a state machine that does nothing. Each class says how it was set up and tuned, and why.
 *
 * <p>They live apart because their libraries would not fit beside ours. Nothing here may depend on more of ours than that
 * interface.
 */
package io.orrery.peers;
