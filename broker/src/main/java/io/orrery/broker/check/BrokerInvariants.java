package io.orrery.broker.check;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.route.RouteOwner;
import io.orrery.broker.session.ClientSession;
import io.orrery.broker.topic.FilterOrder;
import io.orrery.broker.topic.TopicFilter;
import io.orrery.gossip.Member;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/**
 * What holds of broker nodes beyond what each checks of itself:
 *
 * <ul>
 *   <li>B1 a route table holds no row of a generation that membership does not hold live (checked after each event; membership
 *       tells the others by later events at the same instant, so a breach counts once the node's time has passed);
 *   <li>B2 once converged, every live node's table equals the union of the live nodes' own filters;
 *   <li>B3 once converged, a client has a session on one node, and all nodes know which.
 * </ul>
 */
public final class BrokerInvariants {
    /** Longer than the instant in which deferred events run, though they be charged time. */
    private static final long GRACE_NANOS = Time.millis(1);

    private static final class Seen {
        private BrokerNode node;
        private long routeChanges = -1;
        private long memberChanges = -1;
        private String breach;
        private long sinceNanos;
    }

    private final LinkedHashMap<NodeId, Seen> seen = new LinkedHashMap<>();

    /**
     * B1, looking only when something changed.
     *
     * @param nowNanos of the world
     */
    public void afterEvent(BrokerNode node, long nowNanos) {
        Seen last = seen.get(node.self());
        if (last == null || last.node != node) {
            last = new Seen();
            last.node = node;
            seen.put(node.self(), last);
        }
        long routeChanges = node.routes().changes();
        long memberChanges = node.membership().changes();
        if (last.breach == null && routeChanges == last.routeChanges && memberChanges == last.memberChanges) {
            return;
        }
        last.routeChanges = routeChanges;
        last.memberChanges = memberChanges;
        String breach = staleRows(node);
        if (breach == null || last.breach == null) {
            last.sinceNanos = nowNanos;
        }
        last.breach = breach;
        if (breach != null && nowNanos - last.sinceNanos > GRACE_NANOS) {
            throw new Check.Violation(breach);
        }
    }

    private static String staleRows(BrokerNode node) {
        for (RouteOwner owner : node.routes().owners()) {
            Member member = node.membership().member(owner.node());
            boolean self = owner.node().equals(node.self());
            boolean live = member != null && (self || member.isLive());
            if (owner.rowCount() > 0 && (!live || member.incarnation().generation() != owner.generation())) {
                return "B1: " + node.self() + " has " + owner.rowCount() + " routes of " + owner
                        + ", which membership holds " + (member == null ? "unknown" : member);
            }
        }
        return null;
    }

    /** Where nodes that should agree do not; null if they do. */
    public static String divergence(List<BrokerNode> live) {
        String rows = rowDivergence(live);
        return rows != null ? rows : clientDivergence(live);
    }

    private static String clientDivergence(List<BrokerNode> live) {
        TreeMap<String, NodeId> homes = new TreeMap<>();
        for (BrokerNode node : live) {
            for (ClientSession session : node.sessions().all()) {
                NodeId other = homes.put(session.clientId(), node.self());
                if (other != null) {
                    return session.clientId() + " has a session on " + other + " and on " + node.self();
                }
            }
        }
        for (BrokerNode node : live) {
            long known = node.directory().size() + node.sessions().size();
            if (node.config().tracksClients() && known != homes.size()) {
                return node.self() + " knows " + known + " clients of " + homes.size();
            }
        }
        return null;
    }

    private static String rowDivergence(List<BrokerNode> live) {
        TreeMap<NodeId, List<TopicFilter>> expected = new TreeMap<>();
        for (BrokerNode node : live) {
            ArrayList<TopicFilter> filters = new ArrayList<>();
            node.subscriptions().filters(filters);
            filters.sort(FilterOrder.BY_LEVEL);
            expected.put(node.self(), filters);
        }
        for (BrokerNode node : live) {
            for (RouteOwner owner : node.routes().owners()) {
                if (!expected.containsKey(owner.node()) && owner.rowCount() > 0) {
                    return node.self() + " has routes of " + owner + ", which does not run";
                }
            }
            for (NodeId other : expected.keySet()) {
                List<TopicFilter> held = node.routes().filters(other);
                if (!held.equals(expected.get(other))) {
                    return node.self() + " has routes " + held + " of " + other + ", which has " + expected.get(other);
                }
            }
        }
        return null;
    }

    /** B2 and B3, to be asked when nothing has changed for long. */
    public static void checkConverged(List<BrokerNode> live) {
        String divergence = divergence(live);
        if (divergence != null) {
            throw new Check.Violation("B2, B3: " + divergence);
        }
    }
}
