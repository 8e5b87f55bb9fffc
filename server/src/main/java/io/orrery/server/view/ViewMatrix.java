package io.orrery.server.view;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Draws a picture of a cluster: a row for each node that is asked, a column for each that it may believe something of, and
 * at the end what must be equal in all rows. In words where they fit the width, else a letter a cell.
 */
public final class ViewMatrix {
    private static final int DIFFERENCES_MAX = 8;
    private static final int WORDS_NAME_CHARS_MAX = 16;

    private final ClusterView picture;
    private final List<Difference> differences;
    private final List<String> members;
    private final SortedMap<String, String> generations = new TreeMap<>();

    private ViewMatrix(ClusterView picture) {
        this.picture = picture;
        this.differences = Convergence.differences(picture);
        this.members = List.copyOf(picture.members());
        for (NodeView view : picture.views()) {
            for (Belief belief : view.beliefs().values()) {
                generations.merge(
                        belief.member(), belief.generation(), (one, other) -> Belief.isLater(one, other) ? one : other);
            }
        }
    }

    /**
     * The picture as lines, without a line end after the last.
     *
     * @param charsMax how wide it may be; letters may exceed it
     */
    public static String text(ClusterView picture, int charsMax) {
        ViewMatrix matrix = new ViewMatrix(picture);
        List<String> lines = new ArrayList<>();
        lines.add(matrix.verdict());
        List<String> table = matrix.words();
        boolean fits = table.stream().allMatch(line -> line.length() <= charsMax);
        lines.addAll(fits ? table : matrix.letters());
        lines.add(
                fits
                        ? "cells: status, .refutations if any, last heard; < an earlier life; ? not known"
                        : "cells: a alive, S suspect, D dead, L left, = itself, < an earlier life, . unknown to it, ? not known");
        matrix.differences.stream()
                .limit(DIFFERENCES_MAX)
                .forEach(difference -> lines.add("  " + difference.kind() + ": " + difference.words()));
        if (matrix.differences.size() > DIFFERENCES_MAX) {
            lines.add("  and " + (matrix.differences.size() - DIFFERENCES_MAX) + " more");
        }
        return String.join("\n", lines);
    }

    private String verdict() {
        String cluster =
                picture.views().stream().map(NodeView::cluster).findFirst().orElse("?");
        long answering =
                picture.nodes().values().stream().filter(Observed::answers).count();
        String verdict = differences.isEmpty() ? "CONVERGED" : "NOT CONVERGED, " + differences.size() + " differences";
        return "after " + seconds(picture.atMillis()) + ": cluster " + cluster + ", " + answering + " of "
                + picture.nodes().size() + " nodes answer: "
                + (differences.size() == 1 ? "NOT CONVERGED, 1 difference" : verdict);
    }

    // ---- in words

    private List<String> words() {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("SEEN BY"));
        members.forEach(member -> header.add(cut(member)));
        header.addAll(List.of("MEMBERS", "ROWS", "REGISTRY", "APPLIED", "LEADER", "ANSWERS"));
        rows.add(header);
        for (Observed node : picture.nodes().values()) {
            List<String> row = new ArrayList<>(List.of(cut(node.node())));
            members.forEach(member -> row.add(word(node, member)));
            row.addAll(digests(node));
            rows.add(row);
        }
        return aligned(rows);
    }

    private String word(Observed node, String member) {
        if (!node.answers()) {
            return "?";
        }
        Belief belief = node.view().beliefs().get(member);
        if (belief == null) {
            return "unknown";
        }
        String refuted = belief.refutations().equals("0") ? "" : "." + belief.refutations();
        String text = belief.status() + refuted + (isEarlierLife(belief) ? "<" : "");
        boolean isSelf = node.node().equals(member);
        return isSelf || belief.heardMillis() < 0 ? text : text + " " + seconds(belief.heardMillis());
    }

    // ---- in letters

    private List<String> letters() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NO", "SEEN BY", numbers(), "MEMBERS", "ROWS", "REGISTRY", "APPLIED", "LEADER", "ANSWERS"));
        for (Observed node : picture.nodes().values()) {
            StringBuilder cells = new StringBuilder();
            members.forEach(member -> cells.append(letter(node, member)));
            List<String> row = new ArrayList<>();
            row.add(Integer.toString(members.indexOf(node.node()) + 1));
            row.add(cut(node.node()));
            row.add(cells.toString());
            row.addAll(digests(node));
            rows.add(row);
        }
        return aligned(rows);
    }

    /** The last digit of each column's number. */
    private String numbers() {
        StringBuilder digits = new StringBuilder();
        for (int i = 1; i <= members.size(); i++) {
            digits.append(i % 10);
        }
        return digits.toString();
    }

    private char letter(Observed node, String member) {
        if (!node.answers()) {
            return '?';
        }
        Belief belief = node.view().beliefs().get(member);
        if (belief == null) {
            return '.';
        }
        if (node.node().equals(member)) {
            return '=';
        }
        if (belief.status().equals("ALIVE")) {
            return isEarlierLife(belief) ? '<' : 'a';
        }
        return belief.status().charAt(0);
    }

    // ---- what must be equal

    private List<String> digests(Observed node) {
        if (!node.answers()) {
            String since = node.view() == null ? "" : " for " + seconds(node.silentMillis());
            return List.of("?", "?", "?", "?", "?", node.trouble() + since);
        }
        NodeView view = node.view();
        CRC32C members = new CRC32C();
        view.beliefs().values().stream()
                .filter(Belief::isLive)
                .forEach(belief -> add(members, belief.member() + " " + belief.essence()));
        CRC32C rows = new CRC32C();
        SortedSet<String> live = picture.live();
        view.rows().values().stream()
                .filter(held -> live.contains(held.owner()) && !held.isEmpty())
                .forEach(held -> add(rows, held.toString()));
        CRC32C registry = new CRC32C();
        view.registry().values().forEach(set -> add(registry, set.toString()));
        String leader = view.leader().isEmpty() ? "none" : cut(view.leader());
        return List.of(
                digest(members), digest(rows), digest(registry), Long.toString(view.appliedIndex()), leader, "yes");
    }

    private static void add(CRC32C digest, String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        digest.update(bytes, 0, bytes.length);
    }

    private static String digest(CRC32C digest) {
        return String.format(Locale.ROOT, "%08x", digest.getValue());
    }

    // ---- text

    private boolean isEarlierLife(Belief belief) {
        return !belief.generation().equals(generations.get(belief.member()));
    }

    private static String cut(String name) {
        return name.length() <= WORDS_NAME_CHARS_MAX ? name : name.substring(0, WORDS_NAME_CHARS_MAX - 1) + "~";
    }

    private static List<String> aligned(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
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
        return lines;
    }

    private static String seconds(long millis) {
        long tenths = Math.max(0, millis) / 100;
        return tenths / 10 + "." + tenths % 10 + "s";
    }
}
