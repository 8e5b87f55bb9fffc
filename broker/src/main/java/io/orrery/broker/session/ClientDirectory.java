package io.orrery.broker.session;

import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which clients are connected to other nodes, as those nodes say. A client that connects here while it is connected there
 * gets a later stamp than any known, and the node with the earlier one closes its session.
 */
public final class ClientDirectory {
    private final TreeMap<NodeId, TreeMap<String, Long>> clients = new TreeMap<>();
    /** Of nodes that are taken for dead: nobody asks for these, and they may count again. */
    private final TreeMap<NodeId, TreeMap<String, Long>> hidden = new TreeMap<>();

    public void add(NodeId node, String clientId, long stamp) {
        TreeMap<String, Long> aside = hidden.get(node);
        TreeMap<String, Long> of = aside != null ? aside : clients.computeIfAbsent(node, n -> new TreeMap<>());
        of.merge(clientId, stamp, Math::max);
    }

    /** Forgets a client of a node, unless it is there again with another stamp. */
    public void remove(NodeId node, String clientId, long stamp) {
        TreeMap<String, Long> of = hidden.getOrDefault(node, clients.get(node));
        if (of != null) {
            of.remove(clientId, stamp);
        }
    }

    /** Forgets all clients of a node. */
    public void clear(NodeId node) {
        clients.remove(node);
        hidden.remove(node);
    }

    /** Puts all clients of a node out of sight; they may go on changing. */
    public void hide(NodeId node) {
        TreeMap<String, Long> of = clients.remove(node);
        hidden.put(node, of == null ? new TreeMap<>() : of);
    }

    /** Puts the clients of a node in sight again. */
    public void show(NodeId node) {
        TreeMap<String, Long> of = hidden.remove(node);
        if (of != null && !of.isEmpty()) {
            clients.put(node, of);
        }
    }

    /**
     * The next clients of a node, for whoever goes through them piece by piece.
     *
     * @param after null for the first ones
     */
    public List<String> clients(NodeId node, String after, int limit) {
        TreeMap<String, Long> of = clients.get(node);
        List<String> next = new ArrayList<>();
        if (of != null) {
            Iterator<String> rest =
                    (after == null ? of : of.tailMap(after, false)).keySet().iterator();
            while (rest.hasNext() && next.size() < limit) {
                next.add(rest.next());
            }
        }
        return next;
    }

    /** The stamp that a node has for a client; 0 if it has it not. */
    public long stamp(NodeId node, String clientId) {
        TreeMap<String, Long> of = clients.get(node);
        return of == null ? 0 : of.getOrDefault(clientId, 0L);
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
