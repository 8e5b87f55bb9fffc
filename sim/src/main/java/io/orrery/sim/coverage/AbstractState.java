package io.orrery.sim.coverage;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import java.util.Arrays;

/**
 * The sketch of one moment of a run, from which all is left out that does not matter: features of each node, in a fixed order,
 * and features of the whole world. Its {@link #value} is what is counted.
 *
 * <ul>
 *   <li>I1: renaming nodes, or giving them other indexes, changes no value: of each kind of node it counts whether there is
 *       one, a few, or a majority.
 *   <li>I2: quantities come in through {@link #bucket} or as flags, so that there are few states.
 * </ul>
 *
 * <p>Made once and used for many moments. For one thread.
 */
public final class AbstractState {
    /** The greatest bucket. */
    public static final int BUCKET_MAX = 4;

    private static final long PRIME = 0x9E3779B185EBCA87L;
    private static final int ONE = 1;
    private static final int FEW = 2;
    private static final int MAJORITY = 3;
    private static final long NODE = 0x6E6F6465L;
    private static final long WORLD = 0x776F726C64L;

    private long[] nodes = new long[8];
    private long[] sorted = new long[8];
    private int nodeCount;
    private long world;

    /** Begins the sketch of another moment. */
    public void clear(int count) {
        Check.argument(count >= 0, "a count of nodes is not negative");
        if (count > nodes.length) {
            nodes = new long[count];
            sorted = new long[count];
        }
        nodeCount = count;
        Arrays.fill(nodes, 0, count, NODE);
        world = WORLD;
    }

    /** A feature of a node: a bucket, a flag, the hash of a word. */
    public void node(int index, long feature) {
        Check.argument(index >= 0 && index < nodeCount, "a node's index is below the count of nodes");
        nodes[index] = fold(nodes[index], feature);
    }

    /** A feature of no single node. It must not tell nodes apart by name or index. */
    public void world(long feature) {
        world = fold(world, feature);
    }

    /** The hash of the sketch. */
    public long value() {
        System.arraycopy(nodes, 0, sorted, 0, nodeCount);
        Arrays.sort(sorted, 0, nodeCount);
        long value = fold(world, nodeCount);
        for (int i = 0; i < nodeCount; ) {
            int next = i + 1;
            while (next < nodeCount && sorted[next] == sorted[i]) {
                next++;
            }
            int count = next - i;
            value = fold(fold(value, sorted[i]), count == 1 ? ONE : 2 * count > nodeCount ? MAJORITY : FEW);
            i = next;
        }
        return Prng.mix(value);
    }

    /** About how many: 0 for none, 1 for one, 2 for two or three, 3 for four to fifteen, 4 for more. */
    public static int bucket(long count) {
        if (count <= 1) {
            return count <= 0 ? 0 : 1;
        }
        return count <= 3 ? 2 : count <= 15 ? 3 : BUCKET_MAX;
    }

    /** Folds a feature into a hash, for parts of a sketch that an abstraction puts together itself. */
    public static long fold(long hash, long feature) {
        return Long.rotateLeft(hash ^ Prng.mix(feature + PRIME), 27) * PRIME;
    }
}
