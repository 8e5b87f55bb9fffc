package io.orrery.sim.report;

import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;

/** Reads what a {@link ColumnWriter} wrote. */
final class ColumnReader {
    private final Decoder in = new Decoder();
    private final String[] strings;

    /**
     * @throws DecodeException if it is something else
     */
    ColumnReader(byte[] bytes) {
        in.wrap(bytes, 0, bytes.length);
        int count = in.readCount(1);
        strings = new String[count + 1];
        for (int i = 1; i <= count; i++) {
            strings[i] = in.readString();
        }
    }

    /** How many rows follow, whose columns take at least so many bytes each. */
    int count(int bytesEach) {
        return in.readCount(bytesEach);
    }

    String string() {
        long number = in.readVarLong();
        if (number < 0 || number >= strings.length) {
            throw new DecodeException("there is no string " + number);
        }
        return strings[(int) number];
    }

    long[] plain(int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = unzigzag(in.readVarLong());
        }
        return values;
    }

    long[] deltas(int count) {
        long[] values = plain(count);
        for (int i = 1; i < count; i++) {
            values[i] += values[i - 1];
        }
        return values;
    }

    String[] strings(int count) {
        String[] values = new String[count];
        for (int i = 0; i < count; i++) {
            values[i] = string();
        }
        return values;
    }

    /** A column of yes and no. */
    boolean[] bits(int count) {
        boolean[] values = new boolean[count];
        int octet = 0;
        for (int i = 0; i < count; i++) {
            octet = i % 8 == 0 ? in.readByte() : octet;
            values[i] = (octet >> (i % 8) & 1) != 0;
        }
        return values;
    }

    void expectEnd() {
        in.expectEnd();
    }

    private static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }
}
