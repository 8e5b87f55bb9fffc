package io.orrery.raft.log;

import io.orrery.kernel.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * One group's log and hard state, as the group works with them: changes show here at once and reach the disk with the
 * write-ahead log's next sync. All entries stay in memory.
 *
 * <ul>
 *   <li>I1: entry i lies at index i, and terms never fall along the log.
 *   <li>I2: what is durable is a prefix of the log: durableIndex is at most lastIndex, and falls with a truncation. A
 *       completion for a suffix that was cut off meanwhile raises nothing.
 *   <li>I3: the term never falls.
 * </ul>
 *
 * <p>For the node's thread.
 */
public final class RaftLog implements LogView {
    private final Wal wal;
    private final long group;
    private final ArrayList<Entry> entries = new ArrayList<>();
    private HardState hardState = HardState.INITIAL;
    private HardState sealedHardState = HardState.INITIAL;
    private HardState durableHardState = HardState.INITIAL;
    private long sealedIndex;
    private long durableIndex;
    private long truncations;
    private Runnable onDurable;
    private boolean gathering;

    RaftLog(Wal wal, long group) {
        this.wal = wal;
        this.group = group;
    }

    public long group() {
        return group;
    }

    /** Is told, in the disk's completion, that more of this log or its hard state is durable. */
    void onDurable(Runnable listener) {
        Check.that(onDurable == null, "a group's log is opened once", group);
        onDurable = listener;
    }

    @Override
    public long lastIndex() {
        return entries.size();
    }

    public long lastTerm() {
        return term(entries.size());
    }

    /** Of the last entry; 0 if the log is empty. */
    public long lastTimestampMillis() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).timestampMillis();
    }

    @Override
    public long term(long index) {
        return index == 0 ? 0 : entry(index).term();
    }

    @Override
    public Entry entry(long index) {
        return entries.get((int) index - 1);
    }

    @Override
    public long durableIndex() {
        return durableIndex;
    }

    @Override
    public long truncations() {
        return truncations;
    }

    /** Whether the log has an entry of this term at this index: then both logs are equal up to there (section 5.3). */
    public boolean matches(long index, long term) {
        return index <= lastIndex() && term(index) == term;
    }

    /**
     * The largest index at most {@code index}, within this log, whose term is at most {@code term}; 0 if there is none.
     * Both sides of a conflict skip with it whole terms that cannot match (section 5.3).
     */
    public long lastIndexWithTermAtMost(long index, long term) {
        long low = 0;
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

    /** Entries from {@code from} on, within both limits, but at least one if there is any. */
    public List<Entry> slice(long from, int entriesMax, int bytesMax) {
        Check.that(from >= 1 && entriesMax >= 1, "a slice starts in the log and is not empty", from, entriesMax);
        long last = Math.min(lastIndex(), from + entriesMax - 1);
        List<Entry> slice = new ArrayList<>((int) Math.max(0, last - from + 1));
        long bytes = 0;
        for (long index = from; index <= last; index++) {
            Entry entry = entry(index);
            bytes += entry.sizeBytes();
            if (bytes > bytesMax && !slice.isEmpty()) {
                break;
            }
            slice.add(entry);
        }
        return slice;
    }

    public void append(Entry entry) {
        Check.that(entry.index() == lastIndex() + 1, "I1: no gap in the log", entry.index(), lastIndex());
        Check.that(entry.term() >= lastTerm(), "I1: terms never fall along the log", entry.term(), lastTerm());
        entries.add(entry);
        wal.append(this, entry);
    }

    /** Cuts off the entry at {@code index} and all behind it. */
    public void truncateFrom(long index) {
        Check.that(index >= 1 && index <= lastIndex(), "a truncation cuts something off", index, lastIndex());
        entries.subList((int) index - 1, entries.size()).clear();
        durableIndex = Math.min(durableIndex, index - 1);
        sealedIndex = Math.min(sealedIndex, index - 1);
        truncations++;
        wal.truncate(this, index);
        Check.that(durableIndex <= lastIndex(), "I2: what is durable is a prefix", durableIndex, lastIndex());
    }

    public HardState hardState() {
        return hardState;
    }

    /** The hard state that a crash now would leave. */
    public HardState durableHardState() {
        return durableHardState;
    }

    public boolean isHardStateDurable() {
        return durableHardState == hardState;
    }

    public void save(HardState state) {
        Check.that(state.term() >= hardState.term(), "I3: the term never falls", state.term(), hardState.term());
        hardState = state;
        wal.hardState(this, state);
    }

    /** Whether this log is among those that the next batch will tell; set once per batch. */
    boolean maybeGather() {
        boolean first = !gathering;
        gathering = true;
        return first;
    }

    void onSealed() {
        gathering = false;
        sealedIndex = lastIndex();
        sealedHardState = hardState;
    }

    void onSynced() {
        Check.that(sealedIndex >= durableIndex, "I2: a sync takes nothing back", sealedIndex, durableIndex);
        durableIndex = sealedIndex;
        durableHardState = sealedHardState;
        if (onDurable != null) {
            onDurable.run();
        }
    }

    boolean maybeReplay(Entry entry) {
        if (entry.index() != lastIndex() + 1 || entry.term() < lastTerm()) {
            return false;
        }
        entries.add(entry);
        return true;
    }

    boolean maybeReplayTruncation(long fromIndex) {
        if (fromIndex < 1 || fromIndex > lastIndex()) {
            return false;
        }
        entries.subList((int) fromIndex - 1, entries.size()).clear();
        return true;
    }

    void replay(HardState state) {
        hardState = state;
    }

    /** All that was replayed is durable. */
    void onRecovered() {
        onSealed();
        durableIndex = sealedIndex;
        durableHardState = sealedHardState;
    }
}
