package io.orrery.broker.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HealPlanTest {
    private static final List<NodeId> NODES =
            List.of(NodeId.of("a"), NodeId.of("b"), NodeId.of("c"), NodeId.of("d"), NodeId.of("e"));

    @Test
    void largestPartStaysWhicheverItIs() {
        assertThat(plan("a|b c")).isEqualTo("stay b c, restart a");
        assertThat(plan("a b|c|d e|")).isEqualTo("stay a b, restart c d e");
        assertThat(plan("a|b c d|e")).isEqualTo("stay b c d, restart a e");
    }

    @Test
    void ofThreeEqualPartsTheFirstByNameStays() {
        assertThat(plan("c|a|b")).isEqualTo("stay a, restart b c");
        assertThat(plan("b c|a d")).isEqualTo("stay a d, restart b c");
    }

    @Test
    void overlappingViewsHaveAnAnswer() {
        TreeMap<NodeId, TreeSet<NodeId>> missed = new TreeMap<>();
        missed.put(NODES.get(0), new TreeSet<>(List.of(NODES.get(2))));
        assertThat(text(HealPlan.decide(missed))).isEqualTo("stay a, restart c");
        missed.put(NODES.get(1), new TreeSet<>());
        assertThat(text(HealPlan.decide(missed)))
                .as("a was with b, b with c, a not with c")
                .isEqualTo("stay a b, restart c");
    }

    @Test
    void whoWasWithEverybodyStays() {
        TreeMap<NodeId, TreeSet<NodeId>> missed = new TreeMap<>();
        missed.put(NODES.get(1), new TreeSet<>(List.of(NODES.get(2))));
        missed.put(NODES.get(3), new TreeSet<>());
        HealPlan plan = HealPlan.decide(missed);
        assertThat(text(plan)).isEqualTo("stay b d, restart c");
        assertThat(plan.coordinator()).isEqualTo(NODES.get(1));
    }

    @Test
    void wordOfOneIsEnough() {
        TreeMap<NodeId, TreeSet<NodeId>> one = new TreeMap<>();
        one.put(NODES.get(0), new TreeSet<>(List.of(NODES.get(1))));
        TreeMap<NodeId, TreeSet<NodeId>> other = new TreeMap<>();
        other.put(NODES.get(1), new TreeSet<>(List.of(NODES.get(0))));
        assertThat(HealPlan.decide(one)).isEqualTo(HealPlan.decide(other));
    }

    /** All undirected graphs of up to five nodes: who was together with whom. */
    @Test
    void inEveryGraphOfUpToFiveNodesALargestCliqueStaysAndTheRestRestarts() {
        int graphs = 0;
        for (int nodes = 1; nodes <= 5; nodes++) {
            int pairs = nodes * (nodes - 1) / 2;
            for (int cut = 0; cut < 1 << pairs; cut++) {
                check(nodes, cut);
                graphs++;
            }
        }
        assertThat(graphs).isEqualTo(1 + 2 + 8 + 64 + 1024);
    }

    private static void check(int nodes, int cut) {
        boolean[][] apart = new boolean[nodes][nodes];
        int bit = 0;
        for (int i = 0; i < nodes; i++) {
            for (int j = i + 1; j < nodes; j++) {
                apart[i][j] = (cut >> bit++ & 1) == 1;
                apart[j][i] = apart[i][j];
            }
        }
        HealPlan both = HealPlan.decide(views(apart, true, true));
        HealPlan oneSided = HealPlan.decide(views(apart, true, false));
        assertThat(oneSided).as("whoever of two says it: %s", cut).isEqualTo(both);
        assertThat(HealPlan.decide(views(apart, false, true))).isEqualTo(both);
        assertThat(both.stays()).as("H5: never everybody").isNotEmpty();
        assertThat(both.restarts().isEmpty())
                .as("H5: somebody if there was a split")
                .isEqualTo(cut == 0);
        assertThat(both.stays().size() + both.restarts().size()).isEqualTo(nodes);
        List<Integer> stays = new ArrayList<>();
        both.stays().forEach(node -> stays.add(NODES.indexOf(node)));
        assertThat(isClique(apart, stays)).isTrue();
        assertThat(stays).as("H2, H3").isEqualTo(best(apart));
    }

    /** By looking at all subsets. */
    private static List<Integer> best(boolean[][] apart) {
        List<Integer> best = List.of();
        for (int subset = 1; subset < 1 << apart.length; subset++) {
            List<Integer> members = new ArrayList<>();
            for (int i = 0; i < apart.length; i++) {
                if ((subset >> i & 1) == 1) {
                    members.add(i);
                }
            }
            boolean isBetter = members.size() > best.size()
                    || members.size() == best.size() && members.toString().compareTo(best.toString()) < 0;
            if (isClique(apart, members) && isBetter) {
                best = members;
            }
        }
        return best;
    }

    private static boolean isClique(boolean[][] apart, List<Integer> members) {
        for (int i : members) {
            for (int j : members) {
                if (apart[i][j]) {
                    return false;
                }
            }
        }
        return true;
    }

    private static TreeMap<NodeId, TreeSet<NodeId>> views(boolean[][] apart, boolean lower, boolean upper) {
        TreeMap<NodeId, TreeSet<NodeId>> views = new TreeMap<>();
        for (int i = 0; i < apart.length; i++) {
            TreeSet<NodeId> missed = new TreeSet<>();
            for (int j = 0; j < apart.length; j++) {
                if (apart[i][j] && (i < j ? lower : upper)) {
                    missed.add(NODES.get(j));
                }
            }
            views.put(NODES.get(i), missed);
        }
        return views;
    }

    @Test
    void aThousandNodesInThreePartsAreDecidedAbout() {
        TreeMap<NodeId, TreeSet<NodeId>> missed = new TreeMap<>();
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 0; i < 999; i++) {
            nodes.add(NodeId.of("n" + (1000 + i)));
        }
        for (int i = 0; i < 999; i++) {
            TreeSet<NodeId> others = new TreeSet<>();
            for (int j = 0; j < 999; j++) {
                if (i % 3 != j % 3) {
                    others.add(nodes.get(j));
                }
            }
            missed.put(nodes.get(i), others);
        }
        HealPlan plan = HealPlan.decide(missed);
        assertThat(plan.stays()).hasSize(333).contains(nodes.get(0), nodes.get(3));
        assertThat(plan.restarts()).hasSize(666);
    }

    /** Parts separated by bars. */
    private static String plan(String parts) {
        TreeMap<NodeId, TreeSet<NodeId>> missed = new TreeMap<>();
        List<TreeSet<NodeId>> groups = new ArrayList<>();
        for (String part : parts.split("\\|", -1)) {
            TreeSet<NodeId> group = new TreeSet<>();
            for (String name : part.split(" ", -1)) {
                if (!name.isEmpty()) {
                    group.add(NodeId.of(name));
                }
            }
            groups.add(group);
        }
        for (TreeSet<NodeId> group : groups) {
            for (NodeId node : group) {
                TreeSet<NodeId> others = new TreeSet<>();
                groups.stream().filter(other -> other != group).forEach(others::addAll);
                missed.put(node, others);
            }
        }
        return text(HealPlan.decide(missed));
    }

    private static String text(HealPlan plan) {
        return "stay " + names(plan.stays()) + ", restart " + names(plan.restarts());
    }

    private static String names(List<NodeId> nodes) {
        List<String> names = new ArrayList<>();
        nodes.forEach(node -> names.add(node.name()));
        return String.join(" ", names);
    }
}
