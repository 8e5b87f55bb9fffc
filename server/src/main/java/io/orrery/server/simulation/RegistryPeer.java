package io.orrery.server.simulation;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.registry.LiveSessions;
import io.orrery.gossip.registry.Registry;
import io.orrery.gossip.registry.RegistryConfig;
import io.orrery.gossip.registry.RegistryListener;
import io.orrery.gossip.registry.SessionDirectory.Session;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A node of membership and a registry alone, with clients that are connected to it. As a broker does, it gives a client up when
 * the registry shows it elsewhere.
 */
final class RegistryPeer extends LeavingPeer implements LiveSessions, RegistryListener {
    /** The namespace of all clients. */
    static final String NAMESPACE = "default";

    private final Kernel kernel;
    private final Registry registry;
    private final TreeMap<String, Long> connected = new TreeMap<>();

    RegistryPeer(Kernel kernel, GossipConfig gossip, RegistryConfig config, List<NodeId> seeds) {
        super(kernel, gossip, seeds, GossipRules.STANDARD);
        this.kernel = kernel;
        boolean isFounder = seeds.stream().allMatch(seed -> seed.equals(kernel.self()));
        this.registry = new Registry(kernel.scope("registry"), membership(), config, isFounder, this);
        registry.listen(this);
        membership()
                .listen((before, after) ->
                        new ArrayList<>(connected.keySet()).forEach(client -> onSession(NAMESPACE, client)));
    }

    @Override
    Registry upper() {
        return registry;
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

    @Override
    public void describe(Description out) {
        super.describe(out);
        out.begin("registry");
        registry.describe(out);
        out.end();
    }
}
