package io.orrery.raft;

import io.orrery.kernel.NodeId;

/**
 * How far a peer has come, as its leader knows it; for tools.
 *
 * @param probing whether the leader still looks for where the logs part
 * @param matchIndex up to here the peer's log is equal to the leader's and durable
 * @param nextIndex the next to be sent
 * @param appliedIndex up to here the peer said that it has applied its log; 0 if it speaks a version that does not tell
 * @param heardNanos when the peer last answered, by the leader's monotonic clock
 */
public record PeerStatus(
        NodeId node, boolean probing, long matchIndex, long nextIndex, long appliedIndex, long heardNanos) {}
