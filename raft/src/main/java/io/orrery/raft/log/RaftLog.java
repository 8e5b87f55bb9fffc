package io.orrery.raft.log;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;

/**
 * One group's log and hard state, as the group works with them: changes show here at once and reach the disk with the
 * write-ahead log's next sync.
 *
 * <p>The log may begin after index 0: entries up to {@link #snapshotIndex()} are compacted, a snapshot stands for them.
 * Memory holds the entries behind it and nothing of those before, so it is bounded by what is not compacted.
 *
 * <ul>
 *   <li>I1: entries lie at consecutive indexes behind the snapshot's, and terms never fall along the log.
 *   <li>I2: what is durable is a prefix of the log: durableIndex is at most lastIndex, and falls with a truncation. A
 *       completion for a suffix that was cut off meanwhile raises nothing.
 *   <li>I3: the term never falls.
 * </ul>
 *
 * <p>For the node's thread.
 */
public final class RaftLog implements LogView, Ahead.Near {
    private final Wal wal;
    private final long group;
    private final EntryWindow entries;
    private final LivePlaces places;
    private final Losses losses = new Losses();
    private long snapshotIndex;
    private long snapshotTerm;
    private HardState hardState = HardState.INITIAL;
    private HardState sealedHardState = HardState.INITIAL;
    private HardState durableHardState = HardState.INITIAL;
    private long sealedIndex;
    private long durableIndex;
    private long truncations;
    private Ahead.Task onDurable;
    private boolean gathering;
    private int records;

    RaftLog(Wal wal, long group, Segments segments, ChunkPool chunks) {
        this.wal = wal;
        this.group = group;
        this.entries = new EntryWindow(chunks);
        this.places = new LivePlaces(segments, entries);
    }

    public long group() {
        return group;
    }

    /** Is told, in the disk's completion, that more of this log or its hard state is durable. */
    void onDurable(Ahead.Task listener) {
        Check.that(onDurable == null, "a group's log is opened once", group);
        onDurable = listener;
    }

    @Override
    public long look() {
        return onDurable == null ? 0 : onDurable.look();
    }

    /** Of the log alone: where the next entry goes, and the one at an index; see {@link Ahead}. */
    public long look(long index) {
        return durableIndex + hardState.term() + places.look() + entries.look(entries.last()) + entries.look(index);
    }

    @Override
    public long lastIndex() {
        return entries.last();
    }

    @Override
    public long snapshotIndex() {
        return snapshotIndex;
    }

    @Override
    public long snapshotTerm() {
        return snapshotTerm;
    }

    public long lastTerm() {
        return term(entries.last());
    }

    /** Of the last entry; 0 if there is none. */
    public long lastTimestampMillis() {
        return entries.isEmpty() ? 0 : entries.timestampMillis(entries.last());
    }

    @Override
    public long term(long index) {
        return index == snapshotIndex ? snapshotTerm : entries.term(index);
    }

    @Override
    public Entry entry(long index) {
        return entries.at(index);
    }

    public Entry.Kind kind(long index) {
        return entries.kind(index);
    }

    public long timestampMillis(long index) {
        return entries.timestampMillis(index);
    }

    /** See {@link Entry#sizeBytes}. */
    public int sizeBytes(long index) {
        return entries.payloadBytes(index) + Entry.OVERHEAD_BYTES;
    }

    /** See {@link Entry#digest}. */
    public long digest(long index) {
        return entries.digest(index);
    }

    /**
     * An entry's payload.
     *
     * @param isKept whether it may be needed after this event
     */
    public Bytes payload(long index, boolean isKept) {
        return entries.payload(index, isKept);
    }

    /** The array in which an entry lies, in {@link EntryForm}; right during this event, and not to be written to. */
    public byte[] array(long index) {
        return entries.array(index);
    }

    /** Where in its array an entry begins. */
    public int begin(long index) {
        return entries.begin(index);
    }

    @Override
    public long durableIndex() {
        return durableIndex;
    }

