package io.orrery.raft.beat;

import io.orrery.raft.message.AppendAck;

/** A follower's answer to a {@link Beat} in one group. */
public record BeatAnswer(long group, AppendAck ack) {}
