package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.List;

/** Plans {@link NetworkFault}s. */
final class NetworkPlanner implements FamilyPlanner {
    private final PlanDraft draft;
    private final FaultProfile profile;

    NetworkPlanner(PlanDraft draft, FaultProfile profile) {
        this.draft = draft;
        this.profile = profile;
    }

    @Override
    public void addStart() {
        if (!profile.weather().equals(LinkPolicy.LAN)) {
            draft.add(0, new NetworkFault.Weather(profile.weather()));
        }
    }

    @Override
    public void add(Trouble trouble, Prng luck, long from, long to) {
        NodeId node = draft.drawNode(luck);
        switch (trouble) {
            case PARTITION -> draft.add(from, partition(luck), to, new NetworkFault.Healing());
            case ISOLATION -> draft.add(from, new NetworkFault.Isolation(node), to, new NetworkFault.Healing());
            case CUT, BAD_LINK, RESET -> addLinkTrouble(trouble, luck, from, to, node);
            default -> throw new IllegalArgumentException("not a trouble of networks: " + trouble);
        }
    }

    private void addLinkTrouble(Trouble trouble, Prng luck, long from, long to, NodeId node) {
        NodeId other = draft.drawPeer(luck, node);
        switch (trouble) {
            case CUT -> draft.add(from, new NetworkFault.Cut(node, other), to, new NetworkFault.Mending(node, other));
            case RESET -> draft.add(from, new NetworkFault.StreamReset(node, other));
            default ->
                draft.add(
                        from,
                        new NetworkFault.Condition(node, other, badLink(luck)),
                        to,
                        new NetworkFault.Condition(node, other, profile.weather()));
        }
    }

    private static LinkPolicy badLink(Prng luck) {
        long shortest = Time.micros(luck.between(100, 50_000));
        return LinkPolicy.LAN
                .delay(shortest, shortest + Time.micros(luck.below(300_000)))
                .loss(luck.below(400_000))
                .duplicate(luck.below(200_000))
                .reorder(luck.below(200_000));
    }

    private Fault partition(Prng luck) {
        List<NodeId> shuffled = draft.shuffledNodes(luck);
        List<List<NodeId>> groups = new ArrayList<>();
        int parts = shuffled.size() > 3 && luck.chance(200_000) ? 3 : 2;
        int from = 0;
        for (int part = 0; part < parts; part++) {
            int rest = parts - part - 1;
            int most = shuffled.size() - from - rest;
            int to = rest == 0 ? shuffled.size() : from + 1 + luck.below(most);
            List<NodeId> group = new ArrayList<>(shuffled.subList(from, to));
            group.sort(null);
            groups.add(group);
            from = to;
        }
        return new NetworkFault.Partition(groups);
    }
}
