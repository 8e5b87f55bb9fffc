package io.orrery.broker.topic;

import io.orrery.kernel.Check;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The nodes of a {@link TopicTrie}: each a {@link TrieBlock} in one arena, with the levels from its parent's to its own as its
 * label, written as the filter has them ({@code dev7/+/state}).
 *
 * <p>A node has two names. Its <em>id</em> is for those outside. Its <em>place</em> in the arena is what its parent refers to it
 * by, and changes when the block's size does. One or two literal children are fields of their parent; more hang on one
 * open-addressed table for the whole trie, keyed by (parent's id, hash of the child's first level), and the fields hold their
 * number and the exclusive or of them all, so that the last one left is known without a list.
 *
 * <ul>
 *   <li>N1: a node is a fork exactly if it is the root, has a child, or has both sets of values.
 *   <li>N2: three literal children and more are on the table, and stay there until one is left; no others are.
 *   <li>N3: a node keeps its id whatever its label and its parent become.
 *   <li>N4: the root's block is the first of its arena: so no child's place is 0.
 * </ul>
 */
final class TrieNodes implements TextArena.Names {
    static final int ROOT = 0;

    private static final int NODES_MAX = 1 << 27;

    private final long salt;
    private final HashSlots edges = new HashSlots();
    private final IntRecords places = new IntRecords(0, 1);
    private final TextArena blocks = new TextArena(this);
    private byte[] draft = new byte[64];

    TrieNodes(long salt) {
        this.salt = salt;
        int root = places.take();
        Check.that(root == ROOT, "N4: the root comes first", root);
        writeRoot(ValueSets.EMPTY);
    }

    private void writeRoot(int below) {
        int place = write(ROOT, ROOT, TrieBlock.FORK, draft, 0, 0);
        Check.that(place == 0, "N4: the root comes first", place);
        places.set(ROOT, 0, place);
        TrieBlock.below(array(place), at(place), below);
    }

    // --- reading

    int place(int id) {
        return places.at(id, 0);
    }

    byte[] array(int place) {
        return blocks.array(place);
    }

    /** Where a node's block begins in its array, above, and its length, below 32 bits. */
    long span(int place) {
        return blocks.span(place);
    }

    private int at(int place) {
        return (int) (blocks.span(place) >>> 32);
    }

    int id(int place) {
        return TrieBlock.id(array(place), at(place));
    }

    int parent(int place) {
        return place(TrieBlock.parent(array(place), at(place)));
    }

    HashSlots edges() {
        return edges;
    }

    int reference(int id, boolean below) {
        int place = place(id);
        byte[] array = array(place);
        int at = at(place);
        int form = TrieBlock.form(array, at);
        if (form == TrieBlock.FORK && below) {
            return TrieBlock.below(array, at);
        }
        return below == (form == TrieBlock.LEAF_BELOW) ? TrieBlock.values(array, at) : ValueSets.EMPTY;
    }

    // --- changing a node

    /** Writes a block without values and children; returns its place. */
    private int write(int id, int parent, int form, byte[] label, int from, int to) {
        int head = TrieBlock.headBytes(form);
        int length = head + to - from;
        byte[] block = label == draft || draft.length < length ? new byte[length * 2] : draft;
        Arrays.fill(block, 0, head, (byte) 0);
        TrieBlock.id(block, 0, id);
        TrieBlock.parent(block, 0, parent, form);
        System.arraycopy(label, from, block, head, to - from);
        draft = block;
        return blocks.add(block, 0, length);
    }

