package io.orrery.broker.heal;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The decisions about splits, as the cluster's state holds them.
 *
 * <p>Not the last one alone: a node that was behind may learn of two at once, and the first may be about it.
 *
 * @param index of the command that brought the last one; 0 if there was none
 * @param restarts the nodes that restart, each with the latest generation that does: a later one does not restart again
 */
public record HealRecord(long index, SortedMap<NodeId, Long> restarts) {
    public static final HealRecord NONE = new HealRecord(0, Collections.emptySortedMap());

    private static final int NODES_MAX = 1_024;

    public HealRecord {
        restarts = Collections.unmodifiableSortedMap(new TreeMap<>(restarts));
    }

    /**
     * The record with one more decision. Earlier ones are kept of nodes that still are the cluster's, as far as there is room.
     *
     * @param index of the command that brings it
     */
    public HealRecord and(long index, SortedMap<NodeId, Long> more, Predicate<NodeId> isKept) {
        TreeMap<NodeId, Long> all = new TreeMap<>(more);
        restarts.forEach((node, generation) -> {
            Long later = all.get(node);
            if (later != null) {
                all.put(node, Math.max(later, generation));
            } else if (isKept.test(node) && all.size() < NODES_MAX) {
                all.put(node, generation);
            }
        });
        return new HealRecord(index, all);
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
