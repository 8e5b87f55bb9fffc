package io.orrery.kernel.journal;

import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import java.util.function.Supplier;

/**
 * Reads a journal, record by record.
 *
 * <p>The format, version {@value JournalHeader#VERSION}; numbers are little-endian or LEB128 (var):
 *
 * <pre>
 * file    = "ORRERYJ\n" block*
 * block   = length u32, check of the length u32, crc32c u32, record*      see {@link Block}
 * record  = kind u8, length var, body
 * 0 header      {@link JournalHeader}: once, first
 * 1 boot        a cycle: once, second
 * 2 cycle       nanos since the last var, wall millis since the last zigzag var,
 *               count var and items, count var and noes (each as its distance from the last) var,
 *               length var and inputs, length var and checks                {@link Cycle}
 *   item        1 node var (the next number: its name follows), length var, frame
 *               2 task   3 call   4 disk broken: text
 *               16 and action: done (read: length var, bytes; list: count var, name and length each)
 *               32 and action: failed, kind u8, text
 * 3 checkpoint  {@link Checkpoint}
 * 4 end         {@link JournalEnd}: nothing follows
 * </pre>
 *
 * <p>A process that is killed leaves a last block that is not whole: reading ends before it, and {@link #tornBytes()}
 * tells. Whatever else is wrong is a {@link JournalException}. For one thread.
 */
public final class JournalReader {
    private static final int ZEROS_SEEN_AS_TORN = 64;

    private final JournalSource source;
    private final JournalHeader header;
    private final CycleReader cycles = new CycleReader();
    private final Decoder block = new Decoder();
    private long blockEnd = Block.MAGIC_BYTES;
    private long recordOffset;
    private long records;
    private long tornBytes;
    private boolean booted;
    private JournalEnd end;

    /**
     * @throws JournalException if it is no journal, or not even its header is whole
     */
    public JournalReader(JournalSource source) {
        this.source = source;
        if (source.length() < Block.MAGIC_BYTES || !Block.isJournal(source.read(0, Block.MAGIC_BYTES))) {
            throw new JournalException(0, 1, "not a journal: it does not begin with its magic");
        }
        if (!advance()) {
            throw new JournalException(
                    Block.MAGIC_BYTES, 1, "the journal ends before its header is whole: nothing can be replayed");
        }
        Decoder in = body(RecordKind.HEADER);
        header = decode(() -> {
            JournalHeader read = JournalHeader.decode(in);
            in.expectEnd();
            return read;
        });
    }

    public JournalHeader header() {
        return header;
    }

    /** Records read so far, the header among them. */
    public long records() {
        return records;
    }

    /** Where the record read last begins, in bytes from the file's start. */
    public long recordOffset() {
        return recordOffset;
    }

    /** After the last record: bytes of a block that was not written to its end; 0 if there are none. */
    public long tornBytes() {
        return tornBytes;
    }

    /** After the last record: how the journal ended; null if it just stops. */
    public JournalEnd end() {
        return end;
    }

    /**
     * The next record, or null after the last one.
     *
     * @throws JournalException if the bytes are damaged
     */
    public JournalRecord next() {
        if (!advance()) {
            return null;
        }
        if (end != null) {
            throw fault("something follows the journal's end");
        }
        RecordKind kind = RecordKind.of(block.readByte());
        if (kind == null || kind == RecordKind.HEADER || (kind == RecordKind.BOOT) == booted) {
            throw fault("a record of kind " + kind + (booted ? "" : ", where the node is to boot"));
        }
        booted = true;
        Decoder in = body();
        return decode(() -> {
            JournalRecord record = switch (kind) {
                case CHECKPOINT -> Checkpoint.decode(in);
                case END -> end = JournalEnd.decode(in);
                default -> cycles.read(kind == RecordKind.BOOT, in);
            };
            in.expectEnd();
            return record;
        });
    }

    /** Goes to the next record; whether there is one. */
    private boolean advance() {
        while (block.remaining() == 0) {
            if (!maybeReadBlock()) {
                return false;
            }
        }
        records++;
        recordOffset = blockEnd - block.remaining();
        return true;
    }

    private boolean maybeReadBlock() {
        long rest = source.length() - blockEnd;
        recordOffset = blockEnd;
        if (end != null && rest > 0) {
            records++;
            throw fault("something follows the journal's end");
        }
        if (rest < Block.HEADER_BYTES) {
            tornBytes = rest;
            return false;
        }
        Decoder in = new Decoder();
        in.wrap(source.read(blockEnd, Block.HEADER_BYTES), 0, Block.HEADER_BYTES);
        int length = in.readInt();
        int check = in.readInt();
        int crc = in.readInt();
        boolean isSound = check == Block.check(length) && length > 0 && length <= Block.BYTES_MAX;
        if (!isSound && !endsInZeros()) {
            records++;
            throw fault("a block's length is damaged");
        }
        if (!isSound || length > rest - Block.HEADER_BYTES) {
            tornBytes = rest;
            return false;
        }
        byte[] payload = source.read(blockEnd + Block.HEADER_BYTES, length);
        if (Block.crc(payload) != crc) {
            if (length == rest - Block.HEADER_BYTES && endsInZeros()) {
                tornBytes = rest;
                return false;
            }
            records++;
            throw fault("the checksum of the block of " + length + " bytes that begins here is wrong");
        }
        block.wrap(payload, 0, length);
        blockEnd += Block.HEADER_BYTES + length;
        return true;
    }

    /** As a file system leaves a file whose last pages were not written when the power went. */
    private boolean endsInZeros() {
        int count = (int) Math.min(ZEROS_SEEN_AS_TORN, source.length() - blockEnd);
        for (byte b : source.read(source.length() - count, count)) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private Decoder body(RecordKind expected) {
        int kind = block.readByte();
        if (kind != expected.ordinal()) {
            throw fault("a record of kind " + kind + ", where the header is to be");
        }
        return body();
    }

    private Decoder body() {
        Bytes body = decode(block::readBytes);
        return body.decoder();
    }

    private <T> T decode(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (DecodeException | IllegalArgumentException e) {
            throw fault(e.getMessage());
        }
    }

    /** An error at the record read last. */
    public JournalException fault(String what) {
        return new JournalException(recordOffset, records, what);
    }
}
