package io.orrery.gossip.registry.cell;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.Arrays;

/**
 * One write, which is also what is held of its key as long as nothing beats it ({@link CellOrder}). Immutable.
 *
 * <p>A million of them lie on a node, so key and value share one array and nothing is boxed.
 */
public final class Cell {
    /** Bytes of a key and of a value, at most. */
    public static final int KEY_BYTES_MAX = 1024;

    public static final int VALUE_BYTES_MAX = 4096;
    /** What a cell takes on the wire or on disk beside its key and value, at most. */
    public static final int OVERHEAD_BYTES_MAX = 64;

    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private final byte[] row;
    private final Origin origin;
    private final int keyLength;
    private final int keyHash;
    private final long sequence;
    private final long stamp;
    private final long epoch;
    private final boolean deleted;

    /**
     * @param epoch compared before the stamp; what it means depends on the kind
     * @param stamp of the hybrid clock
     * @param deleted with a tombstone the value is empty
     * @param sequence of the origin's writes, from 1
     */
    public Cell(Bytes key, Bytes value, long epoch, long stamp, boolean deleted, Origin origin, long sequence) {
        this(concat(key, value), key.length(), epoch, stamp, deleted, origin, sequence);
        Check.argument(!deleted || value.isEmpty(), "a tombstone has no value");
    }

    private Cell(byte[] row, int keyLength, long epoch, long stamp, boolean deleted, Origin origin, long sequence) {
        Check.argument(keyLength > 0 && keyLength <= KEY_BYTES_MAX, "a key has a byte, and at most 1024");
        Check.argument(row.length - keyLength <= VALUE_BYTES_MAX, "a value has at most 4096 bytes");
        Check.argument(Kind.of(row[0]) != null, "a key begins with a kind");
        Check.argument(stamp > 0 && stamp <= HybridClock.STAMP_MAX, "a stamp is positive and below 2^62");
        Check.argument(epoch >= 0 && epoch <= HybridClock.STAMP_MAX, "an epoch is not negative and below 2^62");
        Check.argument(sequence > 0 && sequence <= Versions.SEQUENCE_MAX, "sequences begin with 1");
        this.row = row;
        this.keyLength = keyLength;
        this.keyHash = hashOf(row, 0, keyLength);
        this.epoch = epoch;
        this.stamp = stamp;
        this.deleted = deleted;
        this.origin = origin;
        this.sequence = sequence;
    }

    private static byte[] concat(Bytes key, Bytes value) {
        byte[] row = new byte[key.length() + value.length()];
        key.copyTo(row, 0);
        value.copyTo(row, key.length());
        return row;
    }

    public Kind kind() {
        return Kind.of(row[0]);
    }

    public Bytes key() {
        return Bytes.wrap(row, 0, keyLength);
    }

    public Bytes value() {
        return Bytes.wrap(row, keyLength, row.length - keyLength);
    }

    public long epoch() {
        return epoch;
    }

    public long stamp() {
        return stamp;
    }

    public boolean isDeleted() {
        return deleted;
    }

    public Origin origin() {
        return origin;
    }

    public long sequence() {
        return sequence;
    }

    /** Bytes of key and value. */
    public int length() {
        return row.length;
    }

    int keyHash() {
        return keyHash;
    }

    static int hashOf(Bytes key) {
        return hashOf(key.array(), key.offset(), key.length());
    }

    private static int hashOf(byte[] array, int offset, int length) {
        long hash = FNV_OFFSET;
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ array[i] & 0xFF) * FNV_PRIME;
        }
        return (int) (Prng.mix(hash) >>> 32);
    }

    /** By hash of the key, unsigned, then by key. */
    int compareKey(int hash, Bytes key) {
        int byHash = Integer.compareUnsigned(keyHash, hash);
        if (byHash != 0) {
            return byHash;
        }
        return Arrays.compareUnsigned(row, 0, keyLength, key.array(), key.offset(), key.offset() + key.length());
    }

    /** The hash of everything in it: that of a set of cells is the xor of theirs. Part of the wire format. */
    long hash() {
        long hash = FNV_OFFSET;
        for (byte b : row) {
            hash = (hash ^ b & 0xFF) * FNV_PRIME;
        }
        hash = Prng.mix(hash ^ (long) keyLength << 40 ^ (deleted ? 1 : 0));
        hash = Prng.mix(hash ^ epoch);
        hash = Prng.mix(hash ^ stamp);
        return Prng.mix(hash ^ origin.hash() ^ sequence);
    }

    /** The tombstone that stands for one that somebody has collected: it beats this cell and nothing newer. */
    Cell collectedElsewhere() {
        byte[] key = Arrays.copyOf(row, keyLength);
        return new Cell(key, keyLength, epoch, stamp + (deleted ? 0 : 1), true, origin, sequence);
    }

    /** The same written once more, by another origin: nothing that beat it before fails to now. */
    public Cell rewritten(Origin by, long number) {
        return new Cell(row, keyLength, epoch, stamp, deleted, by, number);
    }

    /** All but the origin, of which the reader knows from elsewhere. */
    public void encode(Encoder out) {
        out.writeVarLong(sequence);
        out.writeVarLong(epoch);
        out.writeVarLong(stamp);
        out.writeBoolean(deleted);
        out.writeVarLong(keyLength);
        out.writeVarLong(row.length - keyLength);
        out.writeRaw(row, 0, row.length);
    }

    /**
     * @throws DecodeException if it is no cell
     */
    public static Cell decode(Origin origin, Decoder in) {
        long sequence = in.readVarLong();
        long epoch = in.readVarLong();
        long stamp = in.readVarLong();
        boolean deleted = in.readBoolean();
        int keyLength = in.readCount(1);
        int valueLength = in.readCount(1);
        byte[] row = in.readRaw(keyLength + valueLength).toByteArray();
        if (deleted && valueLength > 0) {
            throw new DecodeException("a tombstone with a value");
        }
        try {
            return new Cell(row, keyLength, epoch, stamp, deleted, origin, sequence);
        } catch (IllegalArgumentException e) {
            throw new DecodeException(e.getMessage());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cell that
                && keyLength == that.keyLength
                && epoch == that.epoch
                && stamp == that.stamp
                && deleted == that.deleted
                && sequence == that.sequence
                && origin.equals(that.origin)
                && Arrays.equals(row, that.row);
    }

    @Override
    public int hashCode() {
        return keyHash ^ Long.hashCode(stamp) ^ Long.hashCode(sequence);
    }

    @Override
    public String toString() {
        return (deleted ? "-" : "+") + kind() + Keys.text(key()) + " epoch=" + epoch + " stamp=" + stamp + " of "
                + origin + "#" + sequence;
    }
}
