package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.sim.choice.Spread;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.List;

/** Plans {@link NetworkFault}s of links, and {@link ClogFault}s. */
final class NetworkPlanner implements FamilyPlanner {
    private static final long CORRUPT_PPM_MAX = 50_000;
    private static final long FAR_MICROS_MAX = 150_000;

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
        NodeId peer = draft.drawPeer(luck, node);
        switch (trouble) {
            case CUT -> draft.add(from, new NetworkFault.Cut(node, peer), to, new NetworkFault.Mending(node, peer));
            case RESET -> draft.add(from, new NetworkFault.StreamReset(node, peer));
            case CLOG -> draft.add(from, new ClogFault.Clog(node, peer), to, new ClogFault.Unclog(node, peer));
            case SWIZZLE -> addSwizzle(luck, from, to);
            case FAR -> addFar(luck, from, to, node, peer);
            case BAD_LINK -> addCondition(from, to, node, peer, badLink(luck));
            case CORRUPTION ->
                addCondition(
                        from, to, node, peer, profile.weather().corrupt((int) luck.between(1_000, CORRUPT_PPM_MAX)));
            default -> throw new IllegalArgumentException("not a trouble of links: " + trouble);
        }
    }

    private void addCondition(long from, long to, NodeId node, NodeId peer, LinkPolicy policy) {
        draft.add(
                from,
                new NetworkFault.Condition(node, peer, policy),
                to,
                new NetworkFault.Condition(node, peer, profile.weather()));
    }

    /** Two or more nodes, perhaps all. */
    private void addSwizzle(Prng luck, long from, long to) {
        List<NodeId> nodes = draft.shuffledNodes(luck);
        int count = 2 + luck.below(nodes.size() - 1);
        draft.add(from, new ClogFault.Swizzling(new ArrayList<>(nodes.subList(0, count)), to - from));
    }

    /** A pair that is far apart, both ways alike. */
    private void addFar(Prng luck, long from, long to, NodeId node, NodeId peer) {
        long nanos = Time.micros(luck.between(1_000, FAR_MICROS_MAX));
        draft.add(from, new NetworkFault.Distance(node, peer, nanos), to, new NetworkFault.Distance(node, peer, 0));
        draft.add(from, new NetworkFault.Distance(peer, node, nanos), to, new NetworkFault.Distance(peer, node, 0));
    }

    private static LinkPolicy badLink(Prng luck) {
        return LinkPolicy.LAN
                .delay(badDelay(luck))
                .loss(luck.below(400_000))
                .duplicate(luck.below(200_000))
                .reorder(luck.below(200_000));
    }

    private static Spread badDelay(Prng luck) {
        long shortest = Time.micros(luck.between(100, 50_000));
        return switch (luck.below(3)) {
            case 0 -> Spread.uniform(shortest, shortest + Time.micros(luck.below(300_000)));
            case 1 -> Spread.exponential(shortest + Time.micros(luck.below(100_000)), shortest);
            default ->
                Spread.tail(
                        Time.micros(100),
                        shortest,
                        (int) luck.between(1_000, 50_000),
                        shortest + Time.millis(luck.between(100, 3_000)));
        };
    }
}
