package io.orrery.raft.log;

import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Decoder;

/** Reads the entries of a batch, one after another, without an object for each. Begins before the first. May be used for one batch after another. */
public final class EntryReader {
    private final Decoder in = new Decoder();
    private int left;
    private long index;
    private Entry.Kind kind;
    private long term;
    private long timestampMillis;
    private int offset;
    private int length;

    EntryReader() {}

    /** Goes before the first entry of a batch. */
    void begin(EntryBatch entries) {
        entries.wrapIn(in);
        index = entries.prevIndex();
        left = entries.size();
    }

    /** Goes to the next entry; false if there is none. */
    public boolean next() {
        if (left == 0) {
            return false;
        }
        left--;
        index++;
        kind = Entry.Kind.of(in.readByte());
        term = in.readVarLong();
        timestampMillis = in.readVarLong();
        length = in.readCount(1);
        offset = in.borrow(length);
        return true;
    }

    public long index() {
        return index;
    }

    public long term() {
        return term;
    }

    public long timestampMillis() {
        return timestampMillis;
    }

    public Entry.Kind kind() {
        return kind;
    }

    /** The array that holds the payload, for as long as the batch may be read. */
    public byte[] array() {
        return in.array();
    }

    /** Where the payload begins. */
    public int offset() {
        return offset;
    }

    /** Of the payload, in bytes. */
    public int length() {
        return length;
    }

    /** The entry as an object of its own. */
    public Entry entry() {
        return new Entry(index, term, timestampMillis, kind, Bytes.copyOf(in.array(), offset, length));
    }
}
