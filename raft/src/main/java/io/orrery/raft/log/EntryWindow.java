package io.orrery.raft.log;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import java.util.zip.CRC32C;

/**
 * Consecutive indexes of a log and their entries, without an object for each: an entry lies in a chunk, its numbers before its payload.
 * Entries leave at both ends: compacted in front, truncated behind. While a log is read back an entry may come before those in
 * front of it: then slots between are empty for a while.
 *
 * <ul>
 *   <li>I1: memory is bounded by what is in the window: a window that became small gives its memory back.
 *   <li>I2: an entry lies in this window's memory alone; who may keep a slice of its payload is lent the chunk, which then is never
 *       written to again.
 * </ul>
 */
final class EntryWindow {
    private static final int SLOTS_MIN = 16;
    private static final Chunk[] NONE = {};
    private static final int[] NO_INTS = {};

    private final LogMemory memory;
    private final CRC32C crc = new CRC32C();

    /** Of each entry, at the lowest bits of its index, the chunk in which it lies; null where there is none. */
    private Chunk[] chunks = NONE;

    /** Where in its chunk it begins, in {@link EntryForm}. */
    private int[] offsets = NO_INTS;

    private long first = 1;
    private long last;

    EntryWindow(ChunkPool pool) {
        this.memory = new LogMemory(pool);
    }

    long first() {
        return first;
    }

    /** One less than the first if the window is empty. */
    long last() {
        return last;
    }

    /** See {@link Ahead}; of any index. */
    long look(long index) {
        if (index < first || index > last) {
            return 0;
        }
        int slot = slot(index);
        Chunk chunk = chunks[slot];
        return chunk == null ? 0 : chunk.used + chunk.bytes[offsets[slot]];
    }

    boolean isEmpty() {
        return last < first;
    }

    /** Whether there is an entry at an index of the window. */
    boolean holds(long index) {
        return chunks[slot(index)] != null;
    }

    /** The array in which an entry lies, in {@link EntryForm}; for who reads it now. */
    byte[] array(long index) {
        return chunks[slot(index)].bytes;
    }

    /** Where in its array an entry begins. */
    int begin(long index) {
        return offsets[slot(index)];
    }

    long term(long index) {
        return EntryForm.term(array(index), begin(index));
    }

    long timestampMillis(long index) {
        return EntryForm.timestampMillis(array(index), begin(index));
    }

    Entry.Kind kind(long index) {
        return EntryForm.kind(array(index), begin(index));
    }

    int payloadBytes(long index) {
        return EntryForm.length(array(index), begin(index));
    }

    /**
     * The payload.
     *
     * @param isKept whether it may be needed after this event
     */
    Bytes payload(long index, boolean isKept) {
        chunks[slot(index)].isLent |= isKept;
        byte[] array = array(index);
        int begin = begin(index);
        return Bytes.wrap(array, begin + EntryForm.PAYLOAD_AT, EntryForm.length(array, begin));
    }

    /** What {@link Entry#digest} says of the entry. */
    long digest(long index) {
        return EntryForm.digest(index, array(index), begin(index), crc);
    }

    /** The entry at an index of the window, as an object that may be kept; null if its slot is empty. */
    Entry at(long index) {
        return holds(index)
                ? new Entry(index, term(index), timestampMillis(index), kind(index), payload(index, true))
                : null;
    }

    private int slot(long index) {
        Check.that(index >= first && index <= last, "an index is within the log", index, first, last);
        return (int) index & chunks.length - 1;
    }

    void append(long term, long timestampMillis, Entry.Kind kind, byte[] array, int offset, int length) {
        reserve(last + 2 - first);
        last++;
        set(last, term, timestampMillis, kind, array, offset, length);
    }

    /** Puts an entry into its slot, and opens slots up to it. */
    void put(Entry entry) {
        long index = entry.index();
        if (isEmpty()) {
            first = index;
            last = index - 1;
        }
        long from = Math.min(first, index);
        long to = Math.max(last, index);
        reserve(to + 1 - from);
        first = from;
        last = to;
        clear(index);
        Bytes payload = entry.payload();
        set(
                index,
                entry.term(),
                entry.timestampMillis(),
                entry.kind(),
                payload.array(),
                payload.offset(),
                payload.length());
    }

    private void set(long index, long term, long timestampMillis, Entry.Kind kind, byte[] array, int from, int length) {
        int slot = slot(index);
        Chunk chunk = memory.place(EntryForm.PAYLOAD_AT + length);
        int at = chunk.used;
        EntryForm.write(chunk.bytes, at, term, timestampMillis, kind, array, from, length);
        chunks[slot] = chunk;
        offsets[slot] = at;
        chunk.used += EntryForm.PAYLOAD_AT + length;
        chunk.entries++;
    }

    private void clear(long index) {
        int slot = slot(index);
        Chunk chunk = chunks[slot];
        if (chunk != null) {
            chunks[slot] = null;
            memory.release(chunk);
        }
    }

    /** Forgets all up to {@code index}; the window begins behind it, even if that is beyond its end. */
    void dropTo(long index) {
        if (index >= last) {
            restartAt(index + 1);
            return;
        }
        for (; first <= index; first++) {
            clear(first);
        }
        maybeShrink();
    }

    /** Forgets all from {@code index} on. */
    void dropFrom(long index) {
        for (; last >= index && last >= first; last--) {
            clear(last);
        }
        maybeShrink();
    }

    /** Forgets all; the window begins at {@code index}. */
    void restartAt(long index) {
        for (; first <= last; first++) {
            clear(first);
        }
        memory.restart();
        allocate(0);
        first = index;
        last = index - 1;
    }

    private void reserve(long size) {
        if (size > chunks.length) {
            Check.that(size <= 1 << 29, "a log has at most 2^29 entries in memory", size);
            resize(Math.max(SLOTS_MIN, Integer.highestOneBit((int) size - 1) << 1));
        }
    }

    private void maybeShrink() {
        long size = last - first + 1;
        if (chunks.length > SLOTS_MIN && size * 16 < chunks.length) {
            resize(Math.max(SLOTS_MIN, Integer.highestOneBit((int) size + 1) << 1));
        }
    }

    private void allocate(int length) {
        chunks = length == 0 ? NONE : new Chunk[length];
        offsets = length == 0 ? NO_INTS : new int[length];
    }

    private void resize(int length) {
        Chunk[] chunksBefore = chunks;
        int[] offsetsBefore = offsets;
        allocate(length);
        for (long index = first; index <= last; index++) {
            int from = (int) index & chunksBefore.length - 1;
            int to = (int) index & length - 1;
            chunks[to] = chunksBefore[from];
            offsets[to] = offsetsBefore[from];
        }
        Check.that(chunks.length >= last - first + 1, "I1: a window holds its entries", length);
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