    /**
     * Writes a node anew, with the children and values that it has; its parent refers to the place before still.
     *
     * @return its place now
     */
    private int rewrite(int before, int parent, int form, byte[] label, int from, int to) {
        int id = id(before);
        int place = write(id, parent, form, label, from, to);
        byte[] old = array(before);
        int oldAt = at(before);
        byte[] array = array(place);
        int at = at(place);
        int oldForm = TrieBlock.form(old, oldAt);
        int here = oldForm == TrieBlock.LEAF_BELOW ? ValueSets.EMPTY : TrieBlock.values(old, oldAt);
        int below = oldForm == TrieBlock.FORK
                ? TrieBlock.below(old, oldAt)
                : oldForm == TrieBlock.LEAF_BELOW ? TrieBlock.values(old, oldAt) : ValueSets.EMPTY;
        TrieBlock.values(array, at, form == TrieBlock.LEAF_BELOW ? below : here);
        if (form == TrieBlock.FORK) {
            TrieBlock.below(array, at, below);
            if (oldForm == TrieBlock.FORK) {
                TrieBlock.plus(array, at, TrieBlock.plus(old, oldAt));
                TrieBlock.literals(array, at, TrieBlock.first(old, oldAt), TrieBlock.second(old, oldAt));
                int prints = TrieBlock.prints(old, oldAt);
                TrieBlock.prints(array, at, TrieBlock.firstPrint(prints), TrieBlock.secondPrint(prints));
            }
        } else {
            Check.that(literals(before) == 0 && plus(before) == 0, "N1: a leaf has no children", id);
        }
        blocks.remove(before);
        places.set(id, 0, place);
        return place;
    }

    /** Makes a node a leaf or a fork; returns its place now. */
    int reform(int place, int form) {
        byte[] array = array(place);
        long span = span(place);
        int at = (int) (span >>> 32);
        byte[] label = Arrays.copyOfRange(array, TrieBlock.label(array, at), at + (int) span);
        int parent = parent(place);
        int now = rewrite(place, TrieBlock.parent(array, at), form, label, 0, label.length);
        relink(parent, place, now);
        return now;
    }

    /** Stores a reference where it belongs, whatever becomes of the node without it. */
    void reference(int id, boolean below, int reference) {
        int place = place(id);
        byte[] array = array(place);
        int at = at(place);
        int form = TrieBlock.form(array, at);
        if (form != TrieBlock.FORK && below != (form == TrieBlock.LEAF_BELOW)) {
            if (TrieBlock.values(array, at) == ValueSets.EMPTY) {
                form = below ? TrieBlock.LEAF_BELOW : TrieBlock.LEAF;
                TrieBlock.parent(array, at, TrieBlock.parent(array, at), form);
            } else {
                form = TrieBlock.FORK;
                place = reform(place, form);
                array = array(place);
                at = at(place);
            }
        }
        if (form == TrieBlock.FORK && below) {
            TrieBlock.below(array, at, reference);
        } else {
            TrieBlock.values(array, at, reference);
        }
    }

    // --- changing the tree

    /** A new leaf below a node, which becomes a fork if it is none. */
    int addLeaf(int parent, byte[] label, int from, int to) {
        int place = write(takeId(), id(parent), TrieBlock.LEAF, label, from, to);
        places.set(id(place), 0, place);
        hang(parent, place);
        return place;
    }

    private int takeId() {
        int id = places.take();
        Check.that(id < NODES_MAX, "a trie has fewer than 2^27 nodes", id);
        return id;
    }

    /** Puts a node for the first bytes of a node's label between it and its parent; returns its place. */
    int split(int place, int labelBytes) {
        byte[] array = array(place);
        long span = span(place);
        int at = (int) (span >>> 32);
        byte[] label = Arrays.copyOfRange(array, TrieBlock.label(array, at), at + (int) span);
        int form = TrieBlock.form(array, at);
        int parentId = TrieBlock.parent(array, at);
        int upperId = takeId();
        int upper = write(upperId, parentId, TrieBlock.FORK, label, 0, labelBytes);
        places.set(upperId, 0, upper);
        relink(place(parentId), place, upper);
        hang(upper, rewrite(place, upperId, form, label, labelBytes + 1, label.length));
        return upper;
    }

