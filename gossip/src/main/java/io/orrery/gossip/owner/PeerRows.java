package io.orrery.gossip.owner;

import io.orrery.gossip.owner.message.Operation;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.gossip.owner.message.OwnerMessage.Batch;
import io.orrery.gossip.owner.message.OwnerMessage.Chunk;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

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
 *   <li>H3: the last chunk completes. So a snapshot needs no pause of its owner, and can go on after any interruption.
 * </ul>
 */
final class PeerRows {
    /** What a message did. */
    enum Outcome {
        APPLIED,
        /** Nothing: we are past it. */
        OLD,
        /** Nothing: something before it is missing. */
        GAP
    }

    private final NodeId owner;
    private final long generation;
    private final OwnerLogListener listener;
    private final Rows rows = new Rows();
    private long sequence;
    private boolean complete = true;
    /** The one given last: asked for much more often than rows change. */
    private OwnerDigest digest;

    private Bytes cursor;

    PeerRows(NodeId owner, long generation, OwnerLogListener listener) {
        this.owner = owner;
        this.generation = generation;
        this.listener = listener;
        this.digest = new OwnerDigest(owner, generation, 0, 0, 0);
    }

    NodeId owner() {
        return owner;
    }

    long generation() {
        return generation;
    }

    long sequence() {
        return sequence;
    }

    boolean isComplete() {
        return complete;
    }

    /** Null if complete, else up to where the snapshot has come; {@link Bytes#EMPTY} if it has not begun. */
    Bytes cursor() {
        return cursor;
    }

    Rows rows() {
        return rows;
    }

    OwnerDigest digest() {
        if (!digest.isOf(generation, sequence, rows.count(), rows.hash())) {
            digest = new OwnerDigest(owner, generation, sequence, rows.count(), rows.hash());
        }
        return digest;
    }

    /** H1. */
    Outcome apply(Batch batch) {
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
        Check.that(last > sequence, "H1: a batch advances the sequence", last, sequence);
        sequence = last;
        return Outcome.APPLIED;
    }

    private void apply(Operation operation) {
        if (operation.added()) {
            add(operation.row().compact());
        } else if (rows.remove(operation.row())) {
            listener.onRemoved(owner, operation.row());
        }
    }

    private void add(Bytes row) {
        if (rows.add(row)) {
            listener.onAdded(owner, row);
        }
    }

    /** H2, H3. */
    Outcome apply(Chunk chunk) {
        boolean begins = chunk.from() == null;
        if (chunk.sequence() < sequence || begins && complete && chunk.sequence() == sequence) {
            return Outcome.OLD;
        }
        if (!begins
                && (complete || chunk.sequence() != sequence || !chunk.from().equals(cursor))) {
            return Outcome.GAP;
        }
        replaceRange(chunk);
        sequence = chunk.sequence();
        cursor = chunk.to();
        complete = cursor == null;
        return Outcome.APPLIED;
    }

    /** Makes what is held between the chunk's bounds equal to the chunk. */
    private void replaceRange(Chunk chunk) {
        List<Bytes> gone = new ArrayList<>();
        Iterator<Bytes> fresh = chunk.rows().iterator();
        Bytes next = fresh.hasNext() ? fresh.next() : null;
        for (Bytes held : rows.range(chunk.from(), chunk.to())) {
            while (next != null && next.compareTo(held) < 0) {
                next = fresh.hasNext() ? fresh.next() : null;
            }
            if (next == null || !next.equals(held)) {
                gone.add(held);
            }
        }
        for (Bytes row : gone) {
            rows.remove(row);
            listener.onRemoved(owner, row);
        }
        for (Bytes row : chunk.rows()) {
            add(row.compact());
        }
    }

    /** What is held is not to be trusted: a snapshot from the beginning replaces it. */
    void distrust() {
        sequence = 0;
        complete = false;
        cursor = Bytes.EMPTY;
    }

    void checkInvariants() {
        Check.that(complete == (cursor == null), "a snapshot under way has a cursor");
        Check.that(sequence > 0 || rows.count() == 0 || !complete, "H1: rows come from operations", rows.count());
    }
}
