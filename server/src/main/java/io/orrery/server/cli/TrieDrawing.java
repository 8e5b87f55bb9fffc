package io.orrery.server.cli;

import io.orrery.server.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a topic trie as emqttd's documentation does: words above each other, strokes between.
 *
 * <p>Leaves are placed from left to right, six columns between sisters; a parent stands over the middle of its children,
 * a stroke half way between the two. What is too wide for that is drawn as an indented list.
 */
final class TrieDrawing {
    private static final int MARGIN = 4;
    private static final int SISTER_GAP = 6;

    private final List<StringBuilder> rows = new ArrayList<>();
    private int nextColumn = MARGIN;

    private TrieDrawing() {}

    /** The lines of all trees side by side; empty if there are none. */
    static List<String> lines(List<Json> roots, int widthMax) {
        TrieDrawing drawing = new TrieDrawing();
        for (Json root : roots) {
            drawing.place(root, 0);
            drawing.nextColumn += SISTER_GAP;
        }
        List<String> lines = drawing.rows.stream().map(StringBuilder::toString).toList();
        if (lines.stream().allMatch(line -> line.length() + MARGIN <= widthMax)) {
            return lines;
        }
        List<String> list = new ArrayList<>();
        roots.forEach(root -> indent(root, 1, list));
        return list;
    }

    /** Draws a node and all below it; the column of its word's middle comes back. */
    private int place(Json node, int depth) {
        List<Json> children = node.list("children");
        int row = 2 * depth;
        if (children.isEmpty()) {
            return word(row, nextColumn, node.text("word"));
        }
        List<Integer> middles = new ArrayList<>();
        boolean isAfterLeaf = false;
        for (Json child : children) {
            boolean isLeaf = child.list("children").isEmpty();
            nextColumn += isAfterLeaf && isLeaf ? SISTER_GAP : 0;
            middles.add(place(child, depth + 1));
            isAfterLeaf = isLeaf;
        }
        String word = node.text("word");
        int over = (middles.get(0) + middles.get(middles.size() - 1) + 1) / 2;
        int middle = word(row, over - (word.length() - 1) / 2, word);
        for (int child : middles) {
            char stroke = child < middle ? '/' : child > middle ? '\\' : '|';
            write(row + 1, (child + middle) / 2, String.valueOf(stroke));
        }
        return middle;
    }

    /** Writes a word at a column or where the row has room; its middle comes back. */
    private int word(int row, int column, String word) {
        int taken = row < rows.size() ? rows.get(row).length() + 2 : 0;
        int left = Math.max(Math.max(column, taken), 1);
        write(row, left, word);
        nextColumn = Math.max(nextColumn, left + word.length());
        return left + (word.length() - 1) / 2;
    }

    private void write(int row, int column, String text) {
        while (rows.size() <= row) {
            rows.add(new StringBuilder());
        }
        StringBuilder line = rows.get(row);
        line.append(" ".repeat(Math.max(0, column + text.length() - line.length())));
        line.replace(column, column + text.length(), text);
    }

    private static void indent(Json node, int depth, List<String> lines) {
        lines.add(" ".repeat(2 * depth - 1) + node.text("word"));
        node.list("children").forEach(child -> indent(child, depth + 1, lines));
    }
}