    /** Makes one node of a node and its only child: it has the child's id, which may be known outside. */
    void fold(int node, int child) {
        byte[] upper = label(node);
        byte[] lower = label(child);
        byte[] label = Arrays.copyOf(upper, upper.length + 1 + lower.length);
        label[upper.length] = '/';
        System.arraycopy(lower, 0, label, upper.length + 1, lower.length);
        int parent = parent(node);
        int form = TrieBlock.form(array(child), at(child));
        int folded = rewrite(child, id(parent), form, label, 0, label.length);
        relink(parent, node, folded);
        places.free(id(node));
        blocks.remove(node);
    }

    /** Removes a leaf; returns its parent's place. */
    int remove(int place) {
        int parent = parent(place);
        unhang(parent, place);
        places.free(id(place));
        blocks.remove(place);
        return parent;
    }

    private void hang(int parent, int child) {
        int place = parent;
        if (TrieBlock.form(array(place), at(place)) != TrieBlock.FORK) {
            place = reform(place, TrieBlock.FORK);
        }
        byte[] array = array(place);
        int at = at(place);
        if (isPlus(child)) {
            Check.that(TrieBlock.plus(array, at) == 0, "a node has one child for +", parent, child);
            TrieBlock.plus(array, at, child);
            return;
        }
        int first = TrieBlock.first(array, at);
        int second = TrieBlock.second(array, at);
        if (first == 0) {
            TrieBlock.literals(array, at, child, 0);
            TrieBlock.prints(array, at, print(child), 0);
        } else if (first > 0 && second == 0) {
            TrieBlock.literals(array, at, first, child);
            TrieBlock.prints(array, at, TrieBlock.firstPrint(TrieBlock.prints(array, at)), print(child));
        } else {
            int id = TrieBlock.id(array, at);
            if (first > 0) {
                edges.insert(edgeHash(id, first), first);
                edges.insert(edgeHash(id, second), second);
                second ^= first;
                first = -2;
            }
            edges.insert(edgeHash(id, child), child);
            TrieBlock.literals(array, at, first - 1, second ^ child);
        }
    }

    private void unhang(int parent, int child) {
        byte[] array = array(parent);
        int at = at(parent);
        if (TrieBlock.plus(array, at) == child) {
            TrieBlock.plus(array, at, 0);
            return;
        }
        int first = TrieBlock.first(array, at);
        int second = TrieBlock.second(array, at);
        if (first > 0) {
            Check.that(first == child || second == child, "a literal node hangs on its parent", parent, child);
            int prints = TrieBlock.prints(array, at);
            int print = first == child ? TrieBlock.secondPrint(prints) : TrieBlock.firstPrint(prints);
            TrieBlock.literals(array, at, first == child ? second : first, 0);
            TrieBlock.prints(array, at, print, 0);
            return;
        }
        int id = TrieBlock.id(array, at);
        removeEdge(id, child);
        if (first < -2) {
            TrieBlock.literals(array, at, first + 1, second ^ child);
        } else {
            removeEdge(id, second ^ child);
            TrieBlock.literals(array, at, second ^ child, 0);
            TrieBlock.prints(array, at, print(second ^ child), 0);
        }
    }

    private void removeEdge(int parentId, int child) {
        boolean removed = edges.remove(edgeHash(parentId, child), child);
        Check.that(removed, "N2: literal children are on the table", parentId, child);
    }

    /** Puts a place where another was; their labels begin with the same level. */
    private void relink(int parent, int child, int by) {
        byte[] array = array(parent);
        int at = at(parent);
        int first = TrieBlock.first(array, at);
        int second = TrieBlock.second(array, at);
        if (TrieBlock.plus(array, at) == child) {
            TrieBlock.plus(array, at, by);
        } else if (first < 0) {
            boolean replaced = edges.replace(edgeHash(TrieBlock.id(array, at), by), child, by);
            Check.that(replaced, "N2: literal children are on the table", parent, child);
            TrieBlock.literals(array, at, first, second ^ child ^ by);
        } else {
            Check.that(first == child || second == child, "a literal node hangs on its parent", parent, child);
            TrieBlock.literals(array, at, first == child ? by : first, first == child ? second : by);
        }
    }

