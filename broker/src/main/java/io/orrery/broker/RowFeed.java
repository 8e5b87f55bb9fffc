package io.orrery.broker;

import io.orrery.broker.forward.Forwarder;
import io.orrery.broker.route.RouteOwner;
import io.orrery.broker.route.RouteTable;
import io.orrery.broker.route.RowCodec;
import io.orrery.broker.session.ClientDirectory;
import io.orrery.broker.session.ClientSession;
import io.orrery.broker.session.SessionRegistry;
import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.OwnerLogListener;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;

/**
 * Turns what the owner log says of peers into routes and into the directory of their clients.
 *
 * <p>It is called from inside the log, so whatever would change this node's own rows is deferred.
 */
final class RowFeed implements OwnerLogListener {
    private static final int SWEEP_ROWS = 4_096;

    private final Kernel kernel;
    private final RouteTable routes;
    private final ClientDirectory directory;
    private final SessionRegistry registry;
    private final Forwarder forwarder;
    private final BrokerCounters counters;
    private Membership membership;
    private boolean detached;
    private boolean sweeping;

    RowFeed(
            Kernel kernel,
            RouteTable routes,
            ClientDirectory directory,
            SessionRegistry registry,
            Forwarder forwarder,
            BrokerCounters counters) {
        this.kernel = kernel;
        this.routes = routes;
        this.directory = directory;
        this.registry = registry;
        this.forwarder = forwarder;
        this.counters = counters;
    }

    /** Where generations are known from; set once, before the first call. */
    void membership(Membership members) {
        membership = members;
    }

    /** This node left: what it knew of others no longer counts, and what comes late is ignored. */
    void detach() {
        detached = true;
        for (RouteOwner owner : routes.owners()) {
            if (!owner.node().equals(kernel.self())) {
                clear(owner.node());
            }
        }
        directory.clear();
    }

    /**
     * This node is part of a cluster again: takes up all that the log holds, also of who is thought dead just now. Either the
     * log drops that and says so, or it was a false death, and then nothing else would bring it.
     */
    void attach(OwnerLog log) {
        if (!detached) {
            return;
        }
        detached = false;
        for (NodeId owner : log.owners()) {
            for (Bytes row : log.rows(owner)) {
                onAdded(owner, row);
            }
        }
    }

    @Override
    public void onAdded(NodeId owner, Bytes bytes) {
        if (detached) {
            return;
        }
        RowCodec.Row row = RowCodec.decode(bytes);
        if (row == null) {
            counters.malformedRows++;
        } else if (row.filter() != null) {
            addRoute(owner, row);
        } else {
            directory.add(owner, row.clientId(), row.stamp());
            if (registry.find(row.clientId()) != null) {
                kernel.defer(() -> maybeYield(owner, row.clientId(), row.stamp()));
            }
        }
    }

    private void addRoute(NodeId node, RowCodec.Row row) {
        Member member = membership.member(node);
        long generation = member == null ? 0 : member.incarnation().generation();
        RouteOwner owner = routes.owner(node);
        if (owner != null && owner.generation() != generation) {
            clear(node);
        }
        routes.add(node, generation, row.filter());
    }

    @Override
    public void onRemoved(NodeId owner, Bytes bytes) {
        RowCodec.Row row = RowCodec.decode(bytes);
        if (row == null) {
            counters.malformedRows++;
        } else if (row.filter() != null) {
            routes.remove(owner, row.filter());
        } else {
            directory.remove(owner, row.clientId(), row.stamp());
        }
    }

    @Override
    public void onCleared(NodeId owner) {
        directory.clear(owner);
        clear(owner);
    }

    /** A member without rows changed: the log has nothing to say of it, but a link to its last life may still be there. */
    void onMember(NodeId node) {
        RouteOwner owner = routes.owner(node);
        if (owner == null || owner.rowCount() > 0 || node.equals(kernel.self())) {
            return;
        }
        Member member = membership.member(node);
        if (member == null || !member.isLive() || member.incarnation().generation() != owner.generation()) {
            clear(node);
        }
    }

    private void clear(NodeId node) {
        RouteOwner owner = routes.clear(node);
        if (owner == null) {
            return;
        }
        counters.routesCleared++;
        kernel.trace().reached(BrokerMarks.ROUTES_CLEARED);
        if (kernel.trace().isOn()) {
            kernel.trace().transition("clear-routes", "owner=" + owner + " rows=" + owner.rowCount());
        }
        forwarder.onCleared(owner);
        sweepLater();
    }

    /** Erases what cleared owners left, a slice in each event. */
    void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            kernel.defer(() -> {
                sweeping = false;
                if (routes.sweep(SWEEP_ROWS)) {
                    sweepLater();
                }
            });
        }
    }

    /** A client is connected to another node too: the earlier of the two sessions ends. */
    private void maybeYield(NodeId other, String clientId, long stamp) {
        ClientSession session = registry.find(clientId);
        if (session == null
                || stamp < session.stamp()
                || stamp == session.stamp() && other.compareTo(kernel.self()) < 0) {
            return;
        }
        kernel.trace().reached(BrokerMarks.TAKEN_OVER_ACROSS_NODES);
        if (kernel.trace().isOn()) {
            kernel.trace().transition("yield-client", "client=" + clientId + " to=" + other);
        }
        registry.takeOver(session);
    }
}
