package io.orrery.broker.check;

import io.orrery.kernel.Prng;
import java.util.Arrays;

/**
 * The last number got on each of many streams: asked and told for every message, so a table of plain numbers, by open
 * addressing.
 */
final class StreamOrder {
    /** What a stream has on which nothing came yet. */
    static final long NOTHING = 0;

    private static final long FREE = -1;

    private long[] streams = {FREE, FREE, FREE, FREE, FREE, FREE, FREE, FREE};
    private long[] numbers = new long[8];
    private int size;

    /**
     * Notes the number that came now.
     *
     * @param stream not negative
     * @param number from 1 on
     * @return the number before it; {@link #NOTHING} if it is the first
     */
    long put(long stream, long number) {
        if (size * 2 >= streams.length) {
            grow();
        }
        int slot = slotOf(stream);
        long before = numbers[slot];
        if (streams[slot] == FREE) {
            streams[slot] = stream;
            size++;
        }
        numbers[slot] = number;
        return before;
    }

    /** Where the stream is, or where it would be. */
    private int slotOf(long stream) {
        int mask = streams.length - 1;
        int slot = (int) Prng.mix(stream) & mask;
        while (streams[slot] != FREE && streams[slot] != stream) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldStreams = streams;
        long[] oldNumbers = numbers;
        streams = new long[oldStreams.length * 2];
        numbers = new long[streams.length];
        Arrays.fill(streams, FREE);
        for (int i = 0; i < oldStreams.length; i++) {
            if (oldStreams[i] != FREE) {
                int slot = slotOf(oldStreams[i]);
                streams[slot] = oldStreams[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }
}
