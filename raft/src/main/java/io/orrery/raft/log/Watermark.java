package io.orrery.raft.log;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * How far the log was durable once: up to {@code offset} of {@code segment}, at least. A log that ends before it has lost
 * something of which somebody may have been told.
 *
 * <p>It has two files, written in turn, so that a write that a crash tears leaves the one before. Little-endian:
 *
 * <pre>
 *  0 crc32c  u32  of the rest, exclusive-or a seed made of the file's number
 *  4 version u32
 *  8 number  u64  of this mark, from 1 on; its last bit says the file
 * 16 segment u64
 * 24 offset  u64  end of a batch that was durable
 * </pre>
 *
 * @param number 0 for none, which is nowhere
 */
record Watermark(long number, long segment, long offset) {
    static final List<String> FILES = List.of("watermark-0", "watermark-1");
    static final Watermark NONE = new Watermark(0, 0, 0);

    static final int BYTES = 32;
    private static final int VERSION = 1;

    Watermark {
        Check.that(number >= 0, "marks are numbered", number);
        Check.that(segment >= 0 && offset >= 0, "a place in the log", segment, offset);
    }

    /** Whether a log that ends here ends before this mark. */
    boolean isBeyond(long lastSegment, long end) {
        return segment > lastSegment || segment == lastSegment && offset > end;
    }

    /** The file in which it lies, alone. */
    String file() {
        return FILES.get((int) (number & 1));
    }

    Bytes encode() {
        byte[] bytes = new byte[BYTES];
        WalFormat.setInt(bytes, 4, VERSION);
        WalFormat.setLong(bytes, 8, number);
        WalFormat.setLong(bytes, 16, segment);
        WalFormat.setLong(bytes, 24, offset);
        WalFormat.setInt(bytes, 0, checksum(bytes, 0, number & 1));
        return Bytes.wrap(bytes);
    }

    /** What is in the file of this number; {@link #NONE} if that is not intact. */
    static Watermark decode(Bytes content, int file) {
        if (content.length() < BYTES) {
            return NONE;
        }
        byte[] array = content.array();
        int at = content.offset();
        boolean isIntact = WalFormat.intAt(array, at) == checksum(array, at, file)
                && WalFormat.intAt(array, at + 4) == VERSION
                && (WalFormat.longAt(array, at + 8) & 1) == file;
        return isIntact
                ? new Watermark(
                        WalFormat.longAt(array, at + 8),
                        WalFormat.longAt(array, at + 16),
                        WalFormat.longAt(array, at + 24))
                : NONE;
    }

    private static int checksum(byte[] array, int at, long file) {
        CRC32C crc = new CRC32C();
        crc.update(array, at + 4, BYTES - 4);
        return (int) crc.getValue() ^ (int) Prng.mix(~file);
    }

    @Override
    public String toString() {
        return number == 0 ? "nowhere" : WalFormat.fileName(segment) + " at offset " + offset;
    }
}
