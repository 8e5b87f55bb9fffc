/**
 * The node's write-ahead log and each group's view of it. Pure code on the kernel's storage: no message, no timer of a
 * protocol, no role is known here.
 *
 * <p>Start with {@link io.orrery.raft.log.Wal}, then {@link io.orrery.raft.log.RaftLog}; the bytes are in {@code WalFormat}.
 */
package io.orrery.raft.log;
