package io.orrery.raft.log;

import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Entries that follow one another, in the form in which they go over the wire: made once for all peers, and taken from a frame
 * without an object for each. Of each entry its kind, its term, its timestamp and its payload after its length, numbers as
 * LEB128; indexes follow from the first.
 *
 * <p>It borrows its bytes, a sender's buffer or a frame: it is right within the event in which it was made or came. Who needs
 * it longer takes what {@link #kept} gives. As a list it makes an object of each entry: for tools and tests.
 */
public final class EntryBatch extends AbstractList<Entry> {
    public static final EntryBatch EMPTY = new EntryBatch(new byte[0], 0, 0, 0, 0, 0, 0);

    /** A kind, a term, a timestamp and a length, of one byte each. */
    private static final int ENTRY_BYTES_MIN = 4;

    /** Far beyond any log, far from overflow. */
    private static final long NUMBER_MAX = 1L << 60;

    private final byte[] array;
    private final int offset;
    private final int length;
    private final long prevIndex;
    private final int count;
    private final long sizeBytes;
    private final int kinds;
    /** Made when it is first asked for: all peers are sent the same. */
    private EntryBatch kept;

    private EntryBatch(byte[] array, int offset, int length, long prevIndex, int count, long sizeBytes, int kinds) {
        this.array = array;
        this.offset = offset;
        this.length = length;
        this.prevIndex = prevIndex;
        this.count = count;
        this.sizeBytes = sizeBytes;
        this.kinds = kinds;
    }

    /** Of entries that follow one another. */
    public static EntryBatch of(List<Entry> entries) {
        if (entries instanceof EntryBatch batch) {
            return batch;
        }
        if (entries.isEmpty()) {
            return EMPTY;
        }
        Encoder out = new Encoder();
        long bytes = 0;
        int kinds = 0;
        for (Entry entry : entries) {
            out.writeByte(entry.kind().ordinal());
            out.writeVarLong(entry.term());
            out.writeVarLong(entry.timestampMillis());
            out.writeBytes(entry.payload());
            bytes += entry.sizeBytes();
            kinds |= 1 << entry.kind().ordinal();
        }
        long prevIndex = entries.get(0).index() - 1;
        return new EntryBatch(out.buffer(), 0, out.position(), prevIndex, entries.size(), bytes, kinds);
    }

    /**
     * Entries of a log, within both limits, but at least one if there is any.
     *
     * @param out takes their bytes, which are right until it is written to again
     */
    static EntryBatch of(EntryWindow log, long from, int entriesMax, int bytesMax, Encoder out) {
        out.clear();
        long bytes = 0;
        int kinds = 0;
        long last = Math.min(log.last(), from + entriesMax - 1);
        long index = from;
        for (; index <= last; index++) {
            byte[] array = log.array(index);
            int begin = log.begin(index);
            int payloadBytes = EntryForm.length(array, begin);
            bytes += payloadBytes + Entry.OVERHEAD_BYTES;
            if (bytes > bytesMax && index > from) {
                bytes -= payloadBytes + Entry.OVERHEAD_BYTES;
                break;
            }
            int kind = EntryForm.kind(array, begin).ordinal();
            out.writeByte(kind);
            out.writeVarLong(EntryForm.term(array, begin));
            out.writeVarLong(EntryForm.timestampMillis(array, begin));
            out.writeVarLong(payloadBytes);
            out.writeRaw(array, begin + EntryForm.PAYLOAD_AT, payloadBytes);
            kinds |= 1 << kind;
        }
        int count = (int) (index - from);
        return count == 0 ? EMPTY : new EntryBatch(out.buffer(), 0, out.position(), from - 1, count, bytes, kinds);
    }

    /** Writes how many there are, and the entries. */
    public void encode(Encoder out) {
        out.writeVarLong(count);
        out.writeRaw(array, offset, length);
    }

    /**
     * What {@link #encode} has written; borrows the decoder's array.
     *
     * @param term of the leader
     * @param prevIndex of the entry before the first
     * @param prevTerm of that entry
     * @throws DecodeException if they are not what a log can hold
     */
    public static EntryBatch decode(long term, long prevIndex, long prevTerm, Decoder in) {
        int count = in.readCount(ENTRY_BYTES_MIN);
        long lastTerm = prevTerm;
        long bytes = 0;
        int kinds = 0;
        int begin = count == 0 ? 0 : in.borrow(0);
        for (int i = 0; i < count; i++) {
            int kind = in.readByte();
            if (Entry.Kind.of(kind) == null) {
                throw new DecodeException("unknown kind of entry");
            }
            long entryTerm = number(in);
            long unusedTimestamp = number(in);
            int payloadBytes = in.readCount(1);
            in.borrow(payloadBytes);
            if (entryTerm < lastTerm) {
                throw new DecodeException("terms fall along the log");
            }
            lastTerm = entryTerm;
            bytes += payloadBytes + Entry.OVERHEAD_BYTES;
            kinds |= 1 << kind;
        }
        if (lastTerm > term) {
            throw new DecodeException("an entry of a later term than the leader's");
        }
        if (count == 0) {
            return EMPTY;
        }
        return new EntryBatch(in.array(), begin, in.borrow(0) - begin, prevIndex, count, bytes, kinds);
    }

    private static long number(Decoder in) {
        long value = in.readVarLong();
        if (value < 0 || value > NUMBER_MAX) {
            throw new DecodeException("a number out of range");
        }
        return value;
    }

    /** The same with bytes of its own, to be kept. */
    public EntryBatch kept() {
        if (count == 0) {
            return this;
        }
        if (kept == null) {
            byte[] own = Arrays.copyOfRange(array, offset, offset + length);
            kept = new EntryBatch(own, 0, length, prevIndex, count, sizeBytes, kinds);
            kept.kept = kept;
        }
        return kept;
    }

    /** The weight of the entries against limits in bytes. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** Whether one of them is of this kind. */
    public boolean holds(Entry.Kind kind) {
        return (kinds & 1 << kind.ordinal()) != 0;
    }

    public EntryReader reader() {
        EntryReader reader = new EntryReader();
        reader.begin(this);
        return reader;
    }

    void wrapIn(Decoder decoder) {
        decoder.wrap(array, offset, length);
    }

    /** Of the entry before the first. */
    long prevIndex() {
        return prevIndex;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public Entry get(int at) {
        Iterator<Entry> entries = iterator();
        for (int i = 0; i < at; i++) {
            entries.next();
        }
        return entries.next();
    }

    @Override
    public Iterator<Entry> iterator() {
        EntryReader reader = reader();
        return new Iterator<>() {
            private int left = count;

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public Entry next() {
                if (!reader.next()) {
                    throw new NoSuchElementException();
                }
                left--;
                return reader.entry();
            }
        };
    }
}
