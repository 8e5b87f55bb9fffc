package io.orrery.gossip.owner.message;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import java.util.List;

/** The messages of the owner log; all go by stream, and each names the sender's cluster. */
public sealed interface OwnerMessage {
    String cluster();

    /** What a sender of digests wants of the receiver. */
    enum Purpose {
        /** Your own digest, if what I hold of you is not up to date. */
        HELLO,
        /** The digests in which you are ahead of me; these are all I have. */
        TABLE,
        /** Nothing. */
        ANSWER
    }

    /** How far the sender has each owner's rows, sorted by owner. Those without rows, or with an unfinished snapshot, are left out. */
    record Digests(String cluster, Purpose purpose, List<OwnerDigest> digests) implements OwnerMessage {}

    /**
     * How far the sender has each owner's rows, in a hash: see {@link OwnerDigest#hashOf}. A receiver that has another one says
     * its own as a {@link Purpose#TABLE}.
     */
    record Summary(String cluster, long hash) implements OwnerMessage {}

    /**
     * The receiver, the owner or another peer that is not behind, is to send what follows {@code sequence}.
     *
     * @param cursor null if the sender holds all rows as of {@code sequence}; else it holds those up to the cursor, and the
     *     snapshot is to go on behind it
     */
    record Fetch(String cluster, NodeId owner, long generation, long sequence, Bytes cursor) implements OwnerMessage {}

    /**
     * A piece of an owner's log: fresh, or replayed.
     *
     * @param firstSequence of the first operation; the others follow without a gap
     * @param lastSequence the end of the owner's log when this was sent
     */
    record Batch(
            String cluster,
            NodeId owner,
            long generation,
            long firstSequence,
            long lastSequence,
            List<Operation> operations)
            implements OwnerMessage {}

    /**
     * A piece of an owner's rows as of the digest's sequence: all those behind {@code from} and up to {@code to}, in the order
     * of their hashes.
     *
     * @param digest of the rows that the sender has: whoever got all pieces has the same
     * @param from null if the piece begins with the first row
     * @param to null if no row follows
     * @param rows rising
     */
    record Chunk(String cluster, OwnerDigest digest, Bytes from, Bytes to, List<Bytes> rows) implements OwnerMessage {}
}
