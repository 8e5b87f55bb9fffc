package io.orrery.broker.cluster;

import io.orrery.broker.heal.HealRecord;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.snapshot.SnapshotMap;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Nodes, namespaces and topics. Sorted throughout, so that equal states have equal snapshots. */
public final class ClusterState {
    /** The namespace that always exists. */
    public static final String DEFAULT_NAMESPACE = "default";

    long index;
    SnapshotMap<NodeId, NodeRecord> nodes = new SnapshotMap<>();
    SnapshotMap<String, SnapshotMap<String, TopicRecord>> namespaces = new SnapshotMap<>();
    int topicCount;
    HealRecord heal = HealRecord.NONE;

    /** The state before the first command. */
    static ClusterState initial() {
        ClusterState state = new ClusterState();
        state.namespaces.put(DEFAULT_NAMESPACE, new SnapshotMap<>());
        return state;
    }

    ClusterState() {}

    /** Becomes what the other is, which is not to be used any more. */
    void replaceBy(ClusterState other) {
        index = other.index;
        nodes = other.nodes;
        namespaces = other.namespaces;
        topicCount = other.topicCount;
        heal = other.heal;
    }

    /** Index of the last command that changed something. */
    public long index() {
        return index;
    }

    /** The nodes by name; read-only. */
    public SortedMap<NodeId, NodeRecord> nodes() {
        return nodes.asMap();
    }

    /** The names of the namespaces and the topics of each by name; read-only. */
    public SortedMap<String, SortedMap<String, TopicRecord>> namespaces() {
        TreeMap<String, SortedMap<String, TopicRecord>> view = new TreeMap<>();
        namespaces.asMap().forEach((name, topics) -> view.put(name, topics.asMap()));
        return Collections.unmodifiableSortedMap(view);
    }

    /** The topic, or null. */
    public TopicRecord topic(String namespace, String name) {
        SnapshotMap<String, TopicRecord> topics = namespaces.value(namespace);
        return topics == null ? null : topics.value(name);
    }

    /** The decisions about splits. */
    public HealRecord heal() {
        return heal;
    }

    /** Topics of all namespaces. */
    public int topicCount() {
        return topicCount;
    }

    /** A hash of all nodes, namespaces and topics, for comparing replicas; it looks at all of them. */
    public long digest() {
        long digest = Prng.mix(index);
        for (NodeRecord node : nodes.asMap().values()) {
            digest = chain(digest, node.node().name());
            digest = chain(digest, node.address());
            digest = Prng.mix(digest + node.role().ordinal() * 31L + node.joinedIndex());
        }
        for (Map.Entry<String, SnapshotMap<String, TopicRecord>> namespace :
                namespaces.asMap().entrySet()) {
            digest = chain(digest, namespace.getKey());
            for (TopicRecord topic : namespace.getValue().asMap().values()) {
                digest = chain(digest, topic.name());
                digest = Prng.mix(digest + topic.createdIndex());
                digest = Prng.mix(digest
                        + topic.spec().shards() * 31L
                        + topic.spec().replicationFactor() * 17L
                        + topic.spec().retentionNanos()
                        + topic.spec().exchange().ordinal());
            }
        }
        for (Map.Entry<NodeId, Long> restart : heal.restarts().entrySet()) {
            digest = Prng.mix(chain(digest, restart.getKey().name()) + restart.getValue() + heal.index());
        }
        return digest;
    }

    private static long chain(long digest, String text) {
        return Prng.mix(digest * 31 + text.hashCode());
    }
}
