package io.orrery.gossip.owner.message;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import java.util.List;

/**
 * An owner's rows in 32 bytes and a name.
 *
 * @param sequence of the last operation they reflect
 * @param count of rows
 * @param hash xor of the rows' hashes, see {@code RowHash}
 */
public record OwnerDigest(NodeId owner, long generation, long sequence, long count, long hash) {
    /** Whether it says this of its owner. */
    public boolean isOf(long otherGeneration, long otherSequence, long otherCount, long otherHash) {
        return sequence == otherSequence && hash == otherHash && count == otherCount && generation == otherGeneration;
    }

    /**
     * Equal for equal lists, and else, as good as certainly, not: 64 bits of all that the digests say, in their order. Part of
     * the wire format.
     */
    public static long hashOf(List<OwnerDigest> digests) {
        long hash = digests.size();
        for (OwnerDigest digest : digests) {
            String owner = digest.owner.name();
            for (int i = 0; i < owner.length(); i++) {
                hash = hash * 0x100000001B3L + owner.charAt(i);
            }
            hash = Prng.mix(hash) + digest.generation;
            hash = Prng.mix(hash) + digest.sequence;
            hash = Prng.mix(hash) + digest.count;
            hash = Prng.mix(hash) + digest.hash;
        }
        return Prng.mix(hash);
    }
}
