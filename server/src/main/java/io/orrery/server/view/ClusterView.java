package io.orrery.server.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One picture of a cluster: each node as it answered last. The nodes were not asked at one instant, so what changes quickly
 * (rows under load) may differ in a picture although nothing is wrong; what stays different is.
 *
 * @param atMillis since the watching began
 * @param wallMillis by the clock of whoever watches
 * @param nodes by name
 */
public record ClusterView(long atMillis, long wallMillis, SortedMap<String, Observed> nodes) {
    public ClusterView {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    /**
     * The nodes whose word counts: those that answer, without those that have left the cluster of the others and go on
     * alone.
     */
    public List<NodeView> views() {
        List<NodeView> answering = new ArrayList<>();
        for (Observed node : nodes.values()) {
            if (node.answers()) {
                answering.add(node.view());
            }
        }
        List<NodeView> counting = new ArrayList<>(answering);
        counting.removeIf(view -> hasLeft(view, answering));
        return counting;
    }

    private static boolean hasLeft(NodeView one, List<NodeView> all) {
        boolean isMissed = false;
        for (NodeView other : all) {
            Belief belief = other.beliefs().get(one.node());
            if (!other.node().equals(one.node()) && belief != null) {
                if (!belief.status().equals("LEFT")) {
                    return false;
                }
                isMissed = true;
            }
        }
        return isMissed
                && all.stream().noneMatch(other -> !other.node().equals(one.node()) && one.takesForLive(other.node()));
    }

    /** The members that are live to anybody whose word counts. */
    public SortedSet<String> live() {
        SortedSet<String> live = new TreeSet<>();
        for (NodeView view : views()) {
            view.beliefs().values().stream().filter(Belief::isLive).forEach(belief -> live.add(belief.member()));
        }
        return live;
    }

    /** All that anybody knows of, in any state. */
    public SortedSet<String> members() {
        SortedSet<String> members = new TreeSet<>();
        for (Observed node : nodes.values()) {
            if (node.view() != null) {
                members.addAll(node.view().beliefs().keySet());
            }
        }
        return members;
    }
}
