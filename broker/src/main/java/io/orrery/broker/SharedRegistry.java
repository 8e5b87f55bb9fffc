package io.orrery.broker;

import io.orrery.broker.session.ClientSession;
import io.orrery.broker.session.SessionRegistry;
import io.orrery.gossip.Membership;
import io.orrery.gossip.registry.LiveSessions;
import io.orrery.gossip.registry.Registry;
import io.orrery.kernel.Kernel;

/**
 * The cluster's registry on a broker node: the clients connected here are in it, and stay in it as long as they are.
 *
 * <p>For the node's thread.
 */
final class SharedRegistry implements LiveSessions {
    /** The namespace of clients that name none. */
    static final String NAMESPACE = "default";

    private final SessionRegistry sessions;
    private final boolean tracksClients;
    private final Registry registry;

    SharedRegistry(Kernel kernel, Membership membership, BrokerConfig config, SessionRegistry sessions) {
        this.sessions = sessions;
        this.tracksClients = config.tracksClients();
        boolean isFounder = config.seeds().stream().allMatch(seed -> seed.equals(kernel.self()));
        registry = new Registry(kernel, membership, config.registry(), isFounder, this);
    }

    Registry registry() {
        return registry;
    }

    void onConnected(ClientSession session) {
        if (tracksClients) {
            registry.sessions().open(NAMESPACE, session.clientId(), session.stamp());
        }
    }

    void onEnded(ClientSession session) {
        if (tracksClients) {
            registry.sessions().close(NAMESPACE, session.clientId());
        }
    }

    @Override
    public void forEach(Visitor visitor) {
        if (tracksClients) {
            sessions.all().forEach(session -> visitor.visit(NAMESPACE, session.clientId(), session.stamp()));
        }
    }

    @Override
    public void find(String namespace, String clientId, Visitor visitor) {
        ClientSession session = namespace.equals(NAMESPACE) ? sessions.find(clientId) : null;
        if (session != null && tracksClients) {
            visitor.visit(namespace, clientId, session.stamp());
        }
    }
}
