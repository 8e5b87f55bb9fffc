package io.orrery.broker.topic;

import io.orrery.kernel.Check;
import java.util.Arrays;

/**
 * The filters with wildcards, level by level, in flat arrays.
 *
 * <p>A node is eight ints of one array: half a cache line. An only literal child is a field; several hang on one
 * open-addressed table of edges for the whole trie, keyed by (node, level's hash) and verified by the child's record, so
 * that a step costs two cache lines whatever the fan-out. The child for {@code +} is a field. {@code #} is no node: its
 * values are the second set of the node it follows.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>I1 every node but the root has a child or a value: removal leaves nothing behind;
 *   <li>I2 a node's token is {@code +} or one that the token table counts a use for.
 * </ul>
 *
 * <p>A match visits at most min(nodes, 2^levels) nodes and allocates nothing. For one thread.
 */
final class TopicTrie {
    static final int ROOT = 0;

    private static final int STRIDE_SHIFT = 3;
    private static final int NODES_MAX = 1 << 28 - 1;
    private static final int PLUS = 0;
    private static final int HERE = 1;
    private static final int BELOW = 2;
    private static final int PARENT = 3;
    private static final int TOKEN = 4;
    private static final int LITERALS = 5;
    /** The only literal child, unless it hangs on the table since it had siblings; else 0. */
    private static final int ONLY = 6;

    private static final int HASH = 7;
    private static final int PLUS_TOKEN = -1;

    private final ValueSets sets;
    private final TokenTable tokens = new TokenTable();
    private final HashSlots edges = new HashSlots();
    private final IntSlots ids = new IntSlots();
    private int[] records = new int[16 << STRIDE_SHIFT];
    private IntCollector frontier = new IntCollector();
    private IntCollector following = new IntCollector();

    TopicTrie(ValueSets sets) {
        this.sets = sets;
        int root = ids.take();
        Check.that(root == ROOT, "the root is node 0", root);
        records[TOKEN] = PLUS_TOKEN;
        records[PARENT] = -1;
    }

    /** Adds the values of all filters that match the scanned name. */
    void match(LevelScan scan, IntCollector out) {
        frontier.clear();
        frontier.add(ROOT);
        boolean wild = !scan.startsWithDollar();
        int levels = scan.count();
        for (int level = 0; level < levels; level++) {
            following.clear();
            step(scan, level, wild, out);
            if (following.isEmpty()) {
                return;
            }
            IntCollector reached = following;
            following = frontier;
            frontier = reached;
            wild = true;
        }
        for (int i = 0; i < frontier.size(); i++) {
            int base = frontier.at(i) << STRIDE_SHIFT;
            sets.collect(records[base + HERE], out);
            sets.collect(records[base + BELOW], out);
        }
    }

    /** From the nodes in {@code frontier} by one level of the name to those in {@code following}. */
    private void step(LevelScan scan, int level, boolean wild, IntCollector out) {
        long hash = scan.hash(level);
        int verified = PLUS_TOKEN;
        for (int i = 0; i < frontier.size(); i++) {
            int node = frontier.at(i);
            int base = node << STRIDE_SHIFT;
            if (wild) {
                sets.collect(records[base + BELOW], out);
                if (records[base + PLUS] != 0) {
                    following.add(records[base + PLUS]);
                }
            }
            if (records[base + LITERALS] != 0) {
                int child = child(node, scan, level, hash, verified);
                if (child >= 0) {
                    verified = records[(child << STRIDE_SHIFT) + TOKEN];
                    following.add(child);
                }
            }
        }
    }

    /**
     * The literal child of a node for a level of the scan, or -1.
     *
     * @param verified a token known to be the level's text, which need not be compared again
     */
    private int child(int node, LevelScan scan, int level, long hash, int verified) {
        int only = records[(node << STRIDE_SHIFT) + ONLY];
        if (only != 0) {
            return records[(only << STRIDE_SHIFT) + HASH] == shortHash(hash) && isText(only, scan, level, verified)
                    ? only
                    : -1;
        }
        int edgeHash = edgeHash(node, hash);
        long raw;
        for (int slot = edges.home(edgeHash); (raw = edges.raw(slot)) != 0; slot = edges.next(slot)) {
            int child = HashSlots.value(raw);
            if (HashSlots.hash(raw) == edgeHash
                    && records[(child << STRIDE_SHIFT) + PARENT] == node
                    && isText(child, scan, level, verified)) {
                return child;
            }
        }
        return -1;
    }

    private boolean isText(int child, LevelScan scan, int level, int verified) {
        int token = records[(child << STRIDE_SHIFT) + TOKEN];
        return token == verified && verified >= 0 || scan.is(level, tokens.text(token));
    }

    /** The node that a filter's values belong to, without its {@code #}; -1 if there is none. */
    int find(LevelScan scan, boolean below) {
        int node = ROOT;
        int levels = below ? scan.count() - 1 : scan.count();
        for (int level = 0; level < levels && node >= 0; level++) {
            if (scan.is(level, '+')) {
                int plus = records[(node << STRIDE_SHIFT) + PLUS];
                node = plus == 0 ? -1 : plus;
            } else {
                node = child(node, scan, level, scan.hash(level), PLUS_TOKEN);
            }
        }
        return node;
    }

