package io.orrery.jmh.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Rows of figures as text, each with its ratio to Orrery's on the same parameters and in the same variant. A method is
 * named {@code peerVariant}: {@code hivemqMerged} is set against {@code orreryMerged}, {@code moquetteRaw} against {@code orreryRaw}.
 */
final class PeerTable {
    private static final String BASE = "orrery";

    private final List<Measured> rows;

    PeerTable(List<Measured> rows) {
        this.rows = rows;
    }

    @Override
    public String toString() {
        TreeMap<String, Measured> bases = new TreeMap<>();
        for (Measured row : rows) {
            if (peer(row).equals(BASE)) {
                bases.put(group(row), row);
            }
        }
        List<String[]> cells = new ArrayList<>();
        cells.add(new String[] {
            "benchmark", "params", "median", "min..max", "unit", "cpu ns/op", "B/op", "x orrery", "x orrery cpu"
        });
        for (Measured row : rows) {
            Measured base = bases.get(group(row));
            cells.add(new String[] {
                row.name(),
                row.paramText(),
                number(row.median()),
                number(row.min()) + ".." + number(row.max()),
                row.unit(),
                row.cpuNanosPerOp() < 0 ? "-" : number(row.cpuNanosPerOp()),
                row.bytesPerOp() < 0 ? "-" : number(row.bytesPerOp()),
                base == null ? "-" : ratio(row.median(), base.median()),
                base == null ? "-" : ratio(row.cpuNanosPerOp(), base.cpuNanosPerOp())
            });
        }
        return aligned(cells);
    }

    private static String peer(Measured row) {
        String method = row.method();
        int end = 0;
        while (end < method.length() && Character.isLowerCase(method.charAt(end))) {
            end++;
        }
        return method.substring(0, end);
    }

    private static String group(Measured row) {
        String variant = row.method().substring(peer(row).length());
        String className = row.name().substring(0, row.name().indexOf('.'));
        return className + "/" + variant + "/" + row.paramText();
    }

    private static String ratio(double value, double base) {
        return value < 0 || base <= 0 ? "-" : String.format(Locale.ROOT, "%.2f", value / base);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String aligned(List<String[]> cells) {
        int columns = cells.get(0).length;
        int[] widths = new int[columns];
        for (String[] row : cells) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : cells) {
            for (int i = 0; i < columns; i++) {
                String pad = " ".repeat(widths[i] - row[i].length());
                boolean isWords = i < 2 || i == 4;
                text.append(isWords ? row[i] + pad : pad + row[i]).append(i < columns - 1 ? "  " : "\n");
            }
        }
        return text.toString();
    }
}
