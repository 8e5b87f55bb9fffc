package io.orrery.gossip.swim;

import io.orrery.gossip.ClusterId;
import io.orrery.gossip.GossipCounters;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.message.Header;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;

/**
 * Whose messages are taken: those of this node's cluster.
 *
 * <ul>
 *   <li>X1: of another name: refused.
 *   <li>X2: of another id: refused, whatever the name. Two clusters of one name do not merge.
 *   <li>X3: without an id, to a node that has one: taken if the cluster is older than ids (its id is made of its name), for
 *       nodes of an earlier release are of it; else of members only.
 *   <li>X4: with an id, to a node that has none: the first such id counts for this boot, others are refused. So a node
 *       without one carries no word from one cluster to another.
 * </ul>
 */
public final class Border {
    private final Kernel kernel;
    private final String cluster;
    private final MemberTable table;
    private final GossipCounters counters;
    private ClusterId id = ClusterId.NONE;
    private ClusterId heard = ClusterId.NONE;

    public Border(Kernel kernel, String cluster, MemberTable table, GossipCounters counters) {
        this.kernel = kernel;
        this.cluster = cluster;
        this.table = table;
        this.counters = counters;
    }

    /** This node's cluster; NONE if it formed before clusters had ids. */
    public ClusterId id() {
        return id;
    }

    /** This node belongs to that cluster, for as long as it runs. */
    public void become(ClusterId adopted) {
        Check.that(id.isNone() || id.equals(adopted), "X2: a cluster's id never changes");
        id = adopted;
    }

    /** Why a message is not taken; null if it is. */
    public String refusal(NodeId from, Header header) {
        if (!header.cluster().equals(cluster)) {
            counters.count(Counter.REFUSED_OTHER_CLUSTER);
            return from + " is of cluster " + header.cluster() + ", not " + cluster;
        }
        if (header.id().equals(id)) {
            return null;
        }
        if (header.id().isNone()) {
            return ofOneWithoutId(from);
        }
        ClusterId own = id.isNone() ? heard : id;
        if (own.isNone()) {
            heard = header.id();
            kernel.trace().transition("hears-of-id", heard.toString());
        } else if (!own.equals(header.id())) {
            counters.count(Counter.REFUSED_OTHER_ID);
            return from + " is of another cluster of the name " + cluster + ": its id is " + header.id() + ", not "
                    + own;
        }
        return null;
    }

    private String ofOneWithoutId(NodeId from) {
        if (id.isOfName() || table.member(from) != null) {
            counters.count(Counter.WITHOUT_ID);
            return null;
        }
        counters.count(Counter.REFUSED_WITHOUT_ID);
        return from + " has no cluster id, and is no member of cluster " + cluster + " (" + id + ")";
    }
}
