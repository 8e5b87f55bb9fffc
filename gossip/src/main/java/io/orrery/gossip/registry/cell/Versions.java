package io.orrery.gossip.registry.cell;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A set of writes: of each origin those up to a sequence, perhaps some strays beyond, and of retired origins all. What a replica
 * has seen is such a set; so is what it has collected.
 *
 * <p>A stray came without those before it, because who told it was lost before it had told all. It is kept one by one, and there
 * are few.
 *
 * <p>An origin is retired when its node lives a later life and nobody holds a cell of it any more: then "all of that node's
 * lives up to this one" says the same in one number for ever.
 */
public final class Versions {
    public static final long SEQUENCE_MAX = 1L << 60;

    private final TreeMap<Origin, Long> sequences = new TreeMap<>();
    private final TreeMap<NodeId, Long> retired = new TreeMap<>();
    /** Beyond the next of the origin's sequence; no set is empty. */
    private final TreeMap<Origin, TreeSet<Long>> strays = new TreeMap<>();

    public Versions() {}

    public Versions(Versions other) {
        sequences.putAll(other.sequences);
        retired.putAll(other.retired);
        other.strays.forEach((origin, beyond) -> strays.put(origin, new TreeSet<>(beyond)));
    }

    /** Whether the write is in the set. */
    public boolean covers(Origin origin, long sequence) {
        Long seen = sequences.get(origin);
        return seen != null && seen >= sequence || isRetired(origin) || isStray(origin, sequence);
    }

    public boolean isStray(Origin origin, long sequence) {
        TreeSet<Long> beyond = strays.isEmpty() ? null : strays.get(origin);
        return beyond != null && beyond.contains(sequence);
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
            if (sequence(entry.getKey()) < entry.getValue() && !isRetired(entry.getKey())) {
                return false;
            }
        }
        for (Map.Entry<Origin, TreeSet<Long>> entry : other.strays.entrySet()) {
            for (long stray : entry.getValue()) {
                if (!covers(entry.getKey(), stray)) {
                    return false;
                }
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
        if (sequence(origin) >= sequence || isRetired(origin)) {
            return false;
        }
        sequences.put(origin, sequence);
        absorbStrays(origin);
        return true;
    }

    /** Adds one write, whether those before it are there or not. Whether that was something new. */
    public boolean addOne(Origin origin, long sequence) {
        Check.argument(sequence > 0 && sequence <= SEQUENCE_MAX, "sequences begin with 1");
        if (covers(origin, sequence)) {
            return false;
        }
        if (sequence == sequence(origin) + 1) {
            return add(origin, sequence);
        }
        strays.computeIfAbsent(origin, first -> new TreeSet<>()).add(sequence);
        return true;
    }

    private void absorbStrays(Origin origin) {
        TreeSet<Long> beyond = strays.get(origin);
        if (beyond == null) {
            return;
        }
        long end = sequence(origin);
        while (!beyond.isEmpty() && beyond.first() <= end + 1) {
            end = Math.max(end, beyond.pollFirst());
        }
        sequences.put(origin, end);
        if (beyond.isEmpty()) {
            strays.remove(origin);
        }
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
        for (Map.Entry<Origin, TreeSet<Long>> entry : other.strays.entrySet()) {
            for (long stray : entry.getValue()) {
                grew |= addOne(entry.getKey(), stray);
            }
        }
        return grew;
    }

    /** Adds all writes of a node's lives up to one. Whether that was something new. */
    public boolean retire(NodeId node, long life) {
        if (retired.getOrDefault(node, 0L) >= life) {
            return false;
        }
        retired.put(node, life);
        Origin first = new Origin(node, 1);
        sequences.subMap(first, true, new Origin(node, life), true).clear();
        strays.subMap(first, true, new Origin(node, life), true).clear();
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

    /** The strays of each origin that has some: a read-only view. */
    public SortedMap<Origin, TreeSet<Long>> strays() {
        return Collections.unmodifiableSortedMap(strays);
    }

    /** Numbers in it: what it costs to keep and to send. */
    public int size() {
        int size = sequences.size() + retired.size();
        for (TreeSet<Long> beyond : strays.values()) {
            size += beyond.size();
        }
        return size;
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
        for (Map.Entry<Origin, TreeSet<Long>> entry : strays.entrySet()) {
            for (long stray : entry.getValue()) {
                hash += Prng.mix(Prng.mix(entry.getKey().hash()) ^ stray);
            }
        }
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Versions that
                && sequences.equals(that.sequences)
                && retired.equals(that.retired)
                && strays.equals(that.strays);
    }

    @Override
    public int hashCode() {
        return 31 * sequences.hashCode() + retired.hashCode();
    }

    @Override
    public String toString() {
        return sequences
                + (strays.isEmpty() ? "" : " strays " + strays)
                + (retired.isEmpty() ? "" : " retired " + retired);
    }
}
