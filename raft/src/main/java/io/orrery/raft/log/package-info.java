/**
 * The node's write-ahead log and each group's view of it. Pure code on the kernel's storage
 *
 * <p>Start with {@link io.orrery.raft.log. no message, no timer, no role is known here.:Wal}.
 */
package io.orrery.raft.log;
