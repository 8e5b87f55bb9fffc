package io.orrery.broker.cluster;

import io.orrery.kernel.NodeId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What can be asked of the cluster's state. Each may be repeated: the second time changes nothing and succeeds. */
public sealed interface ClusterCommand {
    /** Notes a node, or its new address and role. */
    record RegisterNode(NodeId node, String address, NodeRole role) implements ClusterCommand {}

    /** Forgets a node. */
    record RemoveNode(NodeId node) implements ClusterCommand {}

    record CreateNamespace(String name) implements ClusterCommand {}

    /** Deletes a namespace without topics; never {@code default}. */
    record DeleteNamespace(String name) implements ClusterCommand {}

    /** Creates a topic; one of the same name and another spec is a conflict. */
    record CreateTopic(String namespace, String name, TopicSpec spec) implements ClusterCommand {}

    record DeleteTopic(String namespace, String name) implements ClusterCommand {}

    /**
     * Says which lives of nodes are to end after a split.
     *
     * @param after index of the decision before it; if there is another one by now, this one is void
     * @param restarts generations by node
     */
    record HealSplit(long after, SortedMap<NodeId, Long> restarts) implements ClusterCommand {
        public HealSplit {
            restarts = Collections.unmodifiableSortedMap(new TreeMap<>(restarts));
        }
    }
}
