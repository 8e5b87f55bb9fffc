package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.raft.progress.Progress;

/**
 * How far a peer has come, as its leader knows it; for tools.
 *
 * @param state how messages to it are paced
 * @param matchIndex up to here the peer's log is equal to the leader's and durable
 * @param nextIndex the next to be sent
 * @param appliedIndex up to here the peer said that it has applied its log; 0 if it speaks a version that does not tell
 * @param priority as the peer said last; -1 if it has not said
 * @param isLeaving whether it is no member any more, and is told so
 * @param heardNanos when the peer last answered, by the leader's monotonic clock
 */
public record PeerStatus(
        NodeId node,
        Progress.State state,
        long matchIndex,
        long nextIndex,
        long appliedIndex,
        int priority,
        boolean isLeaving,
        long heardNanos) {}
