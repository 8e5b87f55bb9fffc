package io.orrery.broker.heal;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The last decision about a split, as the cluster's state holds it.
 *
 * @param index of the command that brought it; 0 if there was none
 * @param restarts the nodes that restart, each with the generation that does: a later one does not restart again
 */
public record HealRecord(long index, SortedMap<NodeId, Long> restarts) {
    public static final HealRecord NONE = new HealRecord(0, Collections.emptySortedMap());

    private static final int NODES_MAX = 1_024;

    public HealRecord {
        restarts = Collections.unmodifiableSortedMap(new TreeMap<>(restarts));
    }

    /** Whether that life of a node restarts. */
    public boolean restarts(NodeId node, long generation) {
        Long asked = restarts.get(node);
        return asked != null && asked == generation;
    }

    /** The nodes and generations, in bytes. */
    public static void encode(SortedMap<NodeId, Long> restarts, Encoder out) {
        out.writeVarLong(restarts.size());
        restarts.forEach((node, generation) -> {
            out.writeNode(node);
            out.writeVarLong(generation);
        });
    }

    public static SortedMap<NodeId, Long> decode(Decoder in) {
        int count = in.readCount(2);
        if (count > NODES_MAX) {
            throw new DecodeException("more nodes than a cluster has");
        }
        TreeMap<NodeId, Long> restarts = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            restarts.put(in.readNode(), in.readVarLong());
        }
        return restarts;
    }
}
