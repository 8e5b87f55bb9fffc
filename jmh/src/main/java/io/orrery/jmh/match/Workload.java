package io.orrery.jmh.match;

import io.orrery.kernel.Prng;
import java.util.TreeSet;

/**
 * Subscriptions and topics of one shape. Subscription number i is {@code filters[i]} of client {@code clients[i]} with
 * {@code qos[i]}; no client has a filter twice.
 *
 * @param clientCount clients are numbered from 0
 */
public record Workload(String[] filters, int[] clients, byte[] qos, String[] topics, int clientCount) {
    public static final long SEED = 20_261_121;

    /** Filters of one client: with {@link TopicShape#MIXED} several of them match, and are merged. */
    private static final int FILTERS_PER_CLIENT = 10;

    /**
     * @param topicCount a power of two
     */
    public static Workload of(TopicShape shape, int filterCount, int topicCount) {
        Prng prng = new Prng(SEED).fork(shape.name());
        Prng filterPrng = prng.fork("filters");
        Prng qosPrng = prng.fork("qos");
        Prng topicPrng = prng.fork("topics");
        String[] filters = new String[filterCount];
        int[] clients = new int[filterCount];
        byte[] qos = new byte[filterCount];
        TreeSet<String> ofClient = new TreeSet<>();
        for (int i = 0; i < filterCount; i++) {
            if (i % FILTERS_PER_CLIENT == 0) {
                ofClient.clear();
            }
            do {
                filters[i] = shape.filter(i, filterPrng);
            } while (!ofClient.add(filters[i]));
            clients[i] = i / FILTERS_PER_CLIENT;
            qos[i] = (byte) qosPrng.below(3);
        }
        String[] topics = new String[topicCount];
        for (int i = 0; i < topicCount; i++) {
            topics[i] = shape.topic(filterCount, topicPrng);
        }
        int clientCount = (filterCount + FILTERS_PER_CLIENT - 1) / FILTERS_PER_CLIENT;
        return new Workload(filters, clients, qos, topics, clientCount);
    }

    static String clientName(int client) {
        return "client-" + client;
    }
}
