package io.orrery.jmh.match;

import io.moquette.broker.ISubscriptionsRepository;
import io.moquette.broker.subscriptions.CTrie;
import io.moquette.broker.subscriptions.CTrieSubscriptionDirectory;
import io.moquette.broker.subscriptions.Subscription;
import io.moquette.broker.subscriptions.Topic;
import io.moquette.broker.subscriptions.TrieDoor;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Moquette's trie, bare for raw results and in its directory for merged ones. */
public final class MoquetteMatcher {
    private final CTrie trie = TrieDoor.open();
    private final CTrieSubscriptionDirectory directory = new CTrieSubscriptionDirectory();

    /**
     * @param merged which of the two is filled and may be asked
     */
    public MoquetteMatcher(Workload workload, boolean merged) {
        directory.init(new NoRepository());
        for (int i = 0; i < workload.filters().length; i++) {
            Subscription subscription = new Subscription(
                    Workload.clientName(workload.clients()[i]),
                    new Topic(workload.filters()[i]),
                    MqttQoS.valueOf(workload.qos()[i]));
            if (merged) {
                directory.add(subscription);
            } else {
                trie.addToTree(subscription);
            }
        }
    }

    public List<Subscription> matchRaw(String topic) {
        return trie.recursiveMatch(new Topic(topic));
    }

    public List<Subscription> matchMerged(String topic) {
        return directory.matchQosSharpening(new Topic(topic));
    }

    /** For comparison with the others: each client's highest QoS. */
    public SortedMap<String, Integer> merged(String topic) {
        TreeMap<String, Integer> result = new TreeMap<>();
        matchMerged(topic)
                .forEach(one ->
                        result.put(one.getClientId(), one.getRequestedQos().value()));
        return result;
    }

    /** Durable subscriptions are no part of matching. */
    private static final class NoRepository implements ISubscriptionsRepository {
        @Override
        public Set<Subscription> listAllSubscriptions() {
            return Set.of();
        }

        @Override
        public void addNewSubscription(Subscription subscription) {}

        @Override
        public void removeSubscription(String topic, String clientId) {}
    }
}
