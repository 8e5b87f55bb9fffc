package io.orrery.gossip.registry.disk;

import io.orrery.kernel.StorageHaltException;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of the registry's files; numbers are little-endian:
 *
 * <pre>
 * header  magic "OREG" u32, version u32, crc32c u32 of the eight bytes before, as in all versions to come;
 *         number u64, crc32c u32 of the twenty bytes before
 * block   length u32 of the content, crc32c u32 of (number u64, offset of the block u64, content), content
 * </pre>
 *
 * <p>A block's checksum knows its file and place, so one that was written or is read elsewhere does not pass. A file ends at the
 * first block that is not whole: behind it lies what a crash tore.
 */
public final class BlockFile {
    static final int VERSION = 1;
    static final int HEADER_BYTES = 24;
    static final int BLOCK_OVERHEAD_BYTES = 8;

    private static final int MAGIC = 0x4745524F;

    /**
     * What could be read of a file.
     *
     * @param number of the file; 0 if its header could not be read
     * @param end of the last whole block
     */
    public record Content(long number, List<Bytes> blocks, long end) {}

    private BlockFile() {}

    static Bytes header(long number) {
        Encoder out = new Encoder(HEADER_BYTES, HEADER_BYTES);
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeInt(out.toBytes().crc32c());
        out.writeLong(number);
        out.writeInt(out.toBytes().crc32c());
        return out.finish();
    }

    static Bytes block(long number, long offset, Bytes content) {
        Encoder out = new Encoder(content.length() + BLOCK_OVERHEAD_BYTES, content.length() + BLOCK_OVERHEAD_BYTES);
        out.writeInt(content.length());
        out.writeInt(checksum(number, offset, content));
        out.writeRaw(content);
        return out.finish();
    }

    private static int checksum(long number, long offset, Bytes content) {
        Encoder all = new Encoder(content.length() + 16, content.length() + 16);
        all.writeLong(number);
        all.writeLong(offset);
        all.writeRaw(content);
        return all.finish().crc32c();
    }

    /**
     * @param name for the error
     * @throws StorageHaltException if the file is of a later version: it is not touched
     */
    static Content parse(String name, Bytes file) {
        if (!isWhole(file, 12) || file.decoder().readInt() != MAGIC) {
            return new Content(0, List.of(), 0);
        }
        int version = file.slice(4, 4).decoder().readInt();
        if (version > VERSION) {
            throw new StorageHaltException(
                    StorageHaltException.Kind.CORRUPT,
                    "the file " + name + " is of format version " + version + ", known is " + VERSION
                            + ": was it written by a newer release?");
        }
        if (!isWhole(file, HEADER_BYTES)) {
            return new Content(0, List.of(), 0);
        }
        long number = file.slice(12, 8).decoder().readLong();
        List<Bytes> blocks = new ArrayList<>();
        Decoder in = file.slice(HEADER_BYTES, file.length() - HEADER_BYTES).decoder();
        long offset = HEADER_BYTES;
        while (in.remaining() >= BLOCK_OVERHEAD_BYTES) {
            Bytes content = readBlock(in, number, offset);
            if (content == null) {
                break;
            }
            blocks.add(content);
            offset += BLOCK_OVERHEAD_BYTES + content.length();
        }
        return new Content(number, blocks, offset);
    }

    /** Null if it is not whole. */
    private static Bytes readBlock(Decoder in, long number, long offset) {
        try {
            int length = in.readInt();
            int checksum = in.readInt();
            Bytes content = in.readRaw(length);
            return length > 0 && checksum(number, offset, content) == checksum ? content : null;
        } catch (DecodeException e) {
            return null;
        }
    }

    /** Whether the first bytes, so many, end in the checksum of those before. */
    private static boolean isWhole(Bytes data, int length) {
        return data.length() >= length
                && data.slice(0, length - 4).crc32c()
                        == data.slice(length - 4, 4).decoder().readInt();
    }
}
