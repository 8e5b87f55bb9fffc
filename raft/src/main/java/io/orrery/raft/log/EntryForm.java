package io.orrery.raft.log;

import java.util.zip.CRC32C;

/**
 * How an entry lies in memory, little-endian, for who reads several things of it at once: {@link RaftLog#array} and
 * {@link RaftLog#begin} say where.
 *
 * <pre>
 *  0 term      u64
 *  8 timestamp u64
 * 16 shape     u32   length of the payload, with the kind in its two lowest bits
 * 20 payload
 * </pre>
 */
public final class EntryForm {
    /** Where the payload begins, behind the entry's beginning. */
    public static final int PAYLOAD_AT = 20;

    private static final int TIMESTAMP_AT = 8;
    private static final int SHAPE_AT = 16;
    private static final int KIND_BITS = 2;
    private static final int KIND_MASK = (1 << KIND_BITS) - 1;

    private EntryForm() {}

    public static long term(byte[] array, int begin) {
        return WalFormat.longAt(array, begin);
    }

    public static long timestampMillis(byte[] array, int begin) {
        return WalFormat.longAt(array, begin + TIMESTAMP_AT);
    }

    public static Entry.Kind kind(byte[] array, int begin) {
        return Entry.Kind.of(WalFormat.intAt(array, begin + SHAPE_AT) & KIND_MASK);
    }

    /** Of the payload. */
    public static int length(byte[] array, int begin) {
        return WalFormat.intAt(array, begin + SHAPE_AT) >>> KIND_BITS;
    }

    /** See {@link Entry#digest}. */
    static long digest(long index, byte[] array, int begin, CRC32C crc) {
        crc.reset();
        crc.update(array, begin + PAYLOAD_AT, length(array, begin));
        return Entry.digest(
                index, term(array, begin), timestampMillis(array, begin), kind(array, begin), (int) crc.getValue());
    }

    static void write(
            byte[] array,
            int begin,
            long term,
            long timestampMillis,
            Entry.Kind kind,
            byte[] from,
            int offset,
            int length) {
        WalFormat.setLong(array, begin, term);
        WalFormat.setLong(array, begin + TIMESTAMP_AT, timestampMillis);
        WalFormat.setInt(array, begin + SHAPE_AT, length << KIND_BITS | kind.ordinal());
        System.arraycopy(from, offset, array, begin + PAYLOAD_AT, length);
    }
}
