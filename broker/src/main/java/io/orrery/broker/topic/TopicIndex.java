package io.orrery.broker.topic;

import io.orrery.kernel.Check;

/**
 * Finds, for a topic name, the values of all filters that match it (MQTT 5.0 section 4.7).
 *
 * <p>A filter has a set of values: non-negative ints whose meaning is the user's (a node, a subscription). Filters without
 * a wildcard lie in a hash table, the others in a folded trie; a match scans the name once, probes the table, walks the trie,
 * and writes into the caller's collector. What it yields depends on the content alone: for each matching filter its
 * values in ascending order, a value once per filter. Removal leaves nothing behind.
 *
 * <p>A handle is a filter's number while it has values, and may be another's later.
 *
 * <p>Cost, in bytes beside a filter's text: 20 to 24 without a wildcard. With one, what its text has of its own behind the levels
 * that it shares with others is kept, and 19 bytes with it, and 11 to 12 more below a node of three children and more; where it
 * is the first to branch off, a fork of 37 bytes and the levels before it. A match visits at most min(nodes, 2^levels) nodes. For
 * one thread.
 */
public final class TopicIndex {
    /** In place of a handle: no such filter, or no change. */
    public static final int NONE = -1;

    /** Cursors below this are places of the table, the others of the trie. */
    private static final long TRIE_PLACES = 1L << 32;

    private static final int EXACT = 0;
    private static final int HERE = 1;
    private static final int BELOW = 2;

    private final ValueSets sets = new ValueSets();
    private final ExactTable exact;
    private final TopicTrie trie;
    private final LevelScan scan;
    private int filterCount;
    private long valueCount;

    public TopicIndex() {
        this(0);
    }

    /**
     * @param salt of the hashes: any number that publishers cannot guess
     */
    public TopicIndex(long salt) {
        scan = new LevelScan(salt);
        exact = new ExactTable(sets, salt);
        trie = new TopicTrie(sets, salt);
    }

    /** Adds the values of all matching filters; {@code topic} is a valid topic name. */
    public void match(String topic, IntCollector out) {
        scan.scan(topic);
        if (exact.size() > 0) {
            exact.match(scan, out);
        }
        if (filterCount > exact.size()) {
            trie.match(scan, out);
        }
    }

    public void match(TopicName topic, IntCollector out) {
        match(topic.text(), out);
    }

    /** Adds a value to a filter; returns the filter's handle, or {@link #NONE} if it had the value already. */
    public int add(TopicFilter filter, int value) {
        Check.argument(value >= 0, "a value is not negative");
        String text = filter.text();
        scan.scan(text);
        int kind = kind(text);
        int slot = kind == EXACT ? exact.findOrAdd(scan) : trie.findOrAdd(scan, kind == BELOW);
        int before = reference(kind, slot);
        int count = sets.count(before);
        int after = sets.add(before, value);
        if (sets.count(after) == count) {
            return NONE;
        }
        store(kind, slot, after);
        valueCount++;
        if (count == 0) {
            filterCount++;
        }
        return slot << 2 | kind;
    }

    /** Removes a value from a filter; false if it was not there. */
    public boolean remove(TopicFilter filter, int value) {
        int handle = find(filter);
        return handle != NONE && removeAt(handle, value);
    }

    /** Removes a value from the filter with this handle; false if it was not there. */
    public boolean removeAt(int handle, int value) {
        int kind = handle & 3;
        int slot = handle >>> 2;
        int before = reference(kind, slot);
        if (!sets.contains(before, value)) {
            return false;
        }
        int after = sets.remove(before, value);
        valueCount--;
        if (after == ValueSets.EMPTY) {
            filterCount--;
            Check.that(filterCount >= 0, "filters are removed once", filterCount);
        }
        store(kind, slot, after);
        return true;
    }

