package io.orrery.sim.report;

import io.orrery.kernel.codec.Encoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Writes rows column by column, which compresses far better than row by row. Numbers are varints, zigzagged if they may be
 * negative; strings are numbers in a table that {@link #finish} puts first.
 */
final class ColumnWriter {
    private static final int BYTES_MAX = 512 * 1024 * 1024;

    private final Encoder out = new Encoder(1 << 16, BYTES_MAX);
    private final Map<String, Integer> strings = new LinkedHashMap<>();

    void count(int value) {
        out.writeVarLong(value);
    }

    void string(String value) {
        out.writeVarLong(stringNumber(value));
    }

    private int stringNumber(String value) {
        if (value == null) {
            return 0;
        }
        Integer known = strings.get(value);
        if (known == null) {
            known = strings.size() + 1;
            strings.put(value, known);
        }
        return known;
    }

    /** A column of numbers as they are. */
    <R> void plain(List<R> rows, ToLongFunction<R> column) {
        rows.forEach(row -> out.writeVarLong(zigzag(column.applyAsLong(row))));
    }

    /** A column of numbers that grow slowly: each as its difference from the one before. */
    <R> void deltas(List<R> rows, ToLongFunction<R> column) {
        long last = 0;
        for (R row : rows) {
            long value = column.applyAsLong(row);
            out.writeVarLong(zigzag(value - last));
            last = value;
        }
    }

    /** A column of strings, which may be null. */
    <R> void strings(List<R> rows, Function<R, String> column) {
        rows.forEach(row -> out.writeVarLong(stringNumber(column.apply(row))));
    }

    /** A column of yes and no: eight rows a byte, the first in its lowest bit. */
    <R> void bits(List<R> rows, Predicate<R> column) {
        int octet = 0;
        for (int i = 0; i < rows.size(); i++) {
            octet |= column.test(rows.get(i)) ? 1 << (i % 8) : 0;
            if (i % 8 == 7 || i == rows.size() - 1) {
                out.writeByte(octet);
                octet = 0;
            }
        }
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    /** The table of strings, then all columns. */
    byte[] finish() {
        Encoder whole = new Encoder(out.position() + (1 << 16), BYTES_MAX);
        whole.writeVarLong(strings.size());
        strings.keySet().forEach(whole::writeString);
        whole.writeRaw(out.toBytes());
        return whole.toBytes().toByteArray();
    }
}
