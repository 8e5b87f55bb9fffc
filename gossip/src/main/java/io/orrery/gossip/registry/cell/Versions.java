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
 * A set of writes: of each origin those up to a sequence, perhaps some strays beyond; and origins that are retired. What a replica
 * has seen is such a set; so is what it has collected.
 *
 * <p>A stray came without those before it, because who told it was lost before it had told all. It is kept one by one, and there
 * are few.
 *
 * <p>An origin is retired when its node lives a later life and nobody holds a cell of it any more: then "all of that node's
 * lives up to this one" says in one number for ever that nothing more is taken of them. It does not say that all of them was seen, or
 * that somebody knows all of them (CellStore's S5).
 *
 * <ul>
 *   <li>V1: {@link #hash} is a sum over all numbers, kept with each change: digests carry it, and are sent much more often than
 *       something is written.
 * </ul>
 */
public final class Versions {
    public static final long SEQUENCE_MAX = 1L << 60;

    private static final long EMPTY_HASH = 0x56657273L;

    private final SortedLongs<Origin> sequences;
    private final SortedLongs<NodeId> retired;
    /** Beyond the next of the origin's sequence; no set is empty. Null while there was none: so it nearly always is. */
    private TreeMap<Origin, TreeSet<Long>> strays;

    private long hash;

    public Versions() {
        this(0);
    }

    /** An empty set, with room for the sequences of so many origins. */
    public Versions(int origins) {
        sequences = new SortedLongs<>(origins);
        retired = new SortedLongs<>(0);
        hash = EMPTY_HASH;
    }

    /** A copy: it takes no more than a few objects, and what either changes later costs a copy of its arrays once. */
    public Versions(Versions other) {
        sequences = new SortedLongs<>(other.sequences);
        retired = new SortedLongs<>(other.retired);
        hash = other.hash;
        if (other.strays != null) {
            strays = new TreeMap<>();
            other.strays.forEach((origin, beyond) -> strays.put(origin, new TreeSet<>(beyond)));
        }
    }

    /** Whether the write is in the set. */
    public boolean covers(Origin origin, long sequence) {
        return sequences.of(origin) >= sequence || isRetired(origin) || isStray(origin, sequence);
    }

    /** Whether the write was counted by its own number, and not only as one of a retired life. */
    public boolean counts(Origin origin, long sequence) {
        return sequences.of(origin) >= sequence || isStray(origin, sequence);
    }

    public boolean counts(Cell cell) {
        return counts(cell.origin(), cell.sequence());
    }

    public boolean isStray(Origin origin, long sequence) {
        TreeSet<Long> beyond = strays == null ? null : strays.get(origin);
        return beyond != null && beyond.contains(sequence);
    }

    public boolean covers(Cell cell) {
        return covers(cell.origin(), cell.sequence());
    }

    public boolean isRetired(Origin origin) {
        return retired.size() > 0 && retired.of(origin.node()) >= origin.life();
    }

    /** Up to where the origin's writes are in the set; 0 for none, and for a retired one. */
    public long sequence(Origin origin) {
        return sequences.of(origin);
    }

    /** Whether each write of the other set is in this one. */
    public boolean includes(Versions other) {
        if (sequences.isShareOf(other.sequences)
                && retired.isShareOf(other.retired)
                && strays().equals(other.strays())) {
            return true;
        }
        for (int i = 0; i < other.sequences.size(); i++) {
            Origin origin = other.sequences.keyAt(i);
            if (sequence(origin) < other.sequences.valueAt(i) && !isRetired(origin)) {
                return false;
            }
        }
        for (Map.Entry<Origin, TreeSet<Long>> entry : other.strays().entrySet()) {
            for (long stray : entry.getValue()) {
                if (!covers(entry.getKey(), stray)) {
                    return false;
                }
            }
        }
        for (int i = 0; i < other.retired.size(); i++) {
            if (retired.of(other.retired.keyAt(i)) < other.retired.valueAt(i)) {
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
        set(origin, sequence);
        if (strays != null) {
            absorbStrays(origin);
        }
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
        strays = strays == null ? new TreeMap<>() : strays;
        strays.computeIfAbsent(origin, first -> new TreeSet<>()).add(sequence);
        hash += strayHash(origin, sequence);
        return true;
    }

    private void set(Origin origin, long sequence) {
        long before = sequences.of(origin);
        hash += sequenceHash(origin, sequence) - (before == 0 ? 0 : sequenceHash(origin, before));
        sequences.set(origin, sequence);
    }

    private void absorbStrays(Origin origin) {
        TreeSet<Long> beyond = strays.get(origin);
        if (beyond == null) {
            return;
        }
        long end = sequence(origin);
        while (!beyond.isEmpty() && beyond.first() <= end + 1) {
            long stray = beyond.pollFirst();
            hash -= strayHash(origin, stray);
            end = Math.max(end, stray);
        }
        set(origin, end);
        if (beyond.isEmpty()) {
            strays.remove(origin);
        }
    }

    /** The union. Whether that was something new. */
    public boolean join(Versions other) {
        boolean grew = false;
        for (int i = 0; i < other.retired.size(); i++) {
            grew |= retire(other.retired.keyAt(i), other.retired.valueAt(i));
        }
        for (int i = 0; i < other.sequences.size(); i++) {
            grew |= add(other.sequences.keyAt(i), other.sequences.valueAt(i));
        }
        for (Map.Entry<Origin, TreeSet<Long>> entry : other.strays().entrySet()) {
            for (long stray : entry.getValue()) {
                grew |= addOne(entry.getKey(), stray);
            }
        }
        return grew;
    }

    /** Adds all writes of a node's lives up to one. Whether that was something new. */
    public boolean retire(NodeId node, long life) {
        long before = retired.of(node);
        if (before >= life) {
            return false;
        }
        hash += retiredHash(node, life) - (before == 0 ? 0 : retiredHash(node, before));
        retired.set(node, life);
        if (sequences.size() == 0 && strays == null) {
            return true;
        }
        Origin first = new Origin(node, 1);
        Origin last = new Origin(node, life);
        int at = sequences.from(first);
        while (at < sequences.size() && sequences.keyAt(at).compareTo(last) <= 0) {
            hash -= sequenceHash(sequences.keyAt(at), sequences.valueAt(at));
            sequences.removeAt(at);
        }
        if (strays != null) {
            SortedMap<Origin, TreeSet<Long>> over = strays.subMap(first, true, last, true);
            over.forEach((origin, beyond) -> beyond.forEach(stray -> hash -= strayHash(origin, stray)));
            over.clear();
        }
        return true;
    }

    /** The origins that are not retired, with up to where, sorted: a read-only view. */
    public Map<Origin, Long> sequences() {
        return sequences;
    }

    /** How many {@link #sequences} there are: these, and what they hold, by their place. */
    public int count() {
        return sequences.size();
    }

    public Origin originAt(int place) {
        return sequences.keyAt(place);
    }

    public long sequenceAt(int place) {
        return sequences.valueAt(place);
    }

    /** Up to which life the node's origins are retired; 0 for none. */
    public long retired(NodeId node) {
        return retired.of(node);
    }

    /** Up to which life each node's origins are retired, sorted: a read-only view. */
    public Map<NodeId, Long> retired() {
        return retired;
    }

    /** How many {@link #retired} there are: these, and their lives, by their place. */
    public int retiredCount() {
        return retired.size();
    }

    public NodeId retiredAt(int place) {
        return retired.keyAt(place);
    }

    public long retiredLifeAt(int place) {
        return retired.valueAt(place);
    }

    /** The strays of each origin that has some: a read-only view. */
    public SortedMap<Origin, TreeSet<Long>> strays() {
        return strays == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(strays);
    }

    /** Numbers in it: what it costs to keep and to send. */
    public int size() {
        int size = sequences.size() + retired.size();
        return size + strayCount();
    }

    /** How many {@link #strays} there are, over all origins. */
    public int strayCount() {
        int count = 0;
        if (strays != null) {
            for (TreeSet<Long> beyond : strays.values()) {
                count += beyond.size();
            }
        }
        return count;
    }

    /** V1. Equal for equal sets. Part of the wire format. */
    public long hash() {
        return hash;
    }

    private static long sequenceHash(Origin origin, long sequence) {
        return Prng.mix(origin.hash() ^ Prng.mix(sequence));
    }

    private static long retiredHash(NodeId node, long life) {
        return Prng.mix(~Origin.hash(node, life));
    }

    private static long strayHash(Origin origin, long stray) {
        return Prng.mix(Prng.mix(origin.hash()) ^ stray);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Versions that
                && hash == that.hash
                && sequences.isSame(that.sequences)
                && retired.isSame(that.retired)
                && strays().equals(that.strays());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    @Override
    public String toString() {
        return sequences
                + (strays().isEmpty() ? "" : " strays " + strays)
                + (retired.isEmpty() ? "" : " retired " + retired);
    }
}
