package io.orrery.broker.heal;

import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who stays and who restarts after a split, as a function of what the nodes reported: whoever is given the same reports decides
 * the same.
 *
 * <ul>
 *   <li>H1: two nodes were together unless one of them missed the other: one report is enough.
 *   <li>H2: the largest set of nodes that were all together stays. It is a clique, so overlapping views have an answer too: if
 *       A was with B and B with C, and A not with C, then two of the three stay.
 *   <li>H3: of several largest ones that stays whose names come first. So three equal parts have an answer.
 *   <li>H4: all others restart; whoever was with everybody stays.
 *   <li>H5: somebody stays; and if anybody was missed, somebody restarts.
 * </ul>
 *
 * @param stays by name
 * @param restarts by name
 */
public record HealPlan(List<NodeId> stays, List<NodeId> restarts) {
    /** Steps of the search for the largest clique; beyond them the best one found stays. The same on every node. */
    static final int STEPS_MAX = 100_000;

    public HealPlan {
        stays = Collections.unmodifiableList(new ArrayList<>(stays));
        restarts = Collections.unmodifiableList(new ArrayList<>(restarts));
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return restarts.isEmpty();
    }

    /** The node that is asked about it first, for people: the first of those that stay. */
    public NodeId coordinator() {
        return stays.isEmpty() ? null : stays.get(0);
    }

    /**
     * Decides.
     *
     * @param missed for each node, those that it took for dead and that lived; nodes that missed nobody may be left out, if
     *     others did not miss them
     */
    public static HealPlan decide(SortedMap<NodeId, ? extends SortedSet<NodeId>> missed) {
        TreeMap<NodeId, TreeSet<NodeId>> apart = apart(missed);
        List<NodeId> split = new ArrayList<>();
        TreeSet<NodeId> stays = new TreeSet<>();
        apart.forEach((node, from) -> {
            if (from.isEmpty()) {
                stays.add(node);
            } else {
                split.add(node);
            }
        });
        stays.addAll(new Search(apart).largest(split));
        List<NodeId> restarts = new ArrayList<>(split);
        restarts.removeAll(stays);
        return new HealPlan(new ArrayList<>(stays), restarts);
    }

    /** H1: for each node, those that it was not together with. */
    private static TreeMap<NodeId, TreeSet<NodeId>> apart(SortedMap<NodeId, ? extends SortedSet<NodeId>> missed) {
        TreeMap<NodeId, TreeSet<NodeId>> apart = new TreeMap<>();
        for (Map.Entry<NodeId, ? extends SortedSet<NodeId>> report : missed.entrySet()) {
            TreeSet<NodeId> own = apart.computeIfAbsent(report.getKey(), none -> new TreeSet<>());
            for (NodeId other : report.getValue()) {
                if (!other.equals(report.getKey())) {
                    own.add(other);
                    apart.computeIfAbsent(other, none -> new TreeSet<>()).add(report.getKey());
                }
            }
        }
        return apart;
    }

    /**
     * Branch and bound over the nodes in the order of their names, those taken first that come first: so of equal ones that is
     * found first whose names come first, and only a larger one replaces it (H2, H3).
     */
    private static final class Search {
        private final TreeMap<NodeId, TreeSet<NodeId>> apart;
        private List<NodeId> best = List.of();
        private int steps;

        Search(TreeMap<NodeId, TreeSet<NodeId>> apart) {
            this.apart = apart;
        }

        List<NodeId> largest(List<NodeId> nodes) {
            extend(new ArrayList<>(), nodes);
            return best;
        }

        private void extend(List<NodeId> taken, List<NodeId> candidates) {
            if (taken.size() > best.size()) {
                best = new ArrayList<>(taken);
            }
            for (int i = 0; i < candidates.size(); i++) {
                boolean canWin = taken.size() + candidates.size() - i > best.size();
                if (!canWin || ++steps > STEPS_MAX) {
                    return;
                }
                NodeId next = candidates.get(i);
                TreeSet<NodeId> from = apart.get(next);
                List<NodeId> rest = new ArrayList<>();
                for (NodeId other : candidates.subList(i + 1, candidates.size())) {
                    if (!from.contains(other)) {
                        rest.add(other);
                    }
                }
                taken.add(next);
                extend(taken, rest);
                taken.remove(taken.size() - 1);
                if (rest.size() == candidates.size() - i - 1) {
                    // It goes with all that are left: without it none of them makes a larger one.
                    return;
                }
            }
        }
    }
}
