package io.orrery.raft.snapshot;

import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;

/**
 * The bytes of a snapshot's file, little-endian:
 *
 * <pre>
 * header   magic u32, version u32, group u64, index u64, term u64, sliceBytes u32, crc32c u32 of these
 * slices   payload, crc32c u32 of it exclusive-or a seed made of group, index and number; all but the last of one length
 * footer   magic u32, bytes u64 of all payloads, checksum u64 of all slices, crc32c u32 of these
 * </pre>
 *
 * <p>The payloads together are a stream of pieces, each behind its length (u32): first a {@link SnapshotMeta}, then what the
 * state machine wrote. Since slices have one length, each has its place before any other is there, and a damaged one can be
 * replaced.
 *
 * <p>A file is written under another name, synced, and renamed: what is named {@code snapshot-} was complete once, and what
 * it stands for may have been acknowledged.
 */
final class SnapshotFormat {
    static final int VERSION = 1;
    static final int HEADER_BYTES = 40;
    static final int FOOTER_BYTES = 24;
    static final int CRC_BYTES = 4;

    private static final int HEADER_MAGIC = 0x4F53_4E50;
    private static final int FOOTER_MAGIC = 0x4F53_4E45;

    private SnapshotFormat() {}

    static Bytes header(long group, long index, long term, int sliceBytes) {
        Encoder out = new Encoder();
        out.writeInt(HEADER_MAGIC);
        out.writeInt(VERSION);
        out.writeLong(group);
        out.writeLong(index);
        out.writeLong(term);
        out.writeInt(sliceBytes);
        return sealed(out);
    }

    private static Bytes sealed(Encoder out) {
        Bytes bytes = out.toBytes();
        out.writeInt(bytes.crc32c());
        return out.toBytes();
    }

    private static boolean isSealed(Bytes bytes, int length) {
        return bytes.length() == length
                && bytes.slice(0, length - CRC_BYTES).crc32c()
                        == bytes.slice(length - CRC_BYTES, CRC_BYTES).decoder().readInt();
    }

    /** The size of the slices behind a header; -1 if it is damaged, -2 if it is of a later release. */
    static int sliceBytes(Bytes header, long group, long index, long term) {
        if (!isSealed(header, HEADER_BYTES)) {
            return -1;
        }
        var in = header.decoder();
        boolean isMagic = in.readInt() == HEADER_MAGIC;
        boolean isKnown = in.readInt() <= VERSION;
        boolean isRight = in.readLong() == group && in.readLong() == index && in.readLong() == term;
        int sliceBytes = in.readInt();
        boolean isSane = isMagic && isRight && SnapshotId.isSliceSize(sliceBytes);
        return isMagic && !isKnown ? -2 : isSane ? sliceBytes : -1;
    }

    static Bytes footer(SnapshotId id) {
        Encoder out = new Encoder();
        out.writeInt(FOOTER_MAGIC);
        out.writeLong(id.bytes());
        out.writeLong(id.checksum());
        return sealed(out);
    }

    /** Which snapshot a file is; null if its footer is damaged or does not fit its length. */
    static SnapshotId id(Bytes footer, long index, long term, int sliceBytes, long fileLength) {
        if (!isSealed(footer, FOOTER_BYTES)) {
            return null;
        }
        var in = footer.decoder();
        boolean isMagic = in.readInt() == FOOTER_MAGIC;
        long bytes = in.readLong();
        long checksum = in.readLong();
        boolean fits = isMagic && bytes >= 1 && (bytes - 1) / sliceBytes < SnapshotId.SLICES_MAX;
        SnapshotId id = fits ? new SnapshotId(index, term, bytes, sliceBytes, checksum) : null;
        return id == null || footerOffset(id) + FOOTER_BYTES != fileLength ? null : id;
    }

    static long sliceOffset(int sliceBytes, int slice) {
        return HEADER_BYTES + (long) slice * (sliceBytes + CRC_BYTES);
    }

    static long footerOffset(SnapshotId id) {
        return HEADER_BYTES + id.bytes() + (long) id.slices() * CRC_BYTES;
    }

    /** A slice with its checksum, as it is in the file. */
    static Bytes framed(Bytes payload, long group, long index, int slice) {
        Encoder out = new Encoder(payload.length() + CRC_BYTES, payload.length() + CRC_BYTES);
        out.writeRaw(payload);
        out.writeInt(payload.crc32c() ^ seed(group, index, slice));
        return out.toBytes();
    }

    /** The payload of a slice as it is in the file; null if it is damaged. */
    static Bytes payload(Bytes framed, int length, long group, long index, int slice) {
        if (framed == null || framed.length() != length + CRC_BYTES) {
            return null;
        }
        Bytes payload = framed.slice(0, length);
        int crc = framed.slice(length, CRC_BYTES).decoder().readInt();
        return crc == (payload.crc32c() ^ seed(group, index, slice)) ? payload : null;
    }

    private static int seed(long group, long index, int slice) {
        return (int) Prng.mix(Prng.mix(group * 31 + index) + slice);
    }

    /** The checksum of a snapshot with one slice more. */
    static long chain(long checksum, int sliceCrc) {
        return Prng.mix(checksum * 31 + sliceCrc);
    }
}