    /** After a change, when all labels are what they are to be. */
    void settle() {
        if (size() == 0 && blocks.freeBytes() > 0) {
            int below = reference(ROOT, true);
            blocks.clear();
            writeRoot(below);
        }
        blocks.settle();
    }

    // --- labels and children

    private byte[] label(int place) {
        byte[] array = array(place);
        long span = span(place);
        int at = (int) (span >>> 32);
        return Arrays.copyOfRange(array, TrieBlock.label(array, at), at + (int) span);
    }

    private boolean isPlus(int place) {
        byte[] array = array(place);
        long span = span(place);
        int at = (int) (span >>> 32);
        int label = TrieBlock.label(array, at);
        return label < at + (int) span && array[label] == '+';
    }

    private int edgeHash(int parentId, int child) {
        return LevelHash.edge(parentId, firstLevelHash(child));
    }

    private int print(int child) {
        return TrieBlock.print(firstLevelHash(child));
    }

    private long firstLevelHash(int place) {
        byte[] array = array(place);
        long span = span(place);
        int at = (int) (span >>> 32);
        int from = TrieBlock.label(array, at);
        int end = at + (int) span;
        int to = from;
        while (to < end && array[to] != '/') {
            to++;
        }
        return LevelHash.of(salt, array, from, to);
    }

    boolean isFork(int place) {
        return TrieBlock.form(array(place), at(place)) == TrieBlock.FORK;
    }

    /** The child for {@code +}; 0 if none. */
    int plus(int place) {
        return isFork(place) ? TrieBlock.plus(array(place), at(place)) : 0;
    }

    /** A literal child, or 0; negative if they are on the table. */
    int first(int place) {
        return isFork(place) ? TrieBlock.first(array(place), at(place)) : 0;
    }

    /** Another literal child, or 0; means nothing if they are on the table. */
    int second(int place) {
        return isFork(place) ? TrieBlock.second(array(place), at(place)) : 0;
    }

    /** How many literal children. */
    int literals(int place) {
        int first = first(place);
        return first < 0 ? -first : first == 0 ? 0 : second(place) == 0 ? 1 : 2;
    }

    /** The filter's text, from the root down. */
    String text(int id, boolean below) {
        byte[] text = below ? new byte[] {'#'} : new byte[0];
        boolean isEnd = !below;
        for (int at = id; at != ROOT; at = id(parent(place(at)))) {
            byte[] label = label(place(at));
            byte[] longer = Arrays.copyOf(label, label.length + (isEnd ? 0 : 1) + text.length);
            if (!isEnd) {
                longer[label.length] = '/';
            }
            System.arraycopy(text, 0, longer, longer.length - text.length, text.length);
            text = longer;
            isEnd = false;
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    // --- counts

    /** Nodes but the root. */
    int size() {
        return places.used() - 1;
    }

    boolean isNode(int id) {
        return places.isUsed(id);
    }

    boolean isClean() {
        return size() == 0 && edges.size() == 0 && blocks.count() == 1 && literals(place(ROOT)) == 0;
    }

    @Override
    public int bound() {
        return places.bound();
    }

    @Override
    public int name(int id) {
        return places.isUsed(id) ? place(id) : -1;
    }

    @Override
    public void rename(int id, int place) {
        int before = place(id);
        places.set(id, 0, place);
        if (id != ROOT) {
            relink(parent(place), before, place);
        }
    }

    void measure(IndexMemory memory) {
        memory.records += places.reservedBytes();
        memory.hashes += edges.reservedBytes();
        memory.add(blocks);
    }
}
