package io.orrery.server.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns of text: left-aligned, two spaces apart, each as wide as its widest cell. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final int[] widthsMin;

    Table(String... header) {
        this(new int[header.length], header);
    }

    /**
     * Of columns that are no narrower than they were elsewhere.
     *
     * @param widthsMin one a column, without the gap behind it
     */
    Table(int[] widthsMin, String... header) {
        this.widthsMin = widthsMin.clone();
        rows.add(List.of(header));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** The lines, without a line end after the last. */
    String text() {
        int[] widths = widthsMin.clone();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join("\n", lines);
    }
}
