package io.orrery.broker.session;

import io.orrery.kernel.NodeId;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which clients are connected to other nodes, as those nodes say. A client that connects here while it is connected there
 * gets a later stamp than any known, and the node with the earlier one closes its session.
 */
public final class ClientDirectory {
    private final TreeMap<NodeId, TreeMap<String, Long>> clients = new TreeMap<>();

    public void add(NodeId node, String clientId, long stamp) {
        clients.computeIfAbsent(node, n -> new TreeMap<>()).merge(clientId, stamp, Math::max);
    }

    /** Forgets a client of a node, unless it is there again with another stamp. */
    public void remove(NodeId node, String clientId, long stamp) {
        TreeMap<String, Long> of = clients.get(node);
        if (of != null) {
            of.remove(clientId, stamp);
        }
    }

    /** Forgets all clients of a node. */
    public void clear(NodeId node) {
        clients.remove(node);
    }

    /** Forgets everyone. */
    public void clear() {
        clients.clear();
    }

    /** The latest stamp that another node has for the client; 0 if none has it. */
    public long stamp(String clientId) {
        long latest = 0;
        for (TreeMap<String, Long> of : clients.values()) {
            latest = Math.max(latest, of.getOrDefault(clientId, 0L));
        }
        return latest;
    }

    /** The node that has the client, the latest if several; null if none has it. */
    public NodeId node(String clientId) {
        NodeId best = null;
        long latest = 0;
        for (Map.Entry<NodeId, TreeMap<String, Long>> entry : clients.entrySet()) {
            long stamp = entry.getValue().getOrDefault(clientId, 0L);
            if (stamp > latest) {
                latest = stamp;
                best = entry.getKey();
            }
        }
        return best;
    }

    /** Clients of all other nodes together. */
    public long size() {
        long size = 0;
        for (TreeMap<String, Long> of : clients.values()) {
            size += of.size();
        }
        return size;
    }
}
