package io.orrery.sim.network;

import java.util.Arrays;

/**
 * Arrays of frames that were read and of which nothing is kept, to be used for the next frames: most of what nodes say to
 * one another is short, and holds no payload. Kept by exact length, so that a frame's length is its array's.
 *
 * <ul>
 *   <li>I1: an array in the pool is nobody else's.
 *   <li>I2: at most {@value #ARRAYS_MAX} arrays of each length up to {@value #BYTES_MAX} are kept.
 * </ul>
 */
final class FramePool {
    static final int BYTES_MAX = 511;
    /** About as many of one length as are on the way at once. */
    static final int ARRAYS_MAX = 16;

    private final byte[][][] arrays = new byte[BYTES_MAX + 1][][];
    private final int[] counts = new int[BYTES_MAX + 1];

    /** An array of that length with the frame's bytes. */
    byte[] copyOf(byte[] frame, int length) {
        if (length > BYTES_MAX || counts[length] == 0) {
            return Arrays.copyOf(frame, length);
        }
        byte[] used = arrays[length][--counts[length]];
        System.arraycopy(frame, 0, used, 0, length);
        return used;
    }

    /** Takes an array that nobody refers to any more. */
    void giveBack(byte[] frame) {
        int length = frame.length;
        if (length > BYTES_MAX || counts[length] == ARRAYS_MAX) {
            return;
        }
        if (arrays[length] == null) {
            arrays[length] = new byte[ARRAYS_MAX][];
        }
        arrays[length][counts[length]++] = frame;
    }
}