    @Override
    public long truncations() {
        return truncations;
    }

    /**
     * Whether the log has an entry of this term at this index: then both logs are equal up to there (section 5.3). What is
     * compacted was committed, so it matches the log of every leader that there may be (section 5.4.3).
     */
    public boolean matches(long index, long term) {
        return index < snapshotIndex || index <= lastIndex() && term(index) == term;
    }

    /**
     * The largest index at most {@code index}, within this log, whose term is at most {@code term}; where none is left behind
     * the snapshot, the snapshot's own index (or {@code index}, if that is before it). Both sides of a conflict skip with it
     * whole terms that cannot match (section 5.3).
     */
    public long lastIndexWithTermAtMost(long index, long term) {
        long low = Math.min(index, snapshotIndex);
        long high = Math.min(index, lastIndex());
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (term(middle) <= term) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /**
     * Entries from {@code from} on, within both limits, but at least one if there is any.
     *
     * @param out takes their bytes, which are right until it is written to again
     */
    public EntryBatch slice(long from, int entriesMax, int bytesMax, Encoder out) {
        Check.that(from > snapshotIndex, "a slice begins where the log does", from, snapshotIndex);
        Check.that(entriesMax >= 1, "a slice is not empty", entriesMax);
        return EntryBatch.of(entries, from, entriesMax, bytesMax, out);
    }

    public void append(Entry entry) {
        Check.that(entry.index() == lastIndex() + 1, "I1: no gap in the log", entry.index(), lastIndex());
        append(entry.term(), entry.timestampMillis(), entry.kind(), entry.payload());
    }

    /** Makes the next entry. */
    public void append(long term, long timestampMillis, Entry.Kind kind, Bytes payload) {
        append(term, timestampMillis, kind, payload.array(), payload.offset(), payload.length());
    }

    /** Appends the entry at which the reader is. */
    public void append(EntryReader entry) {
        Check.that(entry.index() == lastIndex() + 1, "I1: no gap in the log", entry.index(), lastIndex());
        append(entry.term(), entry.timestampMillis(), entry.kind(), entry.array(), entry.offset(), entry.length());
    }

    private void append(long term, long timestampMillis, Entry.Kind kind, byte[] array, int offset, int length) {
        Check.that(term >= lastTerm(), "I1: terms never fall along the log", term, lastTerm());
        entries.append(term, timestampMillis, kind, array, offset, length);
        places.onAppend(lastIndex());
        wal.append(this, entries, lastIndex());
    }

    /** Cuts off the entry at {@code index} and all behind it. */
    public void truncateFrom(long index) {
        Check.that(index > snapshotIndex, "what is compacted is committed, and not cut off", index, snapshotIndex);
        Check.that(index <= lastIndex(), "a truncation cuts something off", index, lastIndex());
        places.onTruncate(index);
        entries.dropFrom(index);
        durableIndex = Math.min(durableIndex, index - 1);
        sealedIndex = Math.min(sealedIndex, index - 1);
        truncations++;
        wal.truncate(this, index);
        Check.that(durableIndex <= lastIndex(), "I2: what is durable is a prefix", durableIndex, lastIndex());
    }

    /** Whether this log can be compacted: not if it is kept in the format of an earlier release. */
    public boolean isCompactable() {
        return wal.compacts();
    }

    /**
     * Forgets all entries up to {@code index}, for which a snapshot stands from now on. Durable with the next sync, which
     * reports to the listener as any other; until then a crash brings the entries back.
     *
     * @param index of an entry that is committed, durable here ({@link #durableIndex()}), and covered by a snapshot that is
     *     durable; beyond {@link #snapshotIndex()}
     */
    public void compactTo(long index) {
        Check.that(index > snapshotIndex, "a compaction forgets something", index, snapshotIndex);
        Check.that(index <= durableIndex, "only what is durable is compacted", index, durableIndex);
        long term = term(index);
        places.onCompact(index);
        entries.dropTo(index);
        snapshotIndex = index;
        snapshotTerm = term;
        wal.compact(this, index, term);
    }

    /**
     * Replaces the log by the end of a snapshot: all entries are gone, and the log begins behind {@code index} (section 7). To
     * be called when the snapshot is durable. All up to {@code index} counts as durable at once: a crash before the next
     * sync leaves the snapshot beside the old log, and its owner finds at the next start that the log does not hold
     * (index, term), and restarts it again.
     *
     * @param index of the snapshot's last entry, beyond {@link #snapshotIndex()}
     * @param term of that entry
     */
    public void restartAt(long index, long term) {
        Check.that(index > snapshotIndex, "a snapshot leads on", index, snapshotIndex);
        Check.that(term >= snapshotTerm, "I1: terms never fall along the log", term, snapshotTerm);
        places.onRestart();
        begin(index, term);
        durableIndex = index;
        sealedIndex = index;
        truncations++;
        wal.restart(this, index, term);
    }

    private void begin(long index, long term) {
        entries.restartAt(index + 1);
        snapshotIndex = index;
        snapshotTerm = term;
    }

    public HardState hardState() {
        return hardState;
    }

    @Override
    public HardState durableHardState() {
        return durableHardState;
    }

    public boolean isHardStateDurable() {
        return durableHardState == hardState;
    }

    public void save(HardState state) {
        Check.that(state.term() >= hardState.term(), "I3: the term never falls", state.term(), hardState.term());
        hardState = state;
        places.onHardState(state);
        wal.hardState(this, state);
    }

    /** Whether this log is among those that the next batch will tell; set once per batch. */
    boolean maybeGather() {
        boolean first = !gathering;
        gathering = true;
        return first;
    }

    /** The number of the next record of this group. */
    int nextRecord() {
        records = numberAfter(records);
        return records;
    }

    void onSealed() {
        gathering = false;
        sealedIndex = lastIndex();
        sealedHardState = hardState;
        places.onSealed();
    }

    /**
     * The batch is durable.
     *
     * @param segment in which it lies
     */
    void onSynced(long segment) {
        places.onSynced(segment);
        Check.that(sealedIndex >= durableIndex, "I2: a sync takes nothing back", sealedIndex, durableIndex);
        durableIndex = sealedIndex;
        durableHardState = sealedHardState;
        if (onDurable != null) {
            onDurable.run();
        }
    }

    /** Writes again what is live in a segment; whether nothing of this log is live there any more. */
    boolean maybeRewrite(long segment, WalBatch batch, int budgetBytes) {
        int before = batch.records();
        boolean done = places.maybeRewrite(this, segment, batch, budgetBytes);
        if (batch.records() > before) {
            wal.gather(this);
        }
        return done;
    }

    boolean maybeReplay(Entry entry, long segment, boolean inOrder) {
        if (entry.index() <= snapshotIndex || inOrder && !follows(entry)) {
            return false;
        }
        if (losses.hasLost()) {
            replayBehindLoss(entry);
        }
        places.replayEntry(entry.index(), segment);
        entries.put(entry);
        return true;
    }

    /**
     * Records of this group are missing, among them perhaps truncations. An entry that contradicts one that is there was written
     * after a truncation; and as many entries before a new one as records are missing may have been replaced.
     */
    private void replayBehindLoss(Entry entry) {
        long index = entry.index();
        boolean isKnown =
                !entries.isEmpty() && index >= entries.first() && index <= lastIndex() && entries.holds(index);
        boolean isOld = isKnown && entries.term(index) == entry.term()
                || !isKnown && index <= lastIndex()
                || index < entries.first();
        if (!isOld) {
            long from = Math.max(snapshotIndex + 1, index - losses.takePending());
            replayTruncation(Math.min(from, index));
        }
    }

    private boolean follows(Entry entry) {
        return entry.index() == lastIndex() + 1 && entry.term() >= lastTerm();
    }

    boolean maybeReplayTruncation(long fromIndex, boolean inOrder) {
        if (fromIndex <= snapshotIndex || inOrder && fromIndex > lastIndex()) {
            return false;
        }
        replayTruncation(fromIndex);
        return true;
    }

    private void replayTruncation(long fromIndex) {
        places.replayTruncation(fromIndex);
        entries.dropFrom(fromIndex);
    }

    boolean maybeReplayCompaction(long index, long term, long segment) {
        if (index < snapshotIndex || term < snapshotTerm) {
            return false;
        }
        places.replayCompaction(index, segment);
        entries.dropTo(index);
        snapshotIndex = index;
        snapshotTerm = term;
        return true;
    }

    boolean maybeReplayRestart(long index, long term, long segment) {
        if (index < snapshotIndex || term < snapshotTerm) {
            return false;
        }
        places.replayRestart(segment);
        begin(index, term);
        return true;
    }

    /**
     * @param gaps how many gaps the log has before this record
     */
    boolean maybeReplayNumber(int number, int gaps) {
        int before = records;
        boolean isFirst = records == 0 && gaps == 0;
        boolean follows = isFirst || number == 0 || number == numberAfter(records);
        if (!follows && gaps > 0) {
            losses.onLost(Math.max(1, number - records - 1));
            follows = true;
        }
        if (losses.isNewGap(gaps) && (number == 0 || before == 0)) {
            // An earlier format does not number records: any may be lost, and no entry before the next one is certain.
            losses.onLost(Integer.MAX_VALUE);
        }
        losses.onSeen(gaps, number);
        records = number;
        return follows;
    }

    /** Numbers go round, and leave out 0. */
    private static int numberAfter(int number) {
        return number == -1 ? 1 : number + 1;
    }

    void replay(HardState state, long segment) {
        places.replayHardState(state, segment);
        hardState = state;
    }

    /**
     * All is replayed, and all of it is durable. A log with a hole ends before it.
     *
     * @param gaps how many gaps the write-ahead log has: without one a hole is no damage but a mistake
     * @return what is wrong with the log as a whole; null if nothing is
     */
    String onRecovered(int gaps) {
        if (entries.isEmpty()) {
            entries.restartAt(snapshotIndex + 1);
        }
        long hole = firstHole();
        if (hole <= lastIndex() && gaps == 0) {
            return "group " + group + " has no entry that fits at " + hole + ", and its log ends at " + lastIndex();
        }
        if (hole <= lastIndex()) {
            losses.onHole(hole, lastIndex());
            replayTruncation(Math.max(hole, entries.first()));
            if (entries.isEmpty()) {
                entries.restartAt(snapshotIndex + 1);
            }
        }
        onSealed();
        places.onRecovered();
        durableIndex = sealedIndex;
        durableHardState = sealedHardState;
        return null;
    }

    /** The first index behind the snapshot where no entry fits; behind the last if there is none. */
    private long firstHole() {
        long term = snapshotTerm;
        for (long index = snapshotIndex + 1; index <= lastIndex(); index++) {
            if (index < entries.first() || !entries.holds(index) || entries.term(index) < term) {
                return index;
            }
            term = entries.term(index);
        }
        return lastIndex() + 1;
    }

    /** Whether recovery may have lost something of this log that was durable. */
    boolean isForgetful(int gaps) {
        return losses.isForgetful(gaps);
    }

    /** Writes down what recovery found to be lost, so that it is known from now on. Whether that was anything. */
    boolean maybeSaveLosses(int gaps) {
        if (!losses.isForgetful(gaps)) {
            return false;
        }
        if (losses.holeFrom() > 0) {
            wal.truncate(this, lastIndex() + 1);
        }
        save(new HardState(Math.max(hardState.term(), lastTerm()), hardState.vote(), true));
        return true;
    }

    /** What recovery found to be lost of this log; empty for nothing, or nothing that is known. For people. */
    public String damaged() {
        return losses.holeFrom() == 0 ? "" : "entries " + losses.holeFrom() + " to " + losses.holeTo();
    }
}
