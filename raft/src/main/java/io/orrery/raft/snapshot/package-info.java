/**
 * Snapshots of a group's state: taken in slices, kept in a file of checksummed slices, served and fetched slice by slice, read
 * back at boot (section 7 of the paper). Nothing here knows terms' leaders, roles or the log: {@code raft.Snapshots} decides
 * when to take one, what it replaces, and what it means for the log.
 *
 * <p>Start with {@link io.orrery.raft.snapshot.SnapshotFormat}, then {@link io.orrery.raft.snapshot.SnapshotTaker} and
 * {@link io.orrery.raft.snapshot.Installer}.
 */
package io.orrery.raft.snapshot;
