package io.orrery.server.simulation;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Membership;
import io.orrery.gossip.registry.LiveSessions;
import io.orrery.gossip.registry.Registry;
import io.orrery.gossip.registry.RegistryConfig;
import io.orrery.gossip.registry.RegistryListener;
import io.orrery.gossip.registry.SessionDirectory.Session;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A node of membership and a registry alone, with clients that are connected to it. As a broker does, it gives a client up when
 * the registry shows it elsewhere.
 */
final class RegistryPeer implements Protocol, LiveSessions, RegistryListener {
    /** The namespace of all clients. */
    static final String NAMESPACE = "default";

    private final Kernel kernel;
    private final Membership membership;
    private final Registry registry;
    private final List<NodeId> seeds;
    private final TreeMap<String, Long> connected = new TreeMap<>();
    private boolean isAway;
    private boolean isLeaving;

    RegistryPeer(Kernel kernel, GossipConfig gossip, RegistryConfig config, List<NodeId> seeds) {
        this.kernel = kernel;
        this.seeds = seeds;
        this.membership = new Membership(kernel.scope("swim"), gossip, "", AddressBook.BY_NAME);
        boolean isFounder = seeds.stream().allMatch(seed -> seed.equals(kernel.self()));
        this.registry = new Registry(kernel.scope("registry"), membership, config, isFounder, this);
        registry.listen(this);
        membership.listen(
                (before, after) -> new ArrayList<>(connected.keySet()).forEach(client -> onSession(NAMESPACE, client)));
    }

    @Override
    public void start() {
        membership.start();
        registry.start();
        membership.join(seeds);
    }

    Membership membership() {
        return membership;
    }

    Registry registry() {
        return registry;
    }

    /** The clients that are connected here, and since when. */
    TreeMap<String, Long> connected() {
        return connected;
    }

    void connect(String client) {
        connected.put(client, kernel.wallMillis());
        registry.sessions().open(NAMESPACE, client, kernel.wallMillis());
    }

    void disconnect(String client) {
        if (connected.remove(client) != null) {
            registry.sessions().close(NAMESPACE, client);
        }
    }

    @Override
    public void onSession(String namespace, String clientId) {
        Session session = registry.sessions().find(namespace, clientId);
        if (session != null && !session.node().equals(kernel.self())) {
            connected.remove(clientId);
        }
    }

    @Override
    public void forEach(Visitor visitor) {
        connected.forEach((client, since) -> visitor.visit(NAMESPACE, client, since));
    }

    @Override
    public void find(String namespace, String clientId, Visitor visitor) {
        Long since = connected.get(clientId);
        if (since != null) {
            visitor.visit(namespace, clientId, since);
        }
    }

    /** Leaves, unless it has; what follows is told when it is over. */
    void leave(Runnable done) {
        if (!isAway) {
            isAway = true;
            isLeaving = true;
            membership.leave(() -> {
                isLeaving = false;
                done.run();
            });
        }
    }

    /** Joins again, unless it is still about to leave. */
    void comeBack() {
        if (isAway && !isLeaving) {
            isAway = false;
            membership.join(seeds);
        }
    }

    @Override
    public void checkInvariants() {
        membership.checkInvariants();
        registry.checkInvariants();
    }

    @Override
    public void describe(Description out) {
        out.begin("gossip");
        membership.describe(out);
        out.end();
        out.begin("registry");
        registry.describe(out);
        out.end();
    }
}
