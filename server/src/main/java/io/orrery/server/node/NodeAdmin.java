package io.orrery.server.node;

import io.orrery.server.admin.AdminApi;
import io.orrery.server.admin.AdminException;
import io.orrery.server.admin.MetricsWriter;
import java.util.List;

/** What the admin interface does to a node. */
final class NodeAdmin implements AdminApi {
    /** A watcher wants to know soon that the node's thread is stuck. */
    private static final long VIEW_MILLIS_MAX = 500;

    private final ServerNode node;
    private final Migration migration;
    private final KeyAdmin keys;

    NodeAdmin(ServerNode node) {
        this.node = node;
        this.migration = new Migration(node);
        this.keys = new KeyAdmin(node);
    }

    @Override
    public String status() {
        String whyNotReady = node.whyNotReady();
        String mqtt = node.mqttAddress().toString();
        String admin = node.adminAddress().toString();
        String seal = SealView.words(node.keys().sealing());
        String refusal = node.running().lastRefusal();
        return node.ask(broker -> NodeViews.status(broker, mqtt, admin, whyNotReady, seal, refusal));
    }

    @Override
    public String members() {
        HeardTransport transport = node.running().transport();
        String refusal = node.running().lastRefusal();
        return node.ask(broker -> MemberViews.members(broker, transport, refusal));
    }

    @Override
    public String member(String name) {
        HeardTransport transport = node.running().transport();
        return node.ask(broker -> MemberViews.member(broker, transport, name));
    }

    @Override
    public String view() {
        RunningNode running = node.running();
        if (running == null) {
            return MemberViews.silence(node.self(), "the node starts, and has nothing to say yet");
        }
        try {
            return running.ask(broker -> MemberViews.view(broker, running.transport()), VIEW_MILLIS_MAX);
        } catch (AdminException e) {
            return MemberViews.silence(node.self(), e.getMessage());
        }
    }

    @Override
    public String routes() {
        return node.ask(NodeViews::routes);
    }

    @Override
    public String trie() {
        return node.ask(NodeViews::trie);
    }

    @Override
    public String topics() {
        return node.ask(NodeViews::topics);
    }

    @Override
    public String groups() {
        return node.ask(GroupViews::groups);
    }

    @Override
    public String group(String name) {
        return node.ask(broker -> GroupViews.group(broker, name));
    }

    @Override
    public String recover(String group, List<String> voters) {
        return GroupRecovery.run(node, group, voters);
    }

    @Override
    public String transfer(String group, String to) {
        return GroupTransfer.run(node, group, to);
    }

    @Override
    public String namespaces() {
        return node.ask(RegistryViews::namespaces);
    }

    @Override
    public String sessions() {
        return node.ask(RegistryViews::sessions);
    }

    @Override
    public String changeNamespace(boolean adds, String name) {
        return RegistryChange.ofNamespace(node, adds, name);
    }

    @Override
    public String clients() {
        return node.ask(RegistryViews::clients);
    }

    @Override
    public String register(String namespace, String client, List<String> purposes, String description) {
        return RegistryChange.register(node, namespace, client, purposes, description);
    }

    @Override
    public String unregister(String namespace, String client) {
        return RegistryChange.unregister(node, namespace, client);
    }

    @Override
    public String dump() {
        return node.ask(NodeViews::dump);
    }

    @Override
    public String join(String other) {
        migration.join(other);
        return status();
    }

    @Override
    public String init() {
        migration.init();
        return status();
    }

    @Override
    public String leave() {
        migration.leave();
        return status();
    }

    @Override
    public String remove(String other) {
        migration.removeOther(other);
        return status();
    }

    @Override
    public String keys() {
        return keys.list();
    }

    @Override
    public String changeKeys(String operation, String key) {
        return switch (operation) {
            case "install" -> keys.install(key);
            case "use" -> keys.use(key);
            case "remove" -> keys.remove(key);
            case "rotate" -> keys.rotate();
            default ->
                throw new AdminException(
                        AdminException.BAD_REQUEST,
                        "there is no operation '" + operation + "' on keys",
                        "",
                        "install, use, remove or rotate");
        };
    }

    @Override
    public boolean isLive() {
        try {
            return node.ask(broker -> true);
        } catch (AdminException e) {
            return false;
        }
    }

    @Override
    public String whyNotReady() {
        return node.whyNotReady();
    }

    @Override
    public String metrics() {
        MetricsWriter out = new MetricsWriter();
        node.ask(broker -> {
            NodeMetrics.broker(broker, out);
            GossipMetrics.membership(broker.membership(), broker.kernel().nowNanos(), out);
            GossipMetrics.rows(broker.ownerLog(), out);
            RegistryMetrics.registry(broker.registry(), out);
            RegistryMetrics.boot(broker.boot(), out);
            NodeMetrics.ports(node.running().thread().portCounters(), out);
            return null;
        });
        NodeMetrics.host(node.running(), out);
        NodeMetrics.mqtt(node.mqtt(), out);
        return out.toString();
    }
}
