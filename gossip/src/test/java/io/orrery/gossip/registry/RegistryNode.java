package io.orrery.gossip.registry;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Membership;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What the registry's tests run on each node: membership, a registry, and the sessions that it stands for. */
final class RegistryNode implements Protocol, LiveSessions, RegistryListener {
    final Membership membership;
    final Registry registry;
    final TreeMap<String, Long> connected = new TreeMap<>();
    final List<String> heard = new ArrayList<>();
    private final List<NodeId> seeds;
    private final Kernel kernel;

    RegistryNode(Kernel kernel, GossipConfig gossip, RegistryConfig config, List<NodeId> seeds) {
        this.kernel = kernel;
        this.membership = new Membership(kernel.scope("swim"), gossip, "", AddressBook.BY_NAME);
        this.registry = new Registry(kernel.scope("registry"), membership, config, isAlone(seeds), this);
        this.seeds = seeds;
        registry.listen(this);
    }

    private boolean isAlone(List<NodeId> others) {
        return others.stream().allMatch(other -> other.equals(kernel.self()));
    }

    @Override
    public void start() {
        membership.start();
        registry.start();
        membership.join(seeds);
    }

    void connect(String client) {
        connected.put(client, kernel.wallMillis());
        registry.sessions().open("default", client, kernel.wallMillis());
    }

    void disconnect(String client) {
        connected.remove(client);
        registry.sessions().close("default", client);
    }

    @Override
    public void forEach(Visitor visitor) {
        connected.forEach((client, since) -> visitor.visit("default", client, since));
    }

    @Override
    public void find(String namespace, String clientId, Visitor visitor) {
        Long since = connected.get(clientId);
        if (since != null) {
            visitor.visit(namespace, clientId, since);
        }
    }

    @Override
    public void onNamespace(String name) {
        heard.add("namespace " + name);
    }

    @Override
    public void onClient(String namespace, String clientId) {
        heard.add("client " + clientId);
    }

    @Override
    public void onSession(String namespace, String clientId) {
        heard.add("session " + clientId);
    }

    @Override
    public void checkInvariants() {
        membership.checkInvariants();
        registry.checkInvariants();
    }
}
