package io.orrery.raft.check;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.LogView;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * P10, what a leader commits by (Figure 2: matchIndex): where a leader holds a peer's log for equal to its own and durable up
 * to an index,
 *
 * <ul>
 *   <li>the peer has entered the leader's term, for it acknowledged in that term;
 *   <li>and, unless it has gone on to a later term, in which another may have overwritten it, its log is so.
 * </ul>
 *
 * <p>Not looked at where the peer has lost its disk: it knows no more of what it acknowledged.
 */
final class MatchRule {
    /** The replica of each node as it booted last; none of a node that lost its disk. */
    private final LinkedHashMap<NodeId, RaftGroup> replicas = new LinkedHashMap<>();

    /** A replica runs that has not before, on the disk that the last one left or not. */
    void onBoot(NodeId node, RaftGroup group, boolean isDiskKept) {
        boolean isForgetful = replicas.containsKey(node) && replicas.get(node) == null;
        replicas.put(node, isDiskKept && !isForgetful ? group : null);
    }

    /** Looks at what a leader knows of all others. */
    void check(RaftGroup leader) {
        for (Map.Entry<NodeId, RaftGroup> replica : replicas.entrySet()) {
            long match = replica.getValue() == null ? 0 : leader.matchIndex(replica.getKey());
            if (match > 0 && replica.getValue().view().isRunning()) {
                check(leader, replica.getValue(), match);
            }
        }
    }

    private static void check(RaftGroup leader, RaftGroup peer, long match) {
        Check.that(
                peer.term() >= leader.term(),
                "P10 progress: a leader counts what was acknowledged in another term",
                leader.term(),
                peer.term());
        LogView log = peer.view().log();
        LogView own = leader.view().log();
        boolean isCompacted = match < log.snapshotIndex() || match < own.snapshotIndex();
        boolean holds = isCompacted || log.durableIndex() >= match && log.term(match) == own.term(match);
        Check.that(
                holds || peer.term() > leader.term(),
                "P10 progress: a leader counts what a peer does not hold",
                leader.term(),
                match,
                log.durableIndex());
    }
}
