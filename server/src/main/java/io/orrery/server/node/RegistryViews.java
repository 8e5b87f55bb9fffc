package io.orrery.server.node;

import io.orrery.broker.BrokerNode;
import io.orrery.gossip.registry.Clients.Client;
import io.orrery.gossip.registry.Freshness;
import io.orrery.gossip.registry.Namespaces.Namespace;
import io.orrery.gossip.registry.Registry;
import io.orrery.gossip.registry.SessionDirectory.Session;
import io.orrery.gossip.registry.cell.CellStore;
import io.orrery.kernel.NodeId;
import io.orrery.server.json.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a node's registry answers, as JSON, and how fresh that is. Called on the node's thread. */
final class RegistryViews {
    private static final int SESSIONS_MAX = 10_000;
    private static final int CLIENTS_MAX = 10_000;

    private RegistryViews() {}

    /** The registry's namespaces, and those in which the cluster state has topics. */
    static String namespaces(BrokerNode broker) {
        Registry registry = broker.registry();
        SortedMap<String, Namespace> known = registry.namespaces().all();
        TreeMap<String, Integer> topics = new TreeMap<>();
        broker.clusterState().namespaces().forEach((name, declared) -> topics.put(name, declared.size()));
        TreeSet<String> names = new TreeSet<>(known.keySet());
        names.addAll(topics.keySet());
        Freshness fresh = registry.settingsFreshness();
        JsonWriter out = new JsonWriter().object().name("namespaces").array();
        for (String name : names) {
            out.object().field("name", name).field("topics", topics.getOrDefault(name, 0));
            Namespace namespace = known.get(name);
            out.field("source", namespace == null ? "cluster state" : "registry");
            if (namespace != null) {
                out.field("changedMillis", namespace.changedMillis());
                out.field("changedBy", namespace.changedBy().name());
                out.name("fields").array();
                namespace
                        .fields()
                        .forEach((field, value) -> out.object()
                                .field("name", field)
                                .field("value", value)
                                .end());
                out.end();
            }
            out.field("fresh", fresh.text()).end();
        }
        return freshness(out.end(), fresh).end().toString();
    }

    /** The connected clients of all nodes, at most {@value #SESSIONS_MAX}. */
    static String sessions(BrokerNode broker) {
        Registry registry = broker.registry();
        Freshness fresh = registry.sessionsFreshness();
        List<Session> sessions = registry.sessions().all(SESSIONS_MAX);
        long wallMillis = broker.kernel().wallMillis();
        JsonWriter out = new JsonWriter().object().name("sessions").array();
        for (Session session : sessions) {
            out.object().field("client", session.clientId()).field("namespace", session.namespace());
            out.field("node", session.node().name()).field("sinceMillis", session.sinceMillis());
            out.field("ageMillis", Math.max(0, wallMillis - session.sinceMillis()));
            out.field("epoch", session.epoch()).field("fresh", fresh.text()).end();
        }
        out.end().field("known", registry.sessions().size());
        return freshness(out, fresh).end().toString();
    }

    /** The registered clients of all namespaces, at most {@value #CLIENTS_MAX}, and where each is connected. */
    static String clients(BrokerNode broker) {
        Registry registry = broker.registry();
        Freshness fresh = registry.settingsFreshness();
        List<Client> all = registry.clients().all();
        JsonWriter out = new JsonWriter().object().name("clients").array();
        for (Client client : all.subList(0, Math.min(all.size(), CLIENTS_MAX))) {
            Session session = registry.sessions().find(client.namespace(), client.clientId());
            out.object().field("name", client.clientId()).field("namespace", client.namespace());
            out.field("purposes", client.purposes()).field("description", client.description());
            out.field("node", session == null ? "" : session.node().name());
            out.field("changedMillis", client.changedMillis());
            out.field("changedBy", client.changedBy().name())
                    .field("fresh", fresh.text())
                    .end();
        }
        return freshness(out.end().field("known", all.size()), fresh).end().toString();
    }

    /** What must be equal on all nodes. */
    static void digests(JsonWriter out, Registry registry) {
        digest(out, "sessions", registry.sessionCells().store());
        digest(out, "settings", registry.settings().store());
    }

    private static void digest(JsonWriter out, String set, CellStore store) {
        out.object().field("set", set).field("settled", store.isSettled());
        out.field("seen", Long.toHexString(store.seen().hash())).field("hash", Long.toHexString(store.liveHash()));
        out.field("entries", store.liveCells()).end();
    }

    private static JsonWriter freshness(JsonWriter out, Freshness fresh) {
        out.name("freshness").object().field("text", fresh.text());
        out.field("peers", fresh.peers()).field("synced", fresh.synced()).field("sinceNanos", fresh.sinceNanos());
        out.field("why", fresh.whyNotFresh()).name("asOf").array();
        for (Map.Entry<NodeId, Long> entry : fresh.asOfMillis().entrySet()) {
            out.object()
                    .field("node", entry.getKey().name())
                    .field("millis", entry.getValue())
                    .end();
        }
        return out.end().end();
    }
}
