package io.orrery.gossip.registry.cell;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A set of writes: of each origin those up to a sequence, and of retired origins all. What a replica has seen is such a set;
 * so is what it has collected.
 *
 * <p>An origin is retired when its node lives a later life and nobody holds a cell of it any more: then "all of that node's
 * lives up to this one" says the same in one number for ever.
 */
public final class Versions {
    public static final long SEQUENCE_MAX = 1L << 60;

    private final TreeMap<Origin, Long> sequences = new TreeMap<>();
    private final TreeMap<NodeId, Long> retired = new TreeMap<>();

    public Versions() {}

    public Versions(Versions other) {
        sequences.putAll(other.sequences);
        retired.putAll(other.retired);
    }

    /** Whether the write is in the set. */
    public boolean covers(Origin origin, long sequence) {
        Long seen = sequences.get(origin);
        return seen != null && seen >= sequence || isRetired(origin);
    }

    public boolean covers(Cell cell) {
        return covers(cell.origin(), cell.sequence());
    }

    public boolean isRetired(Origin origin) {
        if (retired.isEmpty()) {
            return false;
        }
        Long life = retired.get(origin.node());
        return life != null && life >= origin.life();
    }

    /** Up to where the origin's writes are in the set; 0 for none, and for a retired one. */
    public long sequence(Origin origin) {
        return sequences.getOrDefault(origin, 0L);
    }

    /** Whether each write of the other set is in this one. */
    public boolean includes(Versions other) {
        for (Map.Entry<Origin, Long> entry : other.sequences.entrySet()) {
            if (!covers(entry.getKey(), entry.getValue())) {
                return false;
            }
        }
        for (Map.Entry<NodeId, Long> entry : other.retired.entrySet()) {
            if (retired.getOrDefault(entry.getKey(), 0L) < entry.getValue()) {
                return false;
            }
        }
        return true;
    }

    /** Adds the origin's writes up to a sequence. Whether that was something new. */
    public boolean add(Origin origin, long sequence) {
        Check.argument(sequence > 0 && sequence <= SEQUENCE_MAX, "sequences begin with 1");
        if (covers(origin, sequence)) {
            return false;
        }
        sequences.put(origin, sequence);
        return true;
    }

    /** The union. Whether that was something new. */
    public boolean join(Versions other) {
        boolean grew = false;
        for (Map.Entry<NodeId, Long> entry : other.retired.entrySet()) {
            grew |= retire(entry.getKey(), entry.getValue());
        }
        for (Map.Entry<Origin, Long> entry : other.sequences.entrySet()) {
            grew |= add(entry.getKey(), entry.getValue());
        }
        return grew;
    }

    /** Adds all writes of a node's lives up to one. Whether that was something new. */
    public boolean retire(NodeId node, long life) {
        if (retired.getOrDefault(node, 0L) >= life) {
            return false;
        }
        retired.put(node, life);
        Iterator<Origin> lives = sequences
                .subMap(new Origin(node, 1), true, new Origin(node, life), true)
                .keySet()
                .iterator();
        while (lives.hasNext()) {
            lives.next();
            lives.remove();
        }
        return true;
    }

    /** The origins that are not retired, with up to where: a read-only view. */
    public SortedMap<Origin, Long> sequences() {
        return Collections.unmodifiableSortedMap(sequences);
    }

    /** Up to which life each node's origins are retired: a read-only view. */
    public SortedMap<NodeId, Long> retired() {
        return Collections.unmodifiableSortedMap(retired);
    }

    public boolean isEmpty() {
        return sequences.isEmpty() && retired.isEmpty();
    }

    /** Numbers in it: what it costs to keep and to send. */
    public int size() {
        return sequences.size() + retired.size();
    }

    /** Equal for equal sets. Part of the wire format. */
    public long hash() {
        long hash = 0x56657273L;
        for (Map.Entry<Origin, Long> entry : sequences.entrySet()) {
            hash += Prng.mix(entry.getKey().hash() ^ Prng.mix(entry.getValue()));
        }
        for (Map.Entry<NodeId, Long> entry : retired.entrySet()) {
            hash += Prng.mix(~new Origin(entry.getKey(), entry.getValue()).hash());
        }
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Versions that && sequences.equals(that.sequences) && retired.equals(that.retired);
    }

    @Override
    public int hashCode() {
        return 31 * sequences.hashCode() + retired.hashCode();
    }

    @Override
    public String toString() {
        return sequences + (retired.isEmpty() ? "" : " retired " + retired);
    }
}