    /** The filter's handle, or {@link #NONE} if it has no values. */
    public int find(TopicFilter filter) {
        String text = filter.text();
        scan.scan(text);
        int kind = kind(text);
        int slot = kind == EXACT ? exact.find(scan) : trie.find(scan, kind == BELOW);
        return slot < 0 || reference(kind, slot) == ValueSets.EMPTY ? NONE : slot << 2 | kind;
    }

    public boolean contains(TopicFilter filter) {
        return find(filter) != NONE;
    }

    /** Adds the values of the filter with this handle, ascending. */
    public void values(int handle, IntCollector out) {
        sets.collect(reference(handle & 3, handle >>> 2), out);
    }

    /** The filter with this handle, rebuilt from the levels. */
    public TopicFilter filter(int handle) {
        int kind = handle & 3;
        return TopicFilter.of(kind == EXACT ? exact.text(handle >>> 2) : trie.text(handle >>> 2, kind == BELOW));
    }

    /** Adds the handles of all filters, in no order that means anything; linear in their number. */
    public void handles(IntCollector out) {
        for (int entry = 0; entry < exact.bound(); entry++) {
            if (exact.isUsed(entry)) {
                out.add(entry << 2 | EXACT);
            }
        }
        for (int node = 0; node < trie.bound(); node++) {
            collectNode(node, out);
        }
    }

    /**
     * Adds the handles among the next {@code limit} places of the index, so that all filters can be gone through piece by
     * piece: whoever has a value from the first piece to the last is in one of them.
     *
     * @param cursor 0 for the first piece, then what the piece before gave
     * @return 0 behind the last piece
     */
    public long handles(long cursor, int limit, IntCollector out) {
        Check.argument(limit > 0, "a piece has a place at least");
        if (cursor < TRIE_PLACES) {
            int end = (int) Math.min(exact.bound(), cursor + limit);
            for (int entry = (int) cursor; entry < end; entry++) {
                if (exact.isUsed(entry)) {
                    out.add(entry << 2 | EXACT);
                }
            }
            return end < exact.bound() ? end : TRIE_PLACES;
        }
        int from = (int) (cursor - TRIE_PLACES);
        int end = (int) Math.min(trie.bound(), (long) from + limit);
        for (int node = from; node < end; node++) {
            collectNode(node, out);
        }
        return end < trie.bound() ? TRIE_PLACES + end : 0;
    }

    private void collectNode(int node, IntCollector out) {
        if (!trie.isNode(node)) {
            return;
        }
        if (trie.reference(node, false) != ValueSets.EMPTY) {
            out.add(node << 2 | HERE);
        }
        if (trie.reference(node, true) != ValueSets.EMPTY) {
            out.add(node << 2 | BELOW);
        }
    }

    /** Filters that have a value. */
    public int filterCount() {
        return filterCount;
    }

    /** Values of all filters together. */
    public long valueCount() {
        return valueCount;
    }

    /** Nodes of the trie, without its root: 0 when no filter has a wildcard. */
    public int trieNodeCount() {
        return trie.size();
    }

    /** For tests that walk it. */
    TopicTrie trie() {
        return trie;
    }

    /** What all arrays take: goes through their pages, some thousands with ten million filters. */
    public IndexMemory memory() {
        IndexMemory memory = new IndexMemory();
        exact.measure(memory);
        trie.measure(memory);
        memory.sets += sets.reservedBytes();
        return memory;
    }

    /** Whether nothing at all is held: no filter, node, edge, label or array. */
    public boolean isClean() {
        return filterCount == 0 && valueCount == 0 && exact.size() == 0 && trie.isClean() && sets.arraysUsed() == 0;
    }

    private static int kind(String text) {
        if (text.charAt(text.length() - 1) == '#') {
            return BELOW;
        }
        return text.indexOf('+') >= 0 ? HERE : EXACT;
    }

    private int reference(int kind, int slot) {
        return kind == EXACT ? exact.reference(slot) : trie.reference(slot, kind == BELOW);
    }

    private void store(int kind, int slot, int reference) {
        if (kind == EXACT) {
            exact.reference(slot, reference);
        } else {
            trie.reference(slot, kind == BELOW, reference);
        }
    }
}
