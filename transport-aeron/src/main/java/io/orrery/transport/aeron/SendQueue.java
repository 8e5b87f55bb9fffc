package io.orrery.transport.aeron;

import io.orrery.kernel.Check;
import java.util.ArrayDeque;

/** Frames that wait to be sent, in order, bounded in bytes. A frame costs 64 bytes beyond its length. */
final class SendQueue {
    private static final int FRAME_COST_BYTES = 64;

    private final ArrayDeque<byte[]> frames = new ArrayDeque<>();
    private final long bytesMax;
    private long bytes;
    private int headSentBytes;

    SendQueue(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    int size() {
        return frames.size();
    }

    long bytes() {
        return bytes;
    }

    /** Whether there was room; a copy is taken. */
    boolean maybeAdd(byte[] frame, int offset, int length) {
        if (bytes + length + FRAME_COST_BYTES > bytesMax) {
            return false;
        }
        byte[] copy = new byte[length];
        System.arraycopy(frame, offset, copy, 0, length);
        frames.add(copy);
        bytes += length + FRAME_COST_BYTES;
        return true;
    }

    byte[] head() {
        return frames.peek();
    }

    /** How much of the head has been sent. */
    int headSentBytes() {
        return headSentBytes;
    }

    void headSentBytes(int value) {
        Check.that(!frames.isEmpty(), "something is being sent");
        Check.that(value >= headSentBytes && value <= head().length, "sending goes forward", headSentBytes, value);
        headSentBytes = value;
    }

    void removeHead() {
        Check.that(!frames.isEmpty(), "there is a head to remove");
        bytes -= frames.remove().length + FRAME_COST_BYTES;
        headSentBytes = 0;
        Check.that(bytes >= 0, "a queue holds no less than nothing", bytes);
    }

    /** Drops everything; returns how many frames that were. */
    int clear() {
        int dropped = frames.size();
        frames.clear();
        bytes = 0;
        headSentBytes = 0;
        return dropped;
    }
}
