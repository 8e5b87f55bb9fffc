package io.orrery.gossip.check;

import io.orrery.gossip.owner.RowHash;
import io.orrery.gossip.owner.message.Operation;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * rows(o, g, s) for one owner and generation and every s: folded from the owner's own operations, apart from its tables.
 *
 * <p>Remembers the digests of the last {@value #DIGESTS_MAX} operations. If operations were missed, what came before them is
 * unknown, and so are the rows: digests are then known only where the owner was seen.
 */
final class RowHistory {
    private static final int DIGESTS_MAX = 8192;

    private final NodeId owner;
    private final long generation;
    private final TreeMap<Long, OwnerDigest> digests = new TreeMap<>();
    /** Of each row when it came and went, in turn. */
    private final TreeMap<Bytes, List<Long>> changes = new TreeMap<>(RowHash::compare);

    private long sequence;
    private long count;
    private long hash;
    private boolean whole = true;

    RowHistory(NodeId owner, long generation) {
        this.owner = owner;
        this.generation = generation;
    }

    long generation() {
        return generation;
    }

    long sequence() {
        return sequence;
    }

    /**
     * Folds what the owner did since.
     *
     * @param operations behind {@link #sequence}; null if they are forgotten
     * @param now the owner's own digest, at its last operation
     * @return what the fold gives at the owner's sequence; {@code now} if it is not known
     */
    OwnerDigest follow(List<Operation> operations, OwnerDigest now) {
        whole &= operations != null;
        if (whole) {
            operations.forEach(this::fold);
            return digests.getOrDefault(now.sequence(), new OwnerDigest(owner, generation, sequence, count, hash));
        }
        sequence = now.sequence();
        changes.clear();
        remember(now);
        return now;
    }

    private void fold(Operation operation) {
        sequence++;
        List<Long> times = changes.computeIfAbsent(operation.row(), first -> new ArrayList<>(1));
        boolean there = times.size() % 2 == 1;
        if (operation.added() != there) {
            times.add(sequence);
            count += operation.added() ? 1 : -1;
            hash ^= RowHash.of(operation.row());
        }
        remember(new OwnerDigest(owner, generation, sequence, count, hash));
    }

    private void remember(OwnerDigest digest) {
        digests.put(digest.sequence(), digest);
        if (digests.size() > DIGESTS_MAX) {
            digests.pollFirstEntry();
        }
    }

    /** The digest of rows(o, g, s); null if it is not known. */
    OwnerDigest digest(long s) {
        return digests.get(s);
    }

    /** Whether {@link #isExactly} knows. */
    boolean isWhole() {
        return whole;
    }

    /**
     * Whether these are rows(o, g, s) up to a cursor, and no others.
     *
     * @param cursor null for all
     */
    boolean isExactly(Set<Bytes> rows, long s, Bytes cursor) {
        int held = 0;
        for (Map.Entry<Bytes, List<Long>> change : changes.entrySet()) {
            Bytes row = change.getKey();
            if (wasThere(change.getValue(), s) && isUpTo(row, cursor)) {
                if (!rows.contains(row)) {
                    return false;
                }
                held++;
            }
        }
        return held == rows.size();
    }

    private static boolean wasThere(List<Long> times, long s) {
        int before = 0;
        while (before < times.size() && times.get(before) <= s) {
            before++;
        }
        return before % 2 == 1;
    }

    static boolean isUpTo(Bytes row, Bytes cursor) {
        return cursor == null || !cursor.isEmpty() && RowHash.compare(row, cursor) <= 0;
    }
}
