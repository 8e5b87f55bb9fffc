package io.orrery.gossip.owner;

import io.orrery.gossip.owner.RowStore.Shelf;
import io.orrery.gossip.owner.message.Operation;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.gossip.owner.message.OwnerMessage.Batch;
import io.orrery.gossip.owner.message.OwnerMessage.Chunk;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;

/**
 * What this node holds of one owner's rows, under one generation.
 *
 * <p>With rows(s) the fold of the owner's operations 1 to s, what is held is always
 *
 * <pre>
 *   complete:            rows(sequence)
 *   within a snapshot:   those of rows(sequence) up to the cursor, and behind it something that later chunks replace
 * </pre>
 *
 * <ul>
 *   <li>H1: a batch advances the sequence, and only if it begins right behind it. Its operations behind the cursor are
 *       applied as well: that changes nothing in the end, and a fresh row need not wait for the snapshot to reach it.
 *   <li>H2: a chunk advances the cursor, and only if it is of the very sequence and begins at the very cursor; the first
 *       one may jump to a later sequence.
 *   <li>H3: the last chunk completes. So a snapshot needs no pause of its owner, and can go on after any interruption, also
 *       from another peer: rows(sequence) is the same, whoever has it. What is complete has the count and the hash that the
 *       sender says, or is given up.
 *   <li>H4: rows are in sight or aside, from the owner's death until it is known to live on or they are dropped. Aside they
 *       change as they do in sight, and nobody uses them.
 * </ul>
 */
final class PeerRows implements RowSource {
    /** What a message did. */
    enum Outcome {
        APPLIED,
        /** Nothing: we are past it. */
        OLD,
        /** Nothing: something before it is missing. */
        GAP,
        /** Nothing, and no correct peer says so. */
        NONSENSE,
        /** It brought all, and all is not what its sender says to have: what is held is distrusted now. */
        MISMATCH
    }

    private static final long NEVER = Long.MIN_VALUE;

    private final NodeId owner;
    private final long generation;
    private final Rows rows;
    /** What was applied last: replayed to others when the owner cannot. */
    private final OperationLog log;

    private boolean complete = true;
    /** The one given last: asked for much more often than rows change. */
    private OwnerDigest digest;

    private Bytes cursor;
    private long asideSinceNanos = NEVER;

    PeerRows(NodeId owner, long generation, Shelf shelf, OwnerLogConfig config) {
        this.owner = owner;
        this.generation = generation;
        this.rows = new Rows(shelf);
        this.log = new OperationLog(config.relayOperationsMax(), config.relayBytesMax());
        this.digest = new OwnerDigest(owner, generation, 0, 0, 0);
    }

    NodeId owner() {
        return owner;
    }

    long generation() {
        return generation;
    }

    long sequence() {
        return log.sequence();
    }

    boolean isComplete() {
        return complete;
    }

    /** Null if complete, else up to where the snapshot has come; {@link Bytes#EMPTY} if it has not begun. */
    Bytes cursor() {
        return cursor;
    }

    @Override
    public Rows rows() {
        return rows;
    }

    @Override
    public OperationLog log() {
        return log;
    }

    @Override
    public OwnerDigest digest() {
        if (!digest.isOf(generation, sequence(), rows.count(), rows.hash())) {
            digest = new OwnerDigest(owner, generation, sequence(), rows.count(), rows.hash());
        }
        return digest;
    }

    // ---- in sight, and aside

    boolean isAside() {
        return asideSinceNanos != NEVER;
    }

    /** H4. */
    void setAside(long nowNanos) {
        Check.that(!isAside(), "H4: rows are set aside once");
        asideSinceNanos = nowNanos;
        rows.shelf().hide();
    }

    /** H4. */
    void restore() {
        Check.that(isAside(), "H4: rows are restored that were set aside");
        asideSinceNanos = NEVER;
        rows.shelf().show(rows);
    }

    long asideSinceNanos() {
        return asideSinceNanos;
    }

    // ---- messages

    /** H1. */
    Outcome apply(Batch batch) {
        long sequence = sequence();
        long first = batch.firstSequence();
        long last = first + batch.operations().size() - 1;
        if (first > sequence + 1) {
            return Outcome.GAP;
        }
        if (last <= sequence) {
            return Outcome.OLD;
        }
        for (int i = (int) (sequence + 1 - first); i < batch.operations().size(); i++) {
            apply(batch.operations().get(i));
        }
        Check.that(sequence() == last, "H1: a batch advances the sequence", last, sequence);
        return Outcome.APPLIED;
    }

    private void apply(Operation operation) {
        Operation kept = new Operation(operation.added(), operation.row().compact());
        if (kept.added()) {
            rows.add(kept.row());
        } else {
            rows.remove(kept.row());
        }
        log.append(kept);
    }

    /** H2, H3. */
    Outcome apply(Chunk chunk) {
        boolean begins = chunk.from() == null;
        long sequence = chunk.digest().sequence();
        if (sequence < sequence() || begins && complete && sequence == sequence()) {
            return Outcome.OLD;
        }
        if (!begins && (complete || sequence != sequence() || !chunk.from().equals(cursor))) {
            return Outcome.GAP;
        }
        if (!Rows.isChunk(chunk.from(), chunk.to(), chunk.rows())) {
            return Outcome.NONSENSE;
        }
        rows.replace(chunk.from(), chunk.to(), chunk.rows());
        if (sequence != sequence()) {
            log.restart(sequence);
        }
        cursor = chunk.to();
        complete = cursor == null;
        if (complete && !digest().equals(chunk.digest())) {
            distrust();
            return Outcome.MISMATCH;
        }
        return Outcome.APPLIED;
    }

    /** What is held is not to be trusted: a snapshot from the beginning replaces it. */
    void distrust() {
        log.restart(0);
        complete = false;
        cursor = Bytes.EMPTY;
    }

    void checkInvariants() {
        Check.that(complete == (cursor == null), "a snapshot under way has a cursor");
        Check.that(sequence() > 0 || rows.count() == 0 || !complete, "H1: rows come from operations", rows.count());
    }
}
