package io.orrery.broker.topic;

import io.orrery.kernel.arena.ByteArena;

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
    static final int ROOT = TrieNodes.ROOT;

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
        frontier.add(ROOT, 0);
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
            int node = Frontier.node(frontier.at(i));
            int fork = nodes.fork(node);
            sets.collect(nodes.values(node), out);
            if (fork > TrieNodes.NO_FORK) {
                sets.collect(nodes.below(fork), out);
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
            int node = Frontier.node(item);
            int fork = nodes.fork(node);
            if (fork > TrieNodes.NO_FORK) {
                branch(node, fork, scan, level, wild, out);
            } else if (fork == TrieNodes.ONLY_BELOW) {
                sets.collect(nodes.values(node), out);
            }
        }
    }

    private void branch(int node, int fork, LevelScan scan, int level, boolean wild, IntCollector out) {
        if (wild) {
            sets.collect(nodes.below(fork), out);
            int plus = nodes.plus(fork);
            if (plus != 0) {
                follow(plus, scan, level);
            }
        }
        int first = nodes.first(fork);
        if (first > 0) {
            int second = nodes.second(fork);
            if (!follow(first, scan, level) && second != 0) {
                follow(second, scan, level);
            }
        } else if (first < 0) {
            HashSlots edges = nodes.edges();
            int hash = LevelHash.edge(node, scan.hash(level));
            long raw;
            for (int slot = edges.home(hash); (raw = edges.raw(slot)) != 0; slot = edges.next(slot)) {
                int child = HashSlots.value(raw);
                if (HashSlots.hash(raw) == hash && nodes.parent(child) == node && follow(child, scan, level)) {
                    return;
                }
            }
        }
    }

    /** Goes to a child if the name's next levels are what it is labelled with. */
    private boolean follow(int child, LevelScan scan, int level) {
        int reached = match(child, scan, level);
        if (reached == NONE) {
            return false;
        }
        following.add(child, reached);
        return true;
    }

    /** The level behind those of the name that a node's label matches, or -1 if it matches none. */
    private int match(int node, LevelScan scan, int from) {
        ByteArena arena = nodes.arena(node);
        int name = nodes.label(node);
        byte[] label = arena.array(name);
        long span = arena.span(name);
        int at = (int) (span >>> 32);
        int end = at + (int) span;
        byte[] topic = scan.bytes();
        int level = from;
        int t = scan.start(level);
        while (at < end) {
            byte b = label[at++];
            if (b == '+') {
                t = scan.end(level);
            } else if (topic[t++] != b) {
                return NONE;
            } else if (b == '/') {
                level++;
            }
        }
        return t == scan.end(level) ? level + 1 : NONE;
    }

    // --- finding and changing

    /** The node that a filter's values belong to, without its {@code #}; -1 if there is none. */
    int find(LevelScan scan, boolean below) {
        int levels = below ? scan.count() - 1 : scan.count();
        int node = ROOT;
        int level = 0;
        while (level < levels) {
            int child = child(node, scan, level, levels);
            if (child == NONE) {
                return NONE;
            }
            int end = scan.start(level) + nodes.arena(child).length(nodes.label(child));
            if (shared(child, scan, level, levels) != end) {
                return NONE;
            }
            node = child;
            level = levelBehind(scan, level, end);
        }
        return node;
    }

    /** Finds or makes the node that a filter's values belong to; one made here must get a value at once. */
    int findOrAdd(LevelScan scan, boolean below) {
        int levels = below ? scan.count() - 1 : scan.count();
        int node = ROOT;
        int level = 0;
        while (level < levels) {
            int child = child(node, scan, level, levels);
            if (child == NONE) {
                child = nodes.add(scan.bytes(), scan.start(level), scan.end(levels - 1));
                nodes.hang(node, child);
                return child;
            }
            int start = scan.start(level);
            int shared = shared(child, scan, level, levels);
            if (shared < start + nodes.arena(child).length(nodes.label(child))) {
                child = split(child, scan.bytes(), start, shared);
            }
            node = child;
            level = levelBehind(scan, level, shared);
        }
        return node;
    }

    /** The child whose label begins with a level of a filter, or -1. */
    private int child(int node, LevelScan scan, int level, int levels) {
        int fork = nodes.fork(node);
        if (fork <= TrieNodes.NO_FORK) {
            return NONE;
        }
        if (scan.isPlus(level)) {
            return nodes.plus(fork) == 0 ? NONE : nodes.plus(fork);
        }
        int first = nodes.first(fork);
        if (first >= 0) {
            int second = nodes.second(fork);
            if (first != 0 && shared(first, scan, level, levels) >= 0) {
                return first;
            }
            return second != 0 && shared(second, scan, level, levels) >= 0 ? second : NONE;
        }
        HashSlots edges = nodes.edges();
        int hash = LevelHash.edge(node, scan.hash(level));
        long raw;
        for (int slot = edges.home(hash); (raw = edges.raw(slot)) != 0; slot = edges.next(slot)) {
            int child = HashSlots.value(raw);
            if (HashSlots.hash(raw) == hash && nodes.parent(child) == node && shared(child, scan, level, levels) >= 0) {
                return child;
            }
        }
        return NONE;
    }

    /**
     * How far a filter and a node's label have the same levels: where the last of them ends in the filter's text; -1 if already
     * the first one differs.
     */
    private int shared(int node, LevelScan scan, int level, int levels) {
        ByteArena arena = nodes.arena(node);
        int name = nodes.label(node);
        byte[] label = arena.array(name);
        long span = arena.span(name);
        int from = (int) (span >>> 32);
        int labelLength = (int) span;
        byte[] filter = scan.bytes();
        int start = scan.start(level);
        int filterLength = scan.end(levels - 1) - start;
        int shorter = Math.min(labelLength, filterLength);
        int lastEnd = -1;
        for (int i = 0; i < shorter; i++) {
            byte b = label[from + i];
            if (b != filter[start + i]) {
                return lastEnd;
            }
            if (b == '/') {
                lastEnd = start + i;
            }
        }
        boolean isLevelOver = (labelLength == shorter || label[from + shorter] == '/')
                && (filterLength == shorter || filter[start + shorter] == '/');
        return isLevelOver ? start + shorter : lastEnd;
    }

    private static int levelBehind(LevelScan scan, int from, int end) {
        int level = from;
        while (scan.start(level) <= end) {
            level++;
        }
        return level;
    }

    /** Puts a node for the first levels of a child between it and its parent; both texts begin with them. */
    private int split(int child, byte[] text, int from, int to) {
        int upper = nodes.add(text, from, to);
        nodes.replace(nodes.parent(child), child, upper);
        ByteArena arena = nodes.arena(child);
        int label = nodes.label(child);
        long span = arena.span(label);
        int at = (int) (span >>> 32);
        nodes.relabel(child, arena.array(label), at + to - from + 1, at + (int) span);
        nodes.hang(upper, child);
        return upper;
    }

    /** The reference of a node's values: its own, or those of the {@code #} below it. */
    int reference(int node, boolean below) {
        return nodes.reference(node, below);
    }

    /** Stores a node's changed values, and restores T1. */
    void reference(int node, boolean below, int reference) {
        nodes.reference(node, below, reference);
        if (reference == ValueSets.EMPTY) {
            tidy(node);
        }
        nodes.settle();
    }

    /** A node lost values or a child: removes it, or folds it, if T1 asks for it, and its parent after it. */
    private void tidy(int from) {
        int node = from;
        while (node != ROOT) {
            int fork = nodes.fork(node);
            int below = fork > TrieNodes.NO_FORK ? nodes.below(fork) : ValueSets.EMPTY;
            int children = fork > TrieNodes.NO_FORK ? nodes.literals(fork) + (nodes.plus(fork) == 0 ? 0 : 1) : 0;
            if (children > 0) {
                if (children == 1 && nodes.values(node) == ValueSets.EMPTY && below == ValueSets.EMPTY) {
                    fold(node, nodes.plus(fork) == 0 ? nodes.first(fork) : nodes.plus(fork));
                }
                return;
            }
            if (nodes.values(node) != ValueSets.EMPTY && below != ValueSets.EMPTY) {
                return;
            }
            if (nodes.values(node) != ValueSets.EMPTY || below != ValueSets.EMPTY) {
                if (fork > TrieNodes.NO_FORK) {
                    nodes.dropFork(node);
                }
                return;
            }
            int parent = nodes.parent(node);
            nodes.unhang(parent, node);
            nodes.remove(node);
            node = parent;
        }
    }

    /** Makes one node of a node and its only child: the child, whose number may be known outside. */
    private void fold(int node, int child) {
        ByteArena upperArena = nodes.arena(node);
        int upper = nodes.label(node);
        int upperLength = upperArena.length(upper);
        ByteArena lowerArena = nodes.arena(child);
        int lower = nodes.label(child);
        int lowerLength = lowerArena.length(lower);
        byte[] label = new byte[upperLength + 1 + lowerLength];
        System.arraycopy(upperArena.array(upper), upperArena.offset(upper), label, 0, upperLength);
        label[upperLength] = '/';
        System.arraycopy(lowerArena.array(lower), lowerArena.offset(lower), label, upperLength + 1, lowerLength);
        nodes.relabel(child, label, 0, label.length);
        nodes.replace(nodes.parent(node), node, child);
        nodes.remove(node);
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
