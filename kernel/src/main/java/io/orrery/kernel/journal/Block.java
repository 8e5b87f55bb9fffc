package io.orrery.kernel.journal;

import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.zip.CRC32C;

/**
 * What a journal is written in: whole records with a checksum over them. The length has a check of its own, so that a
 * file that ends early is told from one that was changed.
 *
 * <pre>
 *  0 length  u32  of the records
 *  4 check   u32  of the length
 *  8 crc32c  u32  of the records
 * 12 records
 * </pre>
 */
public final class Block {
    public static final int HEADER_BYTES = 12;

    /** A longer one is not believed. */
    public static final int BYTES_MAX = 1 << 30;

    /** The first bytes of every journal: "ORRERYJ", and a line's end so that a text tool that changes those is found out. */
    private static final long MAGIC = 0x0A4A59524552524FL;

    public static final int MAGIC_BYTES = 8;

    private Block() {}

    /** Writes what a journal begins with. */
    public static void begin(Encoder out) {
        out.writeLong(MAGIC);
    }

    /** Whether a file that begins so is a journal. */
    public static boolean isJournal(byte[] first) {
        if (first.length < MAGIC_BYTES) {
            return false;
        }
        Decoder in = new Decoder();
        in.wrap(first, 0, MAGIC_BYTES);
        return in.readLong() == MAGIC;
    }

    /** Writes a block's header. */
    public static void header(int length, int crc, Encoder out) {
        out.writeInt(length);
        out.writeInt(check(length));
        out.writeInt(crc);
    }

    static int check(int length) {
        return (int) Prng.mix(length ^ MAGIC);
    }

    static int crc(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload, 0, payload.length);
        return (int) crc.getValue();
    }
}
