package io.orrery.raft.log;

import io.orrery.kernel.Check;
import java.nio.charset.StandardCharsets;

/**
 * Where on disk one log's live records are, told to {@link Segments}: of each entry, of the hard state, and of the mark that
 * says where the log begins.
 *
 * <ul>
 *   <li>I1: a record counts as live in a segment from the sync that made it durable until it is superseded.
 *   <li>I2: what the entries take that are gathered or on their way is reckoned while they are written, so that a sync, which comes
 *       much later, reads none of them again.
 * </ul>
 */
final class LivePlaces {
    private static final long NOWHERE = -2;
    private static final int MARK_BYTES = 40;
    private static final int HARD_STATE_BYTES = 32;

    private final Segments segments;
    private final EntryWindow entries;
    private final Placement placement = new Placement();
    private long gatheredBytes;
    private long sealedBytes;
    /** Of all entries, wherever they lie. */
    private long allBytes;

    private long hardStatePlace = NOWHERE;
    private int hardStateBytes;
    private long markPlace = NOWHERE;

    LivePlaces(Segments segments, EntryWindow entries) {
        this.segments = segments;
        this.entries = entries;
    }

    /** See {@link Ahead}. */
    long look() {
        return gatheredBytes + placement.look();
    }

    void onAppend(long index) {
        placement.append(index, Placement.GATHERED);
        int bytes = bytesOf(index);
        gatheredBytes += bytes;
        allBytes += bytes;
    }

    /** The entries from {@code index} on are about to be cut off. */
    void onTruncate(long index) {
        forget(index, entries.last());
        placement.dropFrom(index);
    }

    /** The entries up to {@code index} are about to be compacted. */
    void onCompact(long index) {
        forgetTo(index);
        placement.dropTo(index, entries.last());
        onMark();
    }

    /** All entries are about to be replaced by a snapshot. */
    void onRestart() {
        forget(entries.first(), entries.last());
        placement.clear();
        onMark();
    }

    private void onMark() {
        if (markPlace > 0) {
            segments.remove(markPlace, MARK_BYTES);
        }
        markPlace = Placement.GATHERED;
    }

    void onHardState(HardState state) {
        if (hardStatePlace > 0) {
            segments.remove(hardStatePlace, hardStateBytes);
        }
        hardStatePlace = Placement.GATHERED;
        hardStateBytes = bytesOf(state);
    }

    private static int bytesOf(HardState state) {
        int vote = state.vote() == null ? 0 : state.vote().name().getBytes(StandardCharsets.UTF_8).length;
        return WalFormat.padded(HARD_STATE_BYTES + vote);
    }

    private int bytesOf(long index) {
        return WalFormat.padded(WalFormat.ENTRY_HEADER_BYTES + entries.payloadBytes(index));
    }

    /**
     * A log is compacted to a short tail, most often, and what goes was not looked at for long: then it is cheaper to reckon what
     * stays, and what went is the rest.
     */
    private void forgetTo(long index) {
        long first = entries.first();
        long last = entries.last();
        long gone = Math.min(index, placement.end(0, last));
        if (gone - first < last - gone) {
            forget(first, index);
            return;
        }
        onGone(placement.place(0), allBytes - bytesOf(gone + 1, last));
        forget(gone + 1, index);
    }

    private void forget(long from, long to) {
        for (int run = 0; run < placement.runs(); run++) {
            long place = placement.place(run);
            long first = Math.max(from, placement.start(run));
            long last = Math.min(to, placement.end(run, entries.last()));
            if (first <= last) {
                onGone(place, bytesOf(first, last));
            }
        }
    }

    private void onGone(long place, long bytes) {
        allBytes -= bytes;
        Check.that(bytes >= 0 && allBytes >= 0, "I2: no entry is forgotten twice", bytes, allBytes);
        if (place == Placement.GATHERED) {
            gatheredBytes -= bytes;
            Check.that(gatheredBytes >= 0, "I2: no entry is forgotten twice", gatheredBytes);
        } else if (place == Placement.SEALED) {
            sealedBytes -= bytes;
            Check.that(sealedBytes >= 0, "I2: no entry is forgotten twice", sealedBytes);
        } else {
            segments.remove(place, bytes);
        }
    }

