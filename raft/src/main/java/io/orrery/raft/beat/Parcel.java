package io.orrery.raft.beat;

import io.orrery.raft.message.AppendEntries;

/**
 * A few entries of one group, on their way to a follower together with those of other groups: where many groups are busy, each has
 * little to say, and a frame of its own for each costs more than what is in it.
 *
 * @param append with entries
 */
public record Parcel(long group, AppendEntries append) {}
