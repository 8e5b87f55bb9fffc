package io.orrery.server.mutant;

import io.orrery.server.config.NearestMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads a mutant's text: header lines of a word and its value, {@code #} for comments, then for each file its changes.
 *
 * <pre>
 * mutant M01
 * title A leader commits entries of earlier terms by counting copies
 * source logcabin#44
 * harmless no
 * module raft
 * file raft/src/main/java/io/orrery/raft/Leadership.java
 * replace
 *         if (entryTerm != term) {
 * with
 *         if (false) {
 * end
 * </pre>
 *
 * <p>The lines between the words are taken as they are, indentation included. For one text.
 */
final class MutantParser {
    private static final List<String> HEADERS = List.of("mutant", "title", "source", "harmless", "module", "workload");
    private static final List<String> WORDS =
            List.of("mutant", "title", "source", "harmless", "module", "workload", "file", "replace");
    private static final List<String> NEEDED = List.of("mutant", "title", "source", "harmless", "module");

    private final String name;
    private final String[] lines;
    private final TreeMap<String, String> headers = new TreeMap<>();
    private final List<Mutant.Edit> edits = new ArrayList<>();
    private String file;
    private int at;

    private MutantParser(String name, String text) {
        this.name = name;
        this.lines = text.split("\r?\n", -1);
    }

    /**
     * @param name of the text's file, for messages
     * @throws MutantException if the text is not a mutant
     */
    static Mutant parse(String name, String text) {
        return new MutantParser(name, text).parse();
    }

    private Mutant parse() {
        while (at < lines.length) {
            String line = lines[at++];
            if (!line.isBlank() && !line.startsWith("#")) {
                onLine(line);
            }
        }
        for (String needed : NEEDED) {
            if (!headers.containsKey(needed)) {
                throw wrong("the text ends without a line '" + needed + " ...'");
            }
        }
        if (edits.isEmpty()) {
            throw wrong("the text ends without a change: 'replace', lines, 'with', lines, 'end'");
        }
        return new Mutant(
                headers.get("mutant"),
                headers.get("title"),
                headers.get("source"),
                headers.get("harmless").equals("yes"),
                headers.get("module"),
                headers.getOrDefault("workload", ""),
                edits);
    }

    private void onLine(String line) {
        int space = line.indexOf(' ');
        String word = space < 0 ? line : line.substring(0, space);
        String value = space < 0 ? "" : line.substring(space + 1).strip();
        if (word.equals("replace")) {
            onReplace();
        } else if (!WORDS.contains(word)) {
            String nearest = NearestMatch.among(WORDS, word);
            String hint = nearest.isEmpty() ? "" : "; did you mean '" + nearest + "'?";
            throw wrong("expected one of " + String.join(", ", WORDS) + ", found '" + word + "'" + hint);
        } else if (value.isEmpty()) {
            throw wrong("'" + word + "' has no value");
        } else if (word.equals("file")) {
            file = value;
        } else {
            onHeader(word, value);
        }
    }

    private void onHeader(String word, String value) {
        if (!edits.isEmpty()) {
            throw wrong("'" + word + "' stands before the first change: " + String.join(", ", HEADERS) + " do");
        }
        if (word.equals("mutant") && !value.matches("[A-Z][0-9]{2}")) {
            throw wrong("a mutant is named by a capital letter and two digits, such as M01, not '" + value + "'");
        }
        if (word.equals("harmless") && !value.equals("yes") && !value.equals("no")) {
            throw wrong("harmless is yes or no, not '" + value + "'");
        }
        if (headers.put(word, value) != null) {
            throw wrong("a second line '" + word + "'");
        }
    }

    private void onReplace() {
        int begin = at;
        if (file == null) {
            throw wrong("'replace' needs a line 'file ...' before it");
        }
        String replaced = block("with");
        String replacement = block("end");
        if (replaced.isBlank()) {
            throw new MutantException(
                    name, begin, "nothing is replaced: say which lines, between 'replace' and 'with'");
        }
        if (replaced.equals(replacement)) {
            throw new MutantException(name, begin, "the lines are replaced by themselves");
        }
        edits.add(new Mutant.Edit(file, begin, replaced, replacement));
    }

    /** The lines up to one that is {@code end}, which is taken too. */
    private String block(String end) {
        int begin = at;
        StringBuilder block = new StringBuilder();
        while (at < lines.length) {
            String line = lines[at++];
            if (line.equals(end)) {
                return block.toString();
            }
            block.append(line).append('\n');
        }
        throw new MutantException(name, begin, "a line '" + end + "' is missing behind this one");
    }

    private MutantException wrong(String reason) {
        return new MutantException(name, Math.min(at, lines.length), reason);
    }
}
