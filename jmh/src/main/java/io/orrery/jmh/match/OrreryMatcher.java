package io.orrery.jmh.match;

import io.orrery.broker.topic.IntCollector;
import io.orrery.broker.topic.TopicFilter;
import io.orrery.broker.topic.TopicIndex;
import java.util.SortedMap;
import java.util.TreeMap;

/** Orrery's index; a value is a subscription's number. */
public final class OrreryMatcher {
    private final TopicIndex index = new TopicIndex(Workload.SEED);
    private final IntCollector hits = new IntCollector(256);
    private final ClientMerge merge;

    public OrreryMatcher(Workload workload) {
        merge = new ClientMerge(workload);
        for (int i = 0; i < workload.filters().length; i++) {
            index.add(TopicFilter.of(workload.filters()[i]), i);
        }
    }

    /** All matching subscriptions. */
    public IntCollector matchRaw(String topic) {
        hits.clear();
        index.match(topic, hits);
        return hits;
    }

    /** The clients of all matching subscriptions, each once. */
    public IntCollector matchMerged(String topic) {
        return merge.merge(matchRaw(topic));
    }

    /** For comparison with the others: each client's highest QoS. */
    public SortedMap<String, Integer> merged(String topic) {
        TreeMap<String, Integer> result = new TreeMap<>();
        IntCollector clients = matchMerged(topic);
        for (int i = 0; i < clients.size(); i++) {
            result.put(Workload.clientName(clients.at(i)), merge.qos(clients.at(i)));
        }
        return result;
    }
}
