package io.orrery.raft.log;

import io.orrery.kernel.codec.Bytes;
import java.util.zip.CRC32C;

/**
 * What a crash may leave at the start of a segment whose first batch it tore. A segment's header is shorter than a sector, and a
 * device writes a sector as a whole: so it is there, or what was there before is. That is zeros, or the header of the segment
 * which the file was in an earlier life. Anything else was written over the first batch, and there was one.
 */
final class SegmentStart {
    /** The least that a device writes at once. */
    static final int BYTES = 512;

    private static final int NUMBER_END = 24;

    private SegmentStart() {}

    /**
     * @param start the first {@value #BYTES} bytes of the file, fewer if it is shorter; they hold no intact header of this segment
     */
    static boolean isOfTornWrite(Bytes start, long segment) {
        return isZero(start) || isEarlierLife(start) || start.length() < BYTES && isBeginning(start, segment);
    }

    private static boolean isZero(Bytes start) {
        for (int i = 0; i < start.length(); i++) {
            if (start.at(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Of whatever version: the checksum vouches for it. */
    private static boolean isEarlierLife(Bytes start) {
        byte[] array = start.array();
        int at = start.offset();
        if (start.length() < SegmentHeader.FIXED_BYTES || array[at + 8] != WalFormat.SEGMENT) {
            return false;
        }
        int length = WalFormat.intAt(array, at + 4);
        long number = WalFormat.longAt(array, at + 16);
        return length >= SegmentHeader.FIXED_BYTES
                && length <= BYTES
                && WalFormat.padded(length) <= start.length()
                && WalFormat.intAt(array, at) == WalFormat.checksum(array, at, length, number, 0, new CRC32C());
    }

    /** A disk that became full may have taken a part of the header. */
    private static boolean isBeginning(Bytes start, long segment) {
        return start.length() < NUMBER_END
                || start.array()[start.offset() + 8] == WalFormat.SEGMENT
                        && WalFormat.longAt(start.array(), start.offset() + 16) == segment;
    }
}
