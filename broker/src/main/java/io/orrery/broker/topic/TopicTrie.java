package io.orrery.broker.topic;

/**
 * The filters with wildcards, as a tree whose unbranched chains are folded (D. R. Morrison, PATRICIA, 1968, by levels in place
 * of bits): a node stands for all levels since the last place where something begins, ends or branches off.
 *
 * <p>{@code #} is no level here: its values are the second set of the node it follows.
 *
 * <ul>
 *   <li>T1: every node but the root has a value or two children at least: the tree's form follows from the filters alone, and
 *       removal leaves nothing behind.
 *   <li>T2: a match gives what it would give node by level: folding changes no order.
 * </ul>
 *
 * <p>A match visits at most min(nodes, 2^levels) nodes and allocates nothing. For one thread.
 */
final class TopicTrie {
    private static final int ROOT = TrieNodes.ROOT;

    private static final int NONE = -1;

    private final ValueSets sets;
    private final TrieNodes nodes;
    private Frontier frontier = new Frontier();
    private Frontier following = new Frontier();

    /**
     * @param salt of all scans that this is given
     */
    TopicTrie(ValueSets sets, long salt) {
        this.sets = sets;
        nodes = new TrieNodes(salt);
    }

    // --- matching

    /** Adds the values of all filters that match the scanned name. */
    void match(LevelScan scan, IntCollector out) {
        frontier.clear();
        frontier.add(nodes.place(ROOT), 0);
        boolean wild = !scan.startsWithDollar();
        int levels = scan.count();
        for (int level = 0; level < levels; level++) {
            following.clear();
            step(scan, level, wild, out);
            if (following.size() == 0) {
                return;
            }
            Frontier reached = following;
            following = frontier;
            frontier = reached;
            wild = true;
        }
        for (int i = 0; i < frontier.size(); i++) {
            int place = Frontier.place(frontier.at(i));
            byte[] array = nodes.array(place);
            int at = (int) (nodes.span(place) >>> 32);
            sets.collect(TrieBlock.values(array, at), out);
            if (TrieBlock.form(array, at) == TrieBlock.FORK) {
                sets.collect(TrieBlock.below(array, at), out);
            }
        }
    }

    /**
     * From the nodes in {@code frontier} by one level of the name to those in {@code following}. A node whose label goes further
     * than that level waits in its place, so that all come in the order of the levels that led to them (T2).
     */
    private void step(LevelScan scan, int level, boolean wild, IntCollector out) {
        for (int i = 0; i < frontier.size(); i++) {
            long item = frontier.at(i);
            if (Frontier.level(item) > level) {
                following.add(item);
                continue;
            }
            int place = Frontier.place(item);
            byte[] array = nodes.array(place);
            int at = (int) (nodes.span(place) >>> 32);
            int form = TrieBlock.form(array, at);
            if (form == TrieBlock.FORK) {
                branch(array, at, scan, level, wild, out);
            } else if (form == TrieBlock.LEAF_BELOW) {
                sets.collect(TrieBlock.values(array, at), out);
            }
        }
    }

    private void branch(byte[] array, int at, LevelScan scan, int level, boolean wild, IntCollector out) {
        if (wild) {
            sets.collect(TrieBlock.below(array, at), out);
            int plus = TrieBlock.plus(array, at);
            if (plus != 0) {
                followPlus(plus, scan, level);
            }
        }
        int first = TrieBlock.first(array, at);
        if (first > 0) {
            int print = TrieBlock.print(scan.hash(level));
            int prints = TrieBlock.prints(array, at);
            boolean isSecond = TrieBlock.secondPrint(prints) == print;
            int child = TrieBlock.firstPrint(prints) == print ? first : isSecond ? TrieBlock.second(array, at) : 0;
            if (child != 0 && !follow(child, scan, level) && child == first && isSecond) {
                followSecond(array, at, scan, level);
            }
        } else if (first < 0) {
            probe(TrieBlock.id(array, at), scan, level);
        }
    }

    /** Two levels with equal prints: one in some ten thousands. */
    private void followSecond(byte[] array, int at, LevelScan scan, int level) {
        int second = TrieBlock.second(array, at);
        if (second != 0) {
            follow(second, scan, level);
        }
    }

