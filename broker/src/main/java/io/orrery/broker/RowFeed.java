package io.orrery.broker;

import io.orrery.broker.forward.Forwarder;
import io.orrery.broker.route.RouteTable;
import io.orrery.broker.session.ClientDirectory;
import io.orrery.broker.session.ClientSession;
import io.orrery.broker.session.SessionRegistry;
import io.orrery.gossip.owner.RowStore;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Where the owner log keeps the rows of peers: the route table, and the directory of their clients.
 *
 * <ul>
 *   <li>F1: a shelf is in sight unless the log hides it, or this node has left the cluster.
 *   <li>F2: it is called from inside the log, so whatever would change this node's own rows is deferred.
 * </ul>
 */
final class RowFeed implements RowStore {
    private static final int SWEEP_FILTERS = 8_192;
    private static final int CLIENTS_AT_ONCE = 1_024;

    final RouteTable routes;
    final ClientDirectory directory;
    final BrokerCounters counters;
    private final Kernel kernel;
    private final SessionRegistry registry;
    private final Forwarder forwarder;
    private final TreeMap<NodeId, RowShelf> shelves = new TreeMap<>();
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

    @Override
    public Shelf open(NodeId owner, long generation) {
        RowShelf shelf = new RowShelf(this, owner, generation);
        shelves.put(owner, shelf);
        return shelf;
    }

    /** This node left: what it knew of others no longer counts. */
    void detach() {
        detached = true;
        new ArrayList<>(shelves.values()).forEach(RowShelf::look);
    }

    /**
     * This node is part of a cluster again: all that the log holds counts, also of who is thought dead just now. Either the log
     * hides that and says so, or it was a false death.
     */
    void attach() {
        detached = false;
        new ArrayList<>(shelves.values()).forEach(RowShelf::look);
    }

    /** F1. */
    boolean isDetached() {
        return detached;
    }

    /** The routes of a node are out of sight, or gone: nothing more is sent to it. */
    void onHidden(RowShelf shelf) {
        forwarder.onCleared(shelf.routes());
        if (shelf.routes().rowCount() > 0) {
            counters.routesCleared++;
            kernel.trace().reached(BrokerMarks.ROUTES_CLEARED);
            trace("clear-routes", shelf);
        }
    }

    void onShown(RowShelf shelf) {
        trace("restore-routes", shelf);
    }

    private void trace(String what, RowShelf shelf) {
        if (kernel.trace().isOn()) {
            kernel.trace()
                    .transition(
                            what,
                            "owner=" + shelf.routes() + " rows="
                                    + shelf.routes().rowCount());
        }
    }

    void onDropped(RowShelf shelf) {
        shelves.remove(shelf.owner(), shelf);
        sweepLater();
    }

    /** Erases what cleared owners left, a slice in each event. */
    void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            kernel.defer(() -> {
                sweeping = false;
                if (routes.sweep(SWEEP_FILTERS)) {
                    sweepLater();
                }
            });
        }
    }

    /** A client is connected to another node: if it is to this one too, the earlier of the two sessions ends. */
    void onClient(NodeId owner, String clientId, long stamp) {
        if (registry.find(clientId) != null) {
            kernel.defer(() -> maybeYield(owner, clientId, stamp));
        }
    }

    /** A node's clients are in sight again: some at once, the others in later events. */
    void onClientsShown(NodeId owner, String after) {
        List<String> clients = directory.clients(owner, after, CLIENTS_AT_ONCE);
        for (String clientId : clients) {
            onClient(owner, clientId, directory.stamp(owner, clientId));
        }
        if (clients.size() == CLIENTS_AT_ONCE) {
            kernel.defer(() -> onClientsShown(owner, clients.get(CLIENTS_AT_ONCE - 1)));
        }
    }

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
