package io.orrery.raft.log;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first record of a segment, in the versions that there are. Version 2 has the name of the node whose log it is, so that
 * a disk in the wrong machine is noticed.
 *
 * <ul>
 *   <li>I1: a header of a later version than ours is refused, and nothing is changed.
 *   <li>I2: a log may have segments of several versions: it is read by each one's own, and goes on in ours.
 * </ul>
 */
final class SegmentHeader {
    private static final int FIXED_BYTES = 32;

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

    /** With its padding. */
    int sizeBytes() {
        return WalFormat.padded(FIXED_BYTES + name.length);
    }

    /** Writes the record but for its checksum to the encoder's first {@link #sizeBytes()}. */
    void write(Encoder out, long segment, int chain) {
        out.setInt(4, FIXED_BYTES + name.length);
        out.setInt(8, WalFormat.SEGMENT);
        out.setLong(16, segment);
        out.setInt(24, version);
        out.setInt(28, chain);
        Arrays.fill(out.buffer(), FIXED_BYTES, sizeBytes(), (byte) 0);
        System.arraycopy(name, 0, out.buffer(), FIXED_BYTES, name.length);
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
        String owner = found == 1
                ? ""
                : Bytes.wrap(array, at + FIXED_BYTES, length - FIXED_BYTES).utf8();
        if (found > 1 && !owner.equals(self.name())) {
            return "the log of node " + owner + ", not of " + self + ": is this its disk?";
        }
        return WalFormat.intAt(array, at + 28) == chain ? null : "the segment does not continue the one before it";
    }
}