    private void probe(int parentId, LevelScan scan, int level) {
        HashSlots edges = nodes.edges();
        int hash = LevelHash.edge(parentId, scan.hash(level));
        long raw;
        for (int slot = edges.home(hash); (raw = edges.raw(slot)) != 0; slot = edges.next(slot)) {
            if (HashSlots.hash(raw) == hash && followOwn(parentId, HashSlots.value(raw), scan, level)) {
                return;
            }
        }
    }

    private boolean followOwn(int parentId, int child, LevelScan scan, int level) {
        int at = (int) (nodes.span(child) >>> 32);
        return TrieBlock.parent(nodes.array(child), at) == parentId && follow(child, scan, level);
    }

    /** Goes to a child whose label begins with {@code +}, if the name's levels behind are what the label goes on with. */
    private void followPlus(int child, LevelScan scan, int level) {
        byte[] array = nodes.array(child);
        long span = nodes.span(child);
        int at = (int) (span >>> 32);
        int end = at + (int) span;
        int label = TrieBlock.label(array, at);
        if (end - label == 1) {
            following.add(child, level + 1);
        } else {
            followOn(child, array, label + 1, end, scan, scan.end(level), level);
        }
    }

    /** Goes to a literal child if the name's next levels are what it is labelled with. */
    private boolean follow(int child, LevelScan scan, int level) {
        byte[] array = nodes.array(child);
        long span = nodes.span(child);
        int at = (int) (span >>> 32);
        int end = at + (int) span;
        int label = TrieBlock.label(array, at);
        int start = scan.start(level);
        int length = scan.end(level) - start;
        if (end - label < length || !LevelHash.same(array, label, scan.bytes(), start, length)) {
            return false;
        }
        if (end - label == length) {
            following.add(child, level + 1);
            return true;
        }
        return followOn(child, array, label + length, end, scan, start + length, level);
    }

    /**
     * Goes to a child if the rest of its label, from a separator on, is the rest of the name or some levels of it.
     *
     * @param from where the level ends in the name that the label has matched so far
     */
    private boolean followOn(int child, byte[] label, int rest, int end, LevelScan scan, int from, int matched) {
        byte[] topic = scan.bytes();
        int level = matched;
        int t = from;
        int at = rest;
        while (at < end) {
            byte b = label[at++];
            if (b == '+') {
                t = scan.end(level);
            } else if (topic[t++] != b) {
                return false;
            } else if (b == '/') {
                level++;
            }
        }
        if (t != scan.end(level)) {
            return false;
        }
        following.add(child, level + 1);
        return true;
    }

    // --- finding and changing

    /** The node that a filter's values belong to, without its {@code #}; -1 if there is none. */
    int find(LevelScan scan, boolean below) {
        int levels = below ? scan.count() - 1 : scan.count();
        int place = nodes.place(ROOT);
        int level = 0;
        while (level < levels) {
            int child = child(place, scan, level, levels);
            if (child == NONE) {
                return NONE;
            }
            int shared = shared(child, scan, level, levels);
            if (shared != labelBytes(child)) {
                return NONE;
            }
            level = levelBehind(scan, level, shared);
            place = child;
        }
        return nodes.id(place);
    }

    /** Finds or makes the node that a filter's values belong to; one made here must get a value at once. */
    int findOrAdd(LevelScan scan, boolean below) {
        int levels = below ? scan.count() - 1 : scan.count();
        int place = nodes.place(ROOT);
        int level = 0;
        while (level < levels) {
            int child = child(place, scan, level, levels);
            if (child == NONE) {
                return nodes.id(nodes.addLeaf(place, scan.bytes(), scan.start(level), scan.end(levels - 1)));
            }
            int shared = shared(child, scan, level, levels);
            place = shared < labelBytes(child) ? nodes.split(child, shared) : child;
            level = levelBehind(scan, level, shared);
        }
        return nodes.id(place);
    }