    /** Finds or makes the node that a filter's values belong to; one made here must get a value at once. */
    int findOrAdd(LevelScan scan, boolean below) {
        int node = ROOT;
        int levels = below ? scan.count() - 1 : scan.count();
        for (int level = 0; level < levels; level++) {
            int next;
            if (scan.is(level, '+')) {
                next = records[(node << STRIDE_SHIFT) + PLUS];
                if (next == 0) {
                    next = addNode(node, PLUS_TOKEN);
                    records[(node << STRIDE_SHIFT) + PLUS] = next;
                }
            } else {
                next = child(node, scan, level, scan.hash(level), PLUS_TOKEN);
                if (next < 0) {
                    next = addNode(node, tokens.acquire(scan, level));
                    records[(next << STRIDE_SHIFT) + HASH] = shortHash(scan.hash(level));
                    hang(node << STRIDE_SHIFT, node, next);
                }
            }
            node = next;
        }
        return node;
    }

    /** Makes a node the literal child of another. */
    private void hang(int parentBase, int parent, int child) {
        int siblings = records[parentBase + LITERALS]++;
        if (siblings == 0) {
            records[parentBase + ONLY] = child;
            return;
        }
        if (records[parentBase + ONLY] != 0) {
            insertEdge(parent, records[parentBase + ONLY]);
            records[parentBase + ONLY] = 0;
        }
        insertEdge(parent, child);
    }

    private void insertEdge(int parent, int child) {
        edges.insert(edgeHash(parent, tokens.hash(records[(child << STRIDE_SHIFT) + TOKEN])), child);
    }

    private int addNode(int parent, int token) {
        int node = ids.take();
        Check.that(node < NODES_MAX, "a trie has fewer than 2^27 nodes", node);
        int base = node << STRIDE_SHIFT;
        if (base >= records.length) {
            records = Arrays.copyOf(records, (int) Math.min(Integer.MAX_VALUE - 8, records.length * 2L));
        }
        Arrays.fill(records, base, base + (1 << STRIDE_SHIFT), 0);
        records[base + PARENT] = parent;
        records[base + TOKEN] = token;
        return node;
    }

    /** The reference of a node's values: its own, or those of the {@code #} below it. */
    int reference(int node, boolean below) {
        return records[(node << STRIDE_SHIFT) + (below ? BELOW : HERE)];
    }

    /** Stores a node's changed values, and removes nodes that are left without any purpose. */
    void reference(int node, boolean below, int reference) {
        records[(node << STRIDE_SHIFT) + (below ? BELOW : HERE)] = reference;
        int at = node;
        while (at != ROOT && isPurposeless(at)) {
            at = removeNode(at);
        }
    }

    private boolean isPurposeless(int node) {
        int base = node << STRIDE_SHIFT;
        return (records[base + PLUS] | records[base + HERE] | records[base + BELOW] | records[base + LITERALS]) == 0;
    }

    /** Unhooks a node from its parent, which is returned. */
    private int removeNode(int node) {
        int base = node << STRIDE_SHIFT;
        int parent = records[base + PARENT];
        int parentBase = parent << STRIDE_SHIFT;
        int token = records[base + TOKEN];
        if (token == PLUS_TOKEN) {
            Check.that(records[parentBase + PLUS] == node, "a + node is its parent's", node, parent);
            records[parentBase + PLUS] = 0;
        } else {
            if (records[parentBase + ONLY] == node) {
                records[parentBase + ONLY] = 0;
            } else {
                boolean removed = edges.remove(edgeHash(parent, tokens.hash(token)), node);
                Check.that(removed, "a literal node hangs on an edge", node, parent);
            }
            records[parentBase + LITERALS]--;
            tokens.release(token);
        }
        ids.free(node);
        records[base + PARENT] = -2;
        return parent;
    }

    /** The filter's text, from the root down. */
    String text(int node, boolean below) {
        StringBuilder text = new StringBuilder();
        for (int at = node; at != ROOT; at = records[(at << STRIDE_SHIFT) + PARENT]) {
            int token = records[(at << STRIDE_SHIFT) + TOKEN];
            String level = token == PLUS_TOKEN ? "+" : new String(tokens.text(token));
            text.insert(0, at == node ? level : level + "/");
        }
        if (below) {
            text.append(node == ROOT ? "#" : "/#");
        }
        return text.toString();
    }

    /** Nodes but the root. */
    int size() {
        return ids.used() - 1;
    }

    int tokenCount() {
        return tokens.size();
    }

    int edgeCount() {
        return edges.size();
    }

    /** Nodes are below this. */
    int bound() {
        return ids.bound();
    }

    /** Whether the number is a node in use. */
    boolean isNode(int node) {
        return node == ROOT || records[(node << STRIDE_SHIFT) + PARENT] >= 0;
    }

    private static int shortHash(long levelHash) {
        return (int) (levelHash >>> 32);
    }

    private static int edgeHash(int node, long levelHash) {
        long mixed = (levelHash + node * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        return (int) (mixed >>> 32);
    }
}
