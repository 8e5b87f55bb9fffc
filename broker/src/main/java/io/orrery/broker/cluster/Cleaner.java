package io.orrery.broker.cluster;

import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftGroup;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which node the leader forgets next because it has not run for too long; a leaf, which changes nothing.
 *
 * <ul>
 *   <li>K1: the time counts from when this leader first saw that the node does not run. A new leader begins anew, so nobody is
 *       forgotten on hearsay.
 *   <li>K2: a voter is forgotten only if a majority of the other voters runs, and no change of members is under way.
 * </ul>
 */
final class Cleaner {
    private final Kernel kernel;
    private final long cleanNanos;
    private final Membership membership;
    private final RaftGroup group;
    private final ClusterState state;
    private final TreeMap<NodeId, Long> goneSinceNanos = new TreeMap<>();

    /**
     * @param cleanNanos 0 for never
     */
    Cleaner(Kernel kernel, long cleanNanos, Membership membership, RaftGroup group, ClusterState state) {
        this.kernel = kernel;
        this.cleanNanos = cleanNanos;
        this.membership = membership;
        this.group = group;
        this.state = state;
    }

    /** Looks; the node to forget now, or null. To be asked again and again. */
    NodeId due() {
        if (cleanNanos == 0 || !group.isLeader()) {
            goneSinceNanos.clear();
            return null;
        }
        TreeSet<NodeId> nodes = new TreeSet<>(state.nodes().keySet());
        nodes.addAll(group.configuration().members());
        nodes.removeIf(this::runs);
        goneSinceNanos.keySet().retainAll(nodes);
        nodes.forEach(node -> goneSinceNanos.putIfAbsent(node, kernel.nowNanos()));
        for (Map.Entry<NodeId, Long> gone : goneSinceNanos.entrySet()) {
            if (kernel.nowNanos() - gone.getValue() >= cleanNanos && isSafe(gone.getKey())) {
                return gone.getKey();
            }
        }
        return null;
    }

    private boolean runs(NodeId node) {
        Member member = membership.member(node);
        return node.equals(kernel.self()) || member != null && member.isLive();
    }

    /** K2. */
    private boolean isSafe(NodeId node) {
        Configuration configuration = group.configuration();
        if (configuration.isJoint()) {
            return false;
        }
        if (!configuration.isVoter(node)) {
            return true;
        }
        int others = 0;
        int running = 0;
        for (NodeId voter : configuration.voters()) {
            if (!voter.equals(node)) {
                others++;
                running += runs(voter) ? 1 : 0;
            }
        }
        return 2 * running > others;
    }
}
