package io.orrery.broker.cluster;

import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Which nodes run and which do not, as {@code cluster status} prints it.
 *
 * @param running members that are ALIVE or SUSPECT, by name
 * @param stopped nodes that do not run and have not been removed: registered ones, or where nothing is registered the DEAD
 */
public record ClusterStatus(List<NodeId> running, List<NodeId> stopped) {
    public static ClusterStatus of(SortedMap<NodeId, Member> members, SortedMap<NodeId, NodeRecord> registered) {
        List<NodeId> running = new ArrayList<>();
        TreeSet<NodeId> stopped = new TreeSet<>(registered.keySet());
        for (Member member : members.values()) {
            if (member.isLive()) {
                running.add(member.node());
                stopped.remove(member.node());
            } else if (registered.isEmpty() && member.state() == MemberState.DEAD) {
                stopped.add(member.node());
            }
        }
        return new ClusterStatus(
                Collections.unmodifiableList(running), Collections.unmodifiableList(new ArrayList<>(stopped)));
    }
}
