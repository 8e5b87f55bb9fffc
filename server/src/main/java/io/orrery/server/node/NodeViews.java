package io.orrery.server.node;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.boot.BootProgress;
import io.orrery.broker.cluster.ClusterState;
import io.orrery.broker.cluster.ClusterStatus;
import io.orrery.broker.cluster.NodeRecord;
import io.orrery.broker.cluster.TopicRecord;
import io.orrery.broker.route.Route;
import io.orrery.gossip.ClusterId;
import io.orrery.gossip.Member;
import io.orrery.kernel.NodeId;
import io.orrery.server.Version;
import io.orrery.server.json.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** What can be seen of a node, as JSON. Called on the node's thread, so each view is one instant's. */
final class NodeViews {
    private NodeViews() {}

    static String status(
            BrokerNode broker, String mqtt, String admin, String whyNotReady, String seal, String refusal) {
        ClusterStatus status = broker.status();
        NodeId leader = broker.group().leader();
        JsonWriter out = new JsonWriter().object();
        out.field("node", broker.self().name());
        out.field("cluster", broker.membership().cluster());
        identity(broker, out);
        out.field("version", Version.text());
        out.field("ready", whyNotReady.isEmpty());
        if (!whyNotReady.isEmpty()) {
            out.field("whyNotReady", whyNotReady);
        }
        out.field("runningNodes", status.running());
        out.field("stoppedNodes", status.stopped());
        out.field("leader", leader == null ? null : leader.name());
        out.field("address", broker.membership().self().address());
        out.field("encryption", seal);
        SealView.lastRefusal(broker, refusal, out);
        out.field("mqtt", mqtt).field("admin", admin);
        out.field("sessions", broker.sessions().size());
        return out.field("routes", broker.routes().rowCount()).end().toString();
    }

    private static void identity(BrokerNode broker, JsonWriter out) {
        ClusterId id = broker.boot().id();
        out.field("clusterId", id.isNone() ? null : id.toString());
        BootProgress progress = broker.boot().progress();
        if (progress.phase() != BootProgress.Phase.SETTLED) {
            out.field("firstBoot", progress.text());
            out.field("expectedNodes", progress.electorate().expected());
            out.field("presentNodes", progress.present());
        }
    }

    static String routes(BrokerNode broker) {
        JsonWriter out = new JsonWriter().object();
        return routes(out, broker.routes().routes()).end().toString();
    }

    static String trie(BrokerNode broker) {
        JsonWriter out = new JsonWriter().object().field("text", broker.routes().describe());
        return routes(out, broker.routes().routes()).end().toString();
    }

    private static JsonWriter routes(JsonWriter out, List<Route> routes) {
        out.name("routes").array();
        for (Route route : routes) {
            out.object().field("filter", route.filter().text());
            out.field("nodes", route.nodes()).end();
        }
        return out.end();
    }

    static String topics(BrokerNode broker) {
        JsonWriter out = new JsonWriter().object().name("topics").array();
        broker.clusterState()
                .namespaces()
                .forEach((namespace, topics) -> topics.values()
                        .forEach(topic -> topic(out.object().field("namespace", namespace), topic)
                                .end()));
        return out.end().end().toString();
    }

    private static JsonWriter topic(JsonWriter out, TopicRecord topic) {
        return out.field("name", topic.name())
                .field("shards", topic.spec().shards())
                .field("replicationFactor", topic.spec().replicationFactor())
                .field("retentionNanos", topic.spec().retentionNanos())
                .field("exchangeType", topic.spec().exchange().name().toLowerCase(Locale.ROOT));
    }

    static String dump(BrokerNode broker) {
        ClusterState state = broker.clusterState();
        JsonWriter out = new JsonWriter().object().field("index", state.index());
        out.name("namespaces").array();
        for (Map.Entry<String, SortedMap<String, TopicRecord>> namespace :
                state.namespaces().entrySet()) {
            out.object().field("name", namespace.getKey()).name("topics").array();
            namespace
                    .getValue()
                    .values()
                    .forEach(topic -> topic(out.object(), topic).end());
            out.end().end();
        }
        out.end().name("nodes").array();
        for (NodeRecord node : state.nodes().values()) {
            Member member = broker.membership().member(node.node());
            out.object().field("name", node.node().name()).field("address", node.address());
            out.field("role", node.role().text());
            out.field("state", member == null ? "UNKNOWN" : member.state().name())
                    .end();
        }
        return out.end().end().toString();
    }
}
