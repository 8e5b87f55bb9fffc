package io.orrery.raft.log;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The first record of a segment, in the versions that there are. Version 2 has the name of the node whose log it is, so that
 * a disk in the wrong machine is noticed. Version 3 has the first segment that was needed when this one was begun, so that a
 * missing one is noticed.
 *
 * <ul>
 *   <li>I1: a header of a later version than ours is refused, and nothing is changed.
 *   <li>I2: a log may have segments of several versions: it is read by each one's own, and goes on in ours.
 * </ul>
 */
final class SegmentHeader {
    static final int FIXED_BYTES = 32;
    private static final int NEEDED_BYTES = 8;

    private final NodeId self;
    private final int version;
    private final byte[] name;

    /**
     * @param version that is written, and the newest that is read
     */
    SegmentHeader(NodeId self, int version) {
        this.self = self;
        this.version = version;
        this.name = version >= 2 ? self.name().getBytes(StandardCharsets.UTF_8) : new byte[0];
    }

    int version() {
        return version;
    }

    /** With its padding. */
    int sizeBytes() {
        return WalFormat.padded(nameAt(version) + name.length);
    }

    private static int nameAt(int version) {
        return version < 3 ? FIXED_BYTES : FIXED_BYTES + NEEDED_BYTES;
    }

    /** Writes the record but for its checksum to the encoder's first {@link #sizeBytes()}. */
    void write(Encoder out, long segment, int chain, long firstNeeded) {
        int nameAt = nameAt(version);
        out.setInt(4, nameAt + name.length);
        out.setInt(8, WalFormat.SEGMENT);
        out.setLong(16, segment);
        out.setInt(24, version);
        out.setInt(28, chain);
        Arrays.fill(out.buffer(), FIXED_BYTES, sizeBytes(), (byte) 0);
        if (version >= 3) {
            out.setLong(FIXED_BYTES, firstNeeded);
        }
        System.arraycopy(name, 0, out.buffer(), nameAt, name.length);
    }

    /** The first segment that was needed when this one was begun; its header has no fault. */
    static long firstNeeded(byte[] array, int at) {
        return WalFormat.intAt(array, at + 24) < 3 ? 1 : WalFormat.longAt(array, at + FIXED_BYTES);
    }

    /** What is wrong with an intact record that should be the header of this segment behind this chain; null if nothing is. */
    String fault(byte[] array, int at, int length, long segment, int chain) {
        if (length < FIXED_BYTES || WalFormat.longAt(array, at + 16) != segment) {
            return "the header of another segment";
        }
        int found = WalFormat.intAt(array, at + 24);
        if (found < 1 || found > version) {
            return "format version " + found + ", known is " + version + ": was it written by a newer release?";
        }
        int nameAt = nameAt(found);
        if (length < nameAt) {
            return "a header of " + length + " bytes";
        }
        String owner = found == 1
                ? ""
                : Bytes.wrap(array, at + nameAt, length - nameAt).utf8();
        if (found > 1 && !owner.equals(self.name())) {
            return "the log of node " + owner + ", not of " + self + ": is this its disk?";
        }
        return WalFormat.intAt(array, at + 28) == chain ? null : "the segment does not continue the one before it";
    }

    /** Whether a segment's file begins with an intact header of this segment, of a version that is known. */
    static boolean isIntact(Bytes head, long segment) {
        byte[] array = head.array();
        int at = head.offset();
        if (head.length() < FIXED_BYTES) {
            return false;
        }
        int length = WalFormat.intAt(array, at + 4);
        int version = WalFormat.intAt(array, at + 24);
        return length >= nameAt(version)
                && WalFormat.padded(length) <= head.length()
                && array[at + 8] == WalFormat.SEGMENT
                && version >= 1
                && version <= WalFormat.VERSION
                && WalFormat.intAt(array, at) == WalFormat.checksum(array, at, length, segment, 0, new CRC32C());
    }

    /** The version of an intact header. */
    static int versionOf(Bytes head) {
        return WalFormat.intAt(head.array(), head.offset() + 24);
    }

    /** The node that an intact header names; empty in version 1. */
    static String ownerOf(Bytes head) {
        int version = versionOf(head);
        int length = WalFormat.intAt(head.array(), head.offset() + 4);
        return version == 1
                ? ""
                : Bytes.wrap(head.array(), head.offset() + nameAt(version), length - nameAt(version))
                        .utf8();
    }
}
