package io.orrery.transport.tcp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Cuts a byte stream into frames: a length of four bytes, little-endian, then as many bytes.
 *
 * <ul>
 *   <li>I1: no length beyond the limit of the moment is believed, and memory is taken as bytes arrive: a claim of
 *       16 MiB costs its sender 16 MiB.
 * </ul>
 */
final class FrameReader {
    private static final int PREFIX_BYTES = 4;
    private static final int FIRST_BYTES_MAX = 256 * 1024;

    /** What came is not a frame of this protocol. */
    static final class Garbage extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Garbage(String what) {
            super(what, null, false, false);
        }
    }

    private int lengthMax;
    private int prefixFilled;
    private int length;
    private byte[] frame;
    private int filled;

    FrameReader(int lengthMax) {
        this.lengthMax = lengthMax;
    }

    /** From the next frame on, frames may have this length. */
    void allow(int bytesMax) {
        lengthMax = bytesMax;
    }

    /**
     * Reads the next frame as far as the bytes go.
     *
     * @return a whole frame, of exactly its length; or null, with all bytes consumed
     * @throws Garbage if the length is beyond the limit
     */
    byte[] read(ByteBuf in) {
        if (frame == null && !readLength(in)) {
            return null;
        }
        while (filled < length && in.isReadable()) {
            if (filled == frame.length) {
                frame = Arrays.copyOf(frame, (int) Math.min(length, frame.length * 4L));
            }
            int part = Math.min(frame.length - filled, in.readableBytes());
            in.readBytes(frame, filled, part);
            filled += part;
        }
        if (filled < length) {
            return null;
        }
        byte[] whole = frame;
        frame = null;
        return whole;
    }

    private boolean readLength(ByteBuf in) {
        if (prefixFilled == 0 && in.readableBytes() >= PREFIX_BYTES) {
            length = in.readIntLE();
        } else {
            while (prefixFilled < PREFIX_BYTES) {
                if (!in.isReadable()) {
                    return false;
                }
                length = length >>> 8 | in.readByte() << 24;
                prefixFilled++;
            }
        }
        prefixFilled = 0;
        if (length < 0 || length > lengthMax) {
            throw new Garbage(
                    "a frame of " + Integer.toUnsignedString(length) + " bytes, where " + lengthMax + " are allowed");
        }
        frame = new byte[Math.min(length, FIRST_BYTES_MAX)];
        filled = 0;
        return true;
    }
}
