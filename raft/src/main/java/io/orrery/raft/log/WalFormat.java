package io.orrery.raft.log;

import io.orrery.kernel.Prng;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The bytes of a segment. A segment is a sequence of records, little-endian, each starting at a multiple of 8:
 *
 * <pre>
 *  0 crc32c u32   of the rest with its padding, exclusive-or a seed made of segment number and offset
 *  4 length u32   of the record, without the zeros that pad it to a multiple of 8
 *  8 type   u8    see the constants
 *  9 kind   u8    of an entry; of a hard state 1 if the replica has forgotten something, else 0
 * 10 zero   2
 * 12 number u32  of the record among its group's, from version 3 on; else 0
 * 16 body
 *
 * ENTRY       group u64, index u64, term u64, timestamp u64, payload
 * HARD_STATE  group u64, term u64, vote in UTF-8 (nothing for nobody)
 * TRUNCATE    group u64, first index that is gone u64
 * COMPACT     group u64, last index that is gone u64, its term u64; entries behind it stay
 * RESTART     group u64, last index that is gone u64, its term u64; no entry stays
 * RELEASE     first segment that is needed u64; those before it may be gone
 * SEGMENT     segment number u64, format version u32, chain of the segment before u32; from version 3 on the first
 *             segment that is needed u64; from version 2 on the node's name
 * COMMIT      offset of the batch's first record u64, records in the batch u32, chain u32
 * </pre>
 *
 * <p>Records come in batches, each written at once, synced, and ended by COMMIT; a segment's first batch starts with
 * SEGMENT. The chain is a rolling CRC32C over the checksums of all records since the log began, so that a batch also
 * vouches for what is before it. The seed makes a record invalid anywhere but in its place: neither a block left from an
 * earlier use nor one written to the wrong place passes.
 */
final class WalFormat {
    static final int HEADER_BYTES = 16;
    static final int COMMIT_BYTES = 32;
    static final int ENTRY_HEADER_BYTES = 48;
    static final int RECORD_BYTES_MAX = 16 * 1024 * 1024;
    static final int VERSION = 3;

    static final int ENTRY = 1;
    static final int HARD_STATE = 2;
    static final int TRUNCATE = 3;
    static final int SEGMENT = 4;
    static final int COMMIT = 5;
    static final int COMPACT = 6;
    static final int RESTART = 7;
    static final int RELEASE = 8;

    private static final String PREFIX = "wal-";
    private static final String SUFFIX = ".log";
    private static final int DIGITS = 10;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private WalFormat() {}

    static int intAt(byte[] array, int at) {
        return (int) INT.get(array, at);
    }

    static void setInt(byte[] array, int at, int value) {
        INT.set(array, at, value);
    }

    static long longAt(byte[] array, int at) {
        return (long) LONG.get(array, at);
    }

    static void setLong(byte[] array, int at, long value) {
        LONG.set(array, at, value);
    }

    /** Writes the record of an entry in {@link EntryForm}, with its padding; its checksum is left to be set. */
    static void setEntry(byte[] array, int at, int number, long group, long index, byte[] from, int begin) {
        int payloadBytes = EntryForm.length(from, begin);
        int length = ENTRY_HEADER_BYTES + payloadBytes;
        setInt(array, at, 0);
        setInt(array, at + 4, length);
        setInt(array, at + 8, ENTRY | EntryForm.kind(from, begin).ordinal() << 8);
        setInt(array, at + 12, number);
        setLong(array, at + padded(length) - 8, 0);
        setLong(array, at + 16, group);
        setLong(array, at + 24, index);
        setLong(array, at + 32, EntryForm.term(from, begin));
        setLong(array, at + 40, EntryForm.timestampMillis(from, begin));
        System.arraycopy(from, begin + EntryForm.PAYLOAD_AT, array, at + ENTRY_HEADER_BYTES, payloadBytes);
    }

    static int padded(int length) {
        return length + 7 & ~7;
    }

    static long padded(long length) {
        return length + 7 & ~7L;
    }

    /** The checksum of a record at {@code at} in an array, for its place in the log. */
    static int checksum(byte[] array, int at, int length, long segment, long offset, CRC32C crc) {
        crc.reset();
        crc.update(array, at + 4, padded(length) - 4);
        return (int) crc.getValue() ^ (int) Prng.mix(segment << 40 ^ offset);
    }

    /** The chain after a record whose stored checksum lies at {@code at}. */
    static int chain(int chain, byte[] array, int at, CRC32C crc) {
        crc.reset();
        for (int shift = 0; shift < 32; shift += 8) {
            crc.update(chain >>> shift);
        }
        crc.update(array, at, 4);
        return (int) crc.getValue();
    }

    /** {@code wal-0000000001.log}: sorted by name is sorted by number. */
    static String fileName(long segment) {
        String digits = Long.toString(segment);
        return PREFIX + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits + SUFFIX;
    }

    /** The number in a segment's name, or -1 if it is not one. */
    static long segmentOf(String fileName) {
        int digits = fileName.length() - PREFIX.length() - SUFFIX.length();
        if (digits != DIGITS || !fileName.startsWith(PREFIX) || !fileName.endsWith(SUFFIX)) {
            return -1;
        }
        long number = 0;
        for (int i = PREFIX.length(); i < PREFIX.length() + DIGITS; i++) {
            int digit = fileName.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
