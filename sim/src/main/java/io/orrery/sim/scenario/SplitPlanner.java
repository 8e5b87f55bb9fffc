package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import java.util.ArrayList;
import java.util.List;

/** Plans partitions of every shape, each as concrete groups. */
final class SplitPlanner implements FamilyPlanner {
    private final PlanDraft draft;

    SplitPlanner(PlanDraft draft) {
        this.draft = draft;
    }

    @Override
    public void add(Trouble trouble, Prng luck, long from, long to) {
        if (trouble == Trouble.FLAPPING) {
            long every = Time.millis(luck.between(20, 1_500));
            draft.add(from, new SplitFault.Flapping(drawnGroups(luck, 2), every, to - from));
            return;
        }
        Fault split = split(trouble, luck);
        if (split != null) {
            draft.add(from, split, to, new NetworkFault.Healing());
        }
    }

    /** Null if there are too few nodes for it. */
    private Fault split(Trouble trouble, Prng luck) {
        int size = draft.nodes().size();
        return switch (trouble) {
            case PARTITION -> new NetworkFault.Partition(drawnGroups(luck, size > 3 && luck.chance(200_000) ? 3 : 2));
            case ISOLATION -> new NetworkFault.Isolation(draft.drawNode(luck));
            case HALVES -> new NetworkFault.Partition(equalGroups(draft.shuffledNodes(luck), 2));
            case THIRDS -> size < 3 ? null : new NetworkFault.Partition(equalGroups(draft.shuffledNodes(luck), 3));
            case ONE_WAY -> oneWay(luck);
            case BRIDGE -> size < 3 ? null : bridge(luck);
            case RING -> size < 4 ? null : new SplitFault.Ring(draft.shuffledNodes(luck));
            default -> throw new IllegalArgumentException("not a partition: " + trouble);
        };
    }

    private Fault oneWay(Prng luck) {
        List<List<NodeId>> groups = drawnGroups(luck, 2);
        return new SplitFault.OneWay(groups.get(0), groups.get(1));
    }

    private Fault bridge(Prng luck) {
        List<NodeId> others = draft.shuffledNodes(luck);
        NodeId bridge = others.remove(0);
        return new SplitFault.Bridge(bridge, equalGroups(others, 2));
    }

    /** Groups of drawn sizes, none of them empty. */
    private List<List<NodeId>> drawnGroups(Prng luck, int parts) {
        List<NodeId> shuffled = draft.shuffledNodes(luck);
        List<List<NodeId>> groups = new ArrayList<>();
        int from = 0;
        for (int part = 0; part < parts; part++) {
            int rest = parts - part - 1;
            int most = shuffled.size() - from - rest;
            int to = rest == 0 ? shuffled.size() : from + 1 + luck.below(most);
            groups.add(sorted(shuffled.subList(from, to)));
            from = to;
        }
        return groups;
    }

    /** Groups whose sizes differ by one at most. */
    private static List<List<NodeId>> equalGroups(List<NodeId> shuffled, int parts) {
        List<List<NodeId>> groups = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int from = part * shuffled.size() / parts;
            groups.add(sorted(shuffled.subList(from, (part + 1) * shuffled.size() / parts)));
        }
        return groups;
    }

    private static List<NodeId> sorted(List<NodeId> nodes) {
        List<NodeId> sorted = new ArrayList<>(nodes);
        sorted.sort(null);
        return sorted;
    }
}