    private long bytesOf(long first, long last) {
        long bytes = 0;
        for (long index = first; index <= last; index++) {
            bytes += bytesOf(index);
        }
        return bytes;
    }

    /** What was gathered is on its way. */
    void onSealed() {
        Check.that(sealedBytes == 0, "one batch is on its way at a time", sealedBytes);
        sealedBytes = gatheredBytes;
        gatheredBytes = 0;
        placement.replace(Placement.GATHERED, Placement.SEALED);
        hardStatePlace = hardStatePlace == Placement.GATHERED ? Placement.SEALED : hardStatePlace;
        markPlace = markPlace == Placement.GATHERED ? Placement.SEALED : markPlace;
    }

    /** What was on its way is durable in this segment. */
    void onSynced(long segment) {
        segments.add(segment, sealedBytes);
        sealedBytes = 0;
        placement.replace(Placement.SEALED, segment);
        if (hardStatePlace == Placement.SEALED) {
            hardStatePlace = segment;
            segments.add(segment, hardStateBytes);
        }
        if (markPlace == Placement.SEALED) {
            markPlace = segment;
            segments.add(segment, MARK_BYTES);
        }
    }

    /**
     * Writes again what is live in a segment, up to so many bytes, but at least one record if there is any.
     *
     * @return whether nothing of this log is live in the segment any more
     */
    boolean maybeRewrite(RaftLog log, long segment, WalBatch batch, int budgetBytes) {
        if (hardStatePlace == segment) {
            batch.hardState(log, log.hardState());
            segments.remove(segment, hardStateBytes);
            hardStatePlace = Placement.GATHERED;
        }
        if (markPlace == segment) {
            batch.compact(log, log.snapshotIndex(), log.snapshotTerm());
            segments.remove(segment, MARK_BYTES);
            markPlace = Placement.GATHERED;
        }
        int left = budgetBytes;
        for (int run = 0; run < placement.runs(); ) {
            if (placement.place(run) != segment) {
                run++;
                continue;
            }
            if (left <= 0) {
                return false;
            }
            long first = placement.start(run);
            long last = placement.end(run, entries.last());
            long next = first;
            for (; next <= last && left > 0; next++) {
                batch.entry(log, entries, next);
                left -= bytesOf(next);
                segments.remove(segment, bytesOf(next));
                gatheredBytes += bytesOf(next);
            }
            Check.that(next > first, "a rewrite moves something", first, left);
            placement.move(first, next - 1, Placement.GATHERED, entries.last());
            run = 0;
        }
        return true;
    }

    // ---- While the log is read back

    /** An entry was found; called before it is put into the window. */
    void replayEntry(long index, long segment) {
        placement.put(index, segment, entries.last());
    }

    void replayTruncation(long index) {
        placement.dropFrom(index);
    }

    void replayCompaction(long index, long segment) {
        placement.dropTo(index, entries.last());
        markPlace = segment;
    }

    void replayRestart(long segment) {
        placement.clear();
        markPlace = segment;
    }

    void replayHardState(HardState state, long segment) {
        hardStatePlace = segment;
        hardStateBytes = bytesOf(state);
    }

    /** All was read: what is live counts from now on. */
    void onRecovered() {
        for (int run = 0; run < placement.runs(); run++) {
            long bytes = bytesOf(placement.start(run), placement.end(run, entries.last()));
            segments.add(placement.place(run), bytes);
            allBytes += bytes;
        }
        if (hardStatePlace > 0) {
            segments.add(hardStatePlace, hardStateBytes);
        }
        if (markPlace > 0) {
            segments.add(markPlace, MARK_BYTES);
        }
    }
}