    /** The child whose label begins with a level of a filter, or -1. */
    private int child(int place, LevelScan scan, int level, int levels) {
        if (scan.isPlus(level)) {
            int plus = nodes.plus(place);
            return plus == 0 ? NONE : plus;
        }
        int first = nodes.first(place);
        if (first >= 0) {
            int second = nodes.second(place);
            if (first != 0 && shared(first, scan, level, levels) != NONE) {
                return first;
            }
            return second != 0 && shared(second, scan, level, levels) != NONE ? second : NONE;
        }
        HashSlots edges = nodes.edges();
        int hash = LevelHash.edge(nodes.id(place), scan.hash(level));
        long raw;
        for (int slot = edges.home(hash); (raw = edges.raw(slot)) != 0; slot = edges.next(slot)) {
            int child = HashSlots.value(raw);
            if (HashSlots.hash(raw) == hash
                    && nodes.parent(child) == place
                    && shared(child, scan, level, levels) != NONE) {
                return child;
            }
        }
        return NONE;
    }

    private int labelBytes(int place) {
        byte[] array = nodes.array(place);
        long span = nodes.span(place);
        return (int) span - TrieBlock.headBytes(TrieBlock.form(array, (int) (span >>> 32)));
    }

    /** How many bytes of a node's label a filter shares, in whole levels; -1 if already the first level differs. */
    private int shared(int place, LevelScan scan, int level, int levels) {
        byte[] label = nodes.array(place);
        long span = nodes.span(place);
        int begin = (int) (span >>> 32);
        int from = TrieBlock.label(label, begin);
        int labelLength = begin + (int) span - from;
        byte[] filter = scan.bytes();
        int start = scan.start(level);
        int filterLength = scan.end(levels - 1) - start;
        int shorter = Math.min(labelLength, filterLength);
        int lastEnd = NONE;
        for (int i = 0; i < shorter; i++) {
            byte b = label[from + i];
            if (b != filter[start + i]) {
                return lastEnd;
            }
            if (b == '/') {
                lastEnd = i;
            }
        }
        boolean isLevelOver = (labelLength == shorter || label[from + shorter] == '/')
                && (filterLength == shorter || filter[start + shorter] == '/');
        return isLevelOver ? shorter : lastEnd;
    }

    /** The level that follows some levels of a filter with so many bytes. */
    private static int levelBehind(LevelScan scan, int from, int bytes) {
        int end = scan.start(from) + bytes;
        int level = from;
        while (scan.start(level) <= end) {
            level++;
        }
        return level;
    }

    /** The reference of a node's values: its own, or those of the {@code #} below it. */
    int reference(int node, boolean below) {
        return nodes.reference(node, below);
    }

    /** Stores a node's changed values, and restores T1. */
    void reference(int node, boolean below, int reference) {
        nodes.reference(node, below, reference);
        if (reference == ValueSets.EMPTY) {
            tidy(nodes.place(node));
        }
        nodes.settle();
    }

    /** A node lost values or a child: removes it, or folds it, if T1 asks for it, and its parent after it. */
    private void tidy(int from) {
        int place = from;
        while (nodes.id(place) != ROOT) {
            int node = nodes.id(place);
            boolean isHere = nodes.reference(node, false) != ValueSets.EMPTY;
            boolean isBelow = nodes.reference(node, true) != ValueSets.EMPTY;
            int plus = nodes.plus(place);
            int children = nodes.literals(place) + (plus == 0 ? 0 : 1);
            if (children == 1 && !isHere && !isBelow) {
                nodes.fold(place, plus == 0 ? nodes.first(place) : plus);
            }
            if (children > 0 || isHere && isBelow) {
                return;
            }
            if (isHere || isBelow) {
                if (nodes.isFork(place)) {
                    nodes.reform(place, isBelow ? TrieBlock.LEAF_BELOW : TrieBlock.LEAF);
                }
                return;
            }
            place = nodes.remove(place);
        }
    }

    // --- for the index

    /** The filter's text, from the root down. */
    String text(int node, boolean below) {
        return nodes.text(node, below);
    }

    TrieNodes nodes() {
        return nodes;
    }

    /** Nodes but the root. */
    int size() {
        return nodes.size();
    }

    /** Nodes are below this. */
    int bound() {
        return nodes.bound();
    }

    /** Whether the number is a node in use. */
    boolean isNode(int node) {
        return nodes.isNode(node);
    }

    boolean isClean() {
        return nodes.isClean();
    }

    void measure(IndexMemory memory) {
        nodes.measure(memory);
    }
}
