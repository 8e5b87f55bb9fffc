package io.orrery.broker.topic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * Draws the trie of the filters that have wildcards, as a tree for people:
 *
 * <pre>
 *       t
 *      / \
 *     +   #
 *   /  \
 * x      y
 * </pre>
 *
 * <p>A tree that would be wider than {@value #WIDTH_MAX} columns is listed by indentation instead, and cut after {@value
 * #LINES_MAX} lines.
 */
public final class TriePicture {
    static final int WIDTH_MAX = 100;
    static final int LINES_MAX = 200;

    private static final int GAP = 3;
    private static final int MARGIN = 4;

    /** A level of the tree; columns are relative to the parent's until the whole is placed. */
    private static final class Node {
        private final String label;
        private final TreeMap<String, Node> children = new TreeMap<>(FilterOrder::compareText);
        private int column;

        private Node(String label) {
            this.label = label;
        }

        private int left() {
            return -((label.length() - 1) / 2);
        }

        private int right() {
            return label.length() + left() - 1;
        }
    }

    /** The leftmost and rightmost columns of a subtree at each depth, relative to its root's column. */
    private static final class Outline {
        private final List<int[]> rows = new ArrayList<>();

        private void add(int depth, int left, int right) {
            if (depth == rows.size()) {
                rows.add(new int[] {left, right});
            } else {
                rows.get(depth)[0] = Math.min(rows.get(depth)[0], left);
                rows.get(depth)[1] = Math.max(rows.get(depth)[1], right);
            }
        }

        /** How far right of this outline's origin another may begin without touching it. */
        private int clearance(Outline other) {
            int distance = 0;
            for (int depth = 0; depth < Math.min(rows.size(), other.rows.size()); depth++) {
                distance = Math.max(distance, rows.get(depth)[1] - other.rows.get(depth)[0] + GAP + 1);
            }
            return distance;
        }

        private void merge(Outline other, int shift, int below) {
            for (int depth = 0; depth < other.rows.size(); depth++) {
                add(depth + below, other.rows.get(depth)[0] + shift, other.rows.get(depth)[1] + shift);
            }
        }
    }

    private TriePicture() {}

    /** The lines of the drawing, without trailing spaces; none if no filter has a wildcard. */
    public static List<String> draw(List<TopicFilter> filters) {
        Node root = new Node("");
        int wild = 0;
        for (TopicFilter filter : filters) {
            if (filter.hasWildcard()) {
                wild++;
                Node at = root;
                for (String level : filter.text().split("/", -1)) {
                    at = at.children.computeIfAbsent(level, Node::new);
                }
            }
        }
        if (wild == 0) {
            return List.of();
        }
        Outline outline = wild > LINES_MAX ? null : layOut(root, -1);
        if (outline == null || width(outline) > WIDTH_MAX) {
            return indented(root);
        }
        return paint(root, outline);
    }

    private static int width(Outline outline) {
        int left = Integer.MAX_VALUE;
        int right = Integer.MIN_VALUE;
        for (int[] row : outline.rows) {
            left = Math.min(left, row[0]);
            right = Math.max(right, row[1]);
        }
        return right - left + 1;
    }

    /** Places the children of a node around it; the deeper, the wider apart. */
    private static Outline layOut(Node node, int depth) {
        Outline children = new Outline();
        int spacing = depth == 0 ? 4 : depth < 0 ? 1 : 7;
        int last = 0;
        boolean first = true;
        for (Node child : node.children.values()) {
            Outline outline = layOut(child, depth + 1);
            child.column = first ? 0 : Math.max(last + spacing, children.clearance(outline));
            children.merge(outline, child.column, 0);
            last = child.column;
            first = false;
        }
        int middle = (last + 1) / 2;
        for (Node child : node.children.values()) {
            child.column -= middle;
        }
        Outline whole = new Outline();
        whole.add(0, node.left(), node.right());
        whole.merge(children, -middle, 1);
        return whole;
    }

    private static List<String> paint(Node root, Outline outline) {
        int left = Integer.MAX_VALUE;
        for (int[] row : outline.rows.subList(1, outline.rows.size())) {
            left = Math.min(left, row[0]);
        }
        List<StringBuilder> canvas = new ArrayList<>();
        int origin = MARGIN - left;
        for (Node top : root.children.values()) {
            paint(top, origin + top.column, 0, canvas);
        }
        List<String> lines = new ArrayList<>();
        for (StringBuilder row : canvas) {
            lines.add(row.toString().stripTrailing());
        }
        return lines;
    }

    private static void paint(Node node, int column, int row, List<StringBuilder> canvas) {
        put(canvas, row, column + node.left(), node.label);
        for (Node child : node.children.values()) {
            int childColumn = column + child.column;
            String line = child.column == 0 ? "|" : child.column < 0 ? "/" : "\\";
            put(canvas, row + 1, Math.floorDiv(column + childColumn, 2), line);
            paint(child, childColumn, row + 2, canvas);
        }
    }

    private static void put(List<StringBuilder> canvas, int row, int column, String text) {
        while (canvas.size() <= row) {
            canvas.add(new StringBuilder());
        }
        StringBuilder line = canvas.get(row);
        while (line.length() < column + text.length()) {
            line.append(' ');
        }
        line.replace(column, column + text.length(), text);
    }

    private static List<String> indented(Node root) {
        List<String> lines = new ArrayList<>();
        int[] cut = new int[1];
        indent(root, 0, lines, cut);
        if (cut[0] > 0) {
            lines.add("... and " + cut[0] + " more");
        }
        return Collections.unmodifiableList(lines);
    }

    private static void indent(Node node, int depth, List<String> lines, int[] cut) {
        for (Node child : node.children.values()) {
            if (lines.size() < LINES_MAX) {
                lines.add(" ".repeat(2 * depth + 1) + child.label);
            } else {
                cut[0]++;
            }
            indent(child, depth + 1, lines, cut);
        }
    }
}
