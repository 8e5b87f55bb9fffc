package io.orrery.jmh.match;

import com.codahale.metrics.MetricRegistry;
import com.google.common.collect.ImmutableSet;
import com.hivemq.metrics.MetricsHolder;
import com.hivemq.mqtt.message.QoS;
import com.hivemq.mqtt.message.subscribe.Topic;
import com.hivemq.mqtt.topic.SubscriberWithIdentifiers;
import com.hivemq.mqtt.topic.tree.LocalTopicTree;
import java.util.SortedMap;
import java.util.TreeMap;

/** HiveMQ CE's tree. It knows only merged results: a set of clients, each with its highest QoS. */
public final class HiveMqMatcher {
    private final LocalTopicTree tree = new LocalTopicTree(new MetricsHolder(new MetricRegistry()));

    public HiveMqMatcher(Workload workload) {
        for (int i = 0; i < workload.filters().length; i++) {
            Topic topic = new Topic(workload.filters()[i], QoS.valueOf(workload.qos()[i]));
            tree.addTopic(Workload.clientName(workload.clients()[i]), topic, (byte) 0, null);
        }
    }

    public ImmutableSet<SubscriberWithIdentifiers> matchMerged(String topic) {
        return tree.findTopicSubscribers(topic).getSubscribers();
    }

    /** For comparison with the others: each client's highest QoS. */
    public SortedMap<String, Integer> merged(String topic) {
        TreeMap<String, Integer> result = new TreeMap<>();
        matchMerged(topic).forEach(one -> result.put(one.getSubscriber(), one.getQos()));
        return result;
    }
}
