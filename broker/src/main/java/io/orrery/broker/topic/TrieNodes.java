package io.orrery.broker.topic;

import io.orrery.kernel.Check;
import io.orrery.kernel.arena.ByteArena;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The nodes of a {@link TopicTrie}: what each is labelled with, what hangs on it, and its values.
 *
 * <p>A node is four ints, a quarter of a cache line, and its label: the levels from its parent's to its own, as the filter has
 * them ({@code dev7/+/state}). What only few nodes have lies in a record of its own, a <em>fork</em>: children, and a second
 * set of values. One or two literal children are fields there; more hang on one open-addressed table for the whole trie, keyed
 * by (node, hash of the child's first level), and the fields hold their number and the exclusive or of them all, so that the last
 * one left is known without a list.
 *
 * <ul>
 *   <li>N1: a node without a fork has no children, and one set of values: its own, or those of the {@code #} behind it.
 *   <li>N2: three literal children and more are on the table, and stay there until one is left; no others are.
 *   <li>N3: a node keeps its number whatever its label and its parent become.
 * </ul>
 */
final class TrieNodes implements TextArena.Names {
    static final int ROOT = 0;

    /** In place of a fork: nothing but the values of the {@code #} behind the node. */
    static final int ONLY_BELOW = -1;

    static final int NO_FORK = 0;

    private static final int NODES_MAX = 1 << 27;
    private static final int INTS_SHIFT = 2;

    private static final int PARENT = 0;
    private static final int LABEL = 1;
    private static final int VALUES = 2;
    private static final int FORK = 3;

    /** Fields of a fork; it is named by its record + 1. */
    private static final int PLUS = 0;

    /** A literal child, or 0; if the children are on the table, their number, negative. */
    private static final int FIRST = 1;

    /** Another one, or 0; if the children are on the table, the exclusive or of them all. */
    private static final int SECOND = 2;

    private static final int BELOW = 3;

    private final long salt;
    private final HashSlots edges = new HashSlots();
    private final IntRecords nodes = new IntRecords(INTS_SHIFT, 1);
    private final IntRecords forks = new IntRecords(INTS_SHIFT, 1);
    private final TextArena labels = new TextArena(this);

    TrieNodes(long salt) {
        this.salt = salt;
        int root = nodes.take();
        Check.that(root == ROOT, "the root is node 0", root);
        makeFork(ROOT);
    }

    // --- what a node is

    int parent(int node) {
        return nodes.at(node, PARENT);
    }

    /** {@link #NO_FORK}, {@link #ONLY_BELOW}, or the fork, which is positive. */
    int fork(int node) {
        return nodes.at(node, FORK);
    }

    /** The child for {@code +}; 0 if none. */
    int plus(int fork) {
        return forks.at(fork - 1, PLUS);
    }

    /** How many literal children. */
    int literals(int fork) {
        int first = first(fork);
        return first < 0 ? -first : first == 0 ? 0 : second(fork) == 0 ? 1 : 2;
    }

    /** A literal child, or 0; negative if they are on the table. */
    int first(int fork) {
        return forks.at(fork - 1, FIRST);
    }

    /** Another literal child, or 0; means nothing if they are on the table. */
    int second(int fork) {
        return forks.at(fork - 1, SECOND);
    }

    /** The reference of the values of the {@code #} behind a fork's node. */
    int below(int fork) {
        return forks.at(fork - 1, BELOW);
    }

    /** The reference of the only set of values of a node without a fork, or of a forked node's own. */
    int values(int node) {
        return nodes.at(node, VALUES);
    }

    int reference(int node, boolean below) {
        int fork = fork(node);
        if (fork > NO_FORK && below) {
            return below(fork);
        }
        return below == (fork == ONLY_BELOW) ? values(node) : ValueSets.EMPTY;
    }

    void reference(int node, boolean below, int reference) {
        int fork = fork(node);
        if (fork <= NO_FORK && below != (fork == ONLY_BELOW)) {
            if (values(node) != ValueSets.EMPTY) {
                fork = makeFork(node);
            } else {
                nodes.set(node, FORK, below ? ONLY_BELOW : NO_FORK);
            }
        }
        if (fork > NO_FORK && below) {
            forks.set(fork - 1, BELOW, reference);
        } else {
            nodes.set(node, VALUES, reference);
        }
    }

    private int makeFork(int node) {
        int before = fork(node);
        int record = forks.take();
        nodes.set(node, FORK, record + 1);
        if (before == ONLY_BELOW) {
            forks.set(record, BELOW, values(node));
            nodes.set(node, VALUES, ValueSets.EMPTY);
        }
        return record + 1;
    }

    /** Takes the fork from a node that has nothing to keep in it. */
    void dropFork(int node) {
        int fork = fork(node);
        Check.that(plus(fork) == 0 && literals(fork) == 0, "N1: a node without a fork has no children", node);
        int below = below(fork);
        if (below != ValueSets.EMPTY) {
            Check.that(values(node) == ValueSets.EMPTY, "N1: a node without a fork has one set of values", node);
            nodes.set(node, VALUES, below);
        }
        nodes.set(node, FORK, below == ValueSets.EMPTY ? NO_FORK : ONLY_BELOW);
        forks.free(fork - 1);
    }

    // --- making, moving and removing

    /** A node that hangs nowhere yet. */
    int add(byte[] text, int from, int to) {
        int node = nodes.take();
        Check.that(node < NODES_MAX, "a trie has fewer than 2^27 nodes", node);
        nodes.set(node, LABEL, labels.add(node, text, from, to - from));
        return node;
    }

    void relabel(int node, byte[] text, int from, int to) {
        byte[] copy = Arrays.copyOfRange(text, from, to);
        labels.remove(node, nodes.at(node, LABEL));
        nodes.set(node, LABEL, labels.add(node, copy, 0, copy.length));
    }

    /** Gives a node up that hangs nowhere any more. */
    void remove(int node) {
        if (fork(node) > NO_FORK) {
            forks.free(fork(node) - 1);
        }
        labels.remove(node, nodes.at(node, LABEL));
        nodes.free(node);
    }

    /** Makes a node the child of another. */
    void hang(int parent, int child) {
        int fork = fork(parent) > NO_FORK ? fork(parent) : makeFork(parent);
        nodes.set(child, PARENT, parent);
        if (isPlus(child)) {
            Check.that(plus(fork) == 0, "a node has one child for +", parent, child);
            forks.set(fork - 1, PLUS, child);
            return;
        }
        int first = first(fork);
        int second = second(fork);
        if (first == 0) {
            forks.set(fork - 1, FIRST, child);
        } else if (first > 0 && second == 0) {
            forks.set(fork - 1, SECOND, child);
        } else {
            if (first > 0) {
                edges.insert(edgeHash(parent, first), first);
                edges.insert(edgeHash(parent, second), second);
                second ^= first;
                first = -2;
            }
            edges.insert(edgeHash(parent, child), child);
            forks.set(fork - 1, FIRST, first - 1);
            forks.set(fork - 1, SECOND, second ^ child);
        }
    }

    void unhang(int parent, int child) {
        int fork = fork(parent);
        if (plus(fork) == child) {
            forks.set(fork - 1, PLUS, 0);
            return;
        }
        int first = first(fork);
        int second = second(fork);
        if (first > 0) {
            Check.that(first == child || second == child, "a literal node hangs on its parent", parent, child);
            forks.set(fork - 1, FIRST, first == child ? second : first);
            forks.set(fork - 1, SECOND, 0);
            return;
        }
        removeEdge(parent, child);
        if (first == -2) {
            removeEdge(parent, second ^ child);
        }
        forks.set(fork - 1, FIRST, first == -2 ? second ^ child : first + 1);
        forks.set(fork - 1, SECOND, first == -2 ? 0 : second ^ child);
    }

    private void removeEdge(int parent, int child) {
        boolean removed = edges.remove(edgeHash(parent, child), child);
        Check.that(removed, "N2: literal children are on the table", parent, child);
    }

    /** Puts a node in the place of another, which hangs nowhere then; their labels begin with the same level. */
    void replace(int parent, int child, int by) {
        int fork = fork(parent);
        nodes.set(by, PARENT, parent);
        if (plus(fork) == child) {
            forks.set(fork - 1, PLUS, by);
            return;
        }
        if (first(fork) == child) {
            forks.set(fork - 1, FIRST, by);
        } else if (first(fork) > 0) {
            Check.that(second(fork) == child, "a literal node hangs on its parent", parent, child);
            forks.set(fork - 1, SECOND, by);
        } else {
            boolean replaced = edges.replace(edgeHash(parent, by), child, by);
            Check.that(replaced, "N2: literal children are on the table", parent, child);
            forks.set(fork - 1, SECOND, second(fork) ^ child ^ by);
        }
    }

    /** After a change, when all labels are what they are to be. */
    void settle() {
        labels.settle();
    }

    // --- labels

    /** Where a node's label is; not of the root, which has none. */
    ByteArena arena(int node) {
        return labels.of(node);
    }

    int label(int node) {
        return nodes.at(node, LABEL);
    }

    private boolean isPlus(int node) {
        ByteArena arena = arena(node);
        int label = label(node);
        long span = arena.span(label);
        return (int) span > 0 && arena.array(label)[(int) (span >>> 32)] == '+';
    }

    private int edgeHash(int parent, int child) {
        ByteArena arena = arena(child);
        int label = label(child);
        byte[] text = arena.array(label);
        long span = arena.span(label);
        int from = (int) (span >>> 32);
        int end = from + (int) span;
        int to = from;
        while (to < end && text[to] != '/') {
            to++;
        }
        return LevelHash.edge(parent, LevelHash.of(salt, text, from, to));
    }

    HashSlots edges() {
        return edges;
    }

    /** The filter's text, from the root down. */
    String text(int node, boolean below) {
        int length = below ? node == ROOT ? 1 : 2 : 0;
        for (int at = node; at != ROOT; at = parent(at)) {
            length += arena(at).length(label(at)) + (parent(at) == ROOT ? 0 : 1);
        }
        byte[] text = new byte[length];
        int end = length;
        if (below) {
            text[--end] = '#';
            if (node != ROOT) {
                text[--end] = '/';
            }
        }
        for (int at = node; at != ROOT; at = parent(at)) {
            int label = label(at);
            long span = arena(at).span(label);
            end -= (int) span;
            System.arraycopy(arena(at).array(label), (int) (span >>> 32), text, end, (int) span);
            if (parent(at) != ROOT) {
                text[--end] = '/';
            }
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    // --- counts

    /** Nodes but the root. */
    int size() {
        return nodes.used() - 1;
    }

    /** Nodes that have a fork, without the root. */
    int forkCount() {
        return forks.used() - 1;
    }

    boolean isNode(int node) {
        return nodes.isUsed(node);
    }

    /** Whether the arrays are as those of a new trie. */
    boolean isClean() {
        return size() == 0 && forkCount() == 0 && edges.size() == 0 && labels.count() == 0;
    }

    @Override
    public int bound() {
        return nodes.bound();
    }

    @Override
    public int name(int node) {
        return node != ROOT && nodes.isUsed(node) ? label(node) : -1;
    }

    @Override
    public void rename(int node, int name) {
        nodes.set(node, LABEL, name);
    }

    void measure(IndexMemory memory) {
        memory.records += nodes.reservedBytes() + forks.reservedBytes();
        memory.hashes += edges.reservedBytes();
        memory.add(labels);
    }
}
