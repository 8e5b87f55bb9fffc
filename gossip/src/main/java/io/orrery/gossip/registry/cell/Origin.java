package io.orrery.gossip.registry.cell;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;

/**
 * Who numbers writes: one life of a node. Two lives never share numbers, so what a crash lost of one cannot be taken for
 * what the next writes.
 *
 * @param life rises with each life of the node; from its generation, or above what peers say of it
 */
public record Origin(NodeId node, long life) implements Comparable<Origin> {
    /** Above all that a generation can be, with room to be raised for ever. */
    public static final long LIFE_MAX = 1L << 60;

    public Origin {
        Check.argument(life > 0 && life <= LIFE_MAX, "a life is positive and below 2^60");
    }

    long hash() {
        return hash(node, life);
    }

    static long hash(NodeId node, long life) {
        long hash = life;
        String name = node.name();
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return Prng.mix(hash);
    }

    @Override
    public int compareTo(Origin other) {
        int byNode = this == other ? 0 : node.compareTo(other.node);
        return byNode != 0 ? byNode : Long.compare(life, other.life);
    }

    @Override
    public String toString() {
        return node + "/" + life;
    }
}
