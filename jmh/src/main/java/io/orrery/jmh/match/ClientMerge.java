package io.orrery.jmh.match;

import io.orrery.broker.topic.IntCollector;

/**
 * One delivery per client out of the matching subscriptions, at the highest QoS among them. Arrays over all clients,
 * stamped with the number of the merge, so that nothing needs clearing.
 */
final class ClientMerge {
    private final Workload workload;
    private final int[] stamps;
    private final byte[] qos;
    private final IntCollector clients = new IntCollector(256);
    private int stamp;

    ClientMerge(Workload workload) {
        this.workload = workload;
        this.stamps = new int[workload.clientCount()];
        this.qos = new byte[workload.clientCount()];
    }

    /** The clients, in order of their first hit; valid until the next call. */
    IntCollector merge(IntCollector subscriptions) {
        stamp++;
        clients.clear();
        for (int i = 0; i < subscriptions.size(); i++) {
            int subscription = subscriptions.at(i);
            int client = workload.clients()[subscription];
            byte itsQos = workload.qos()[subscription];
            if (stamps[client] != stamp) {
                stamps[client] = stamp;
                qos[client] = itsQos;
                clients.add(client);
            } else if (itsQos > qos[client]) {
                qos[client] = itsQos;
            }
        }
        return clients;
    }

    /** The QoS of a client of the last merge. */
    int qos(int client) {
        return qos[client];
    }
}
