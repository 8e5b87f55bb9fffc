package io.orrery.raft.check;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.Role;
import io.orrery.raft.log.LogView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/**
 * What Raft's safety rests on while members change (dissertation, chapter 4), over all replicas of a group:
 *
 * <ul>
 *   <li>P11 quorum: what a leader holds for committed is on the disks of a majority of the voters in force and, while these are
 *       joint, of a majority of the outgoing ones.
 *   <li>P12 succession: a leader lets a configuration follow when the one before it is committed, and any quorum of the one
 *       shares a node with any quorum of the other.
 * </ul>
 *
 * <p>It counts by itself: nothing of the protocol's own reckoning of quorums is used.
 */
final class MembershipInvariants {
    private final LinkedHashMap<NodeId, Seen> nodes = new LinkedHashMap<>();

    /** Up to where nodes that came back on another disk may have held, and said so, what they hold no more. */
    private final TreeMap<NodeId, Long> forgotten = new TreeMap<>();

    /** What was last seen of a replica. */
    private static final class Seen {
        private RaftGroup group;
        private boolean led;
        private long term;
        private long commit;
        private Configuration configuration;
        private long configurationIndex;
    }

    /** The node's replica runs on another disk than before. */
    void onForgot(NodeId node) {
        LogView log = nodes.get(node).group.view().log();
        forgotten.merge(node, log.lastIndex(), Math::max);
    }

    /** Looks at a replica that runs; cheap when nothing is new. */
    void observe(NodeId node, RaftGroup group) {
        Seen seen = nodes.computeIfAbsent(node, id -> new Seen());
        boolean leads = group.role() == Role.LEADER;
        if (leads && seen.led && seen.group == group && seen.term == group.term()) {
            if (seen.commit != group.commitIndex()) {
                checkCommit(group, seen.configuration);
            }
            if (seen.configurationIndex != group.configurationIndex()) {
                checkSuccession(group, seen);
            }
        }
        seen.group = group;
        seen.led = leads;
        seen.term = group.term();
        seen.commit = group.commitIndex();
        seen.configuration = group.configuration();
        seen.configurationIndex = group.configurationIndex();
    }

    private void checkCommit(RaftGroup leader, Configuration configuration) {
        long index = leader.commitIndex();
        long term = leader.view().log().term(index);
        Check.that(
                isOnMajority(configuration.voters(), index, term),
                "P11 quorum: a leader committed what no majority of the voters holds",
                index,
                term);
        Check.that(
                configuration.outgoing().isEmpty() || isOnMajority(configuration.outgoing(), index, term),
                "P11 quorum: a leader committed what no majority of the outgoing voters holds",
                index,
                term);
    }

    private boolean isOnMajority(List<NodeId> voters, long index, long term) {
        int hold = 0;
        for (NodeId voter : voters) {
            hold += holds(voter, index, term) ? 1 : 0;
        }
        return 2 * hold > voters.size();
    }

    /** Of a node that is down, the log is there as it was when the node stopped. */
    private boolean holds(NodeId node, long index, long term) {
        Seen seen = nodes.get(node);
        if (seen == null || seen.group == null) {
            return false;
        }
        LogView log = seen.group.view().log();
        boolean held = index < log.snapshotIndex() || index <= forgotten.getOrDefault(node, 0L);
        return held || log.durableIndex() >= index && log.term(index) == term;
    }

    private static void checkSuccession(RaftGroup leader, Seen seen) {
        Succession.check(
                seen.configuration,
                seen.configurationIndex,
                leader.configuration(),
                leader.configurationIndex(),
                leader.commitIndex());
    }
}
