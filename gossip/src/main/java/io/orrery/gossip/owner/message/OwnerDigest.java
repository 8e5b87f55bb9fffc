package io.orrery.gossip.owner.message;

import io.orrery.kernel.NodeId;

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
}
