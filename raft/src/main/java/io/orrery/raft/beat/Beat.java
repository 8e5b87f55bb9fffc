package io.orrery.raft.beat;

import io.orrery.raft.message.AppendEntries;

/**
 * A leader's heartbeat in one group.
 *
 * @param append without entries
 * @param sleeps whether the leader sleeps from now on: a follower that has all that this speaks of sleeps as well
 */
public record Beat(long group, AppendEntries append, boolean sleeps) {}
