package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.ArrayList;
import java.util.List;

/** The words of one line, taken from left to right; knows where each stands. */
final class Words {
    private final int line;
    private final List<String> words = new ArrayList<>();
    private final List<Integer> columns = new ArrayList<>();
    private final int endColumn;
    private int next;

    Words(int line, String text) {
        this.line = line;
        int comment = text.indexOf('#');
        String code = comment < 0 ? text : text.substring(0, comment);
        int at = 0;
        while (at < code.length()) {
            int end = at;
            while (end < code.length() && code.charAt(end) > ' ') {
                end++;
            }
            if (end > at) {
                words.add(code.substring(at, end));
                columns.add(at + 1);
            }
            at = end + 1;
        }
        endColumn = code.stripTrailing().length() + 1;
    }

    boolean hasNext() {
        return next < words.size();
    }

    /** The next word, which stays; empty at the end of the line. */
    String peek() {
        return hasNext() ? words.get(next) : "";
    }

    /** Whether the next word is this one; takes it if so. */
    boolean take(String word) {
        boolean found = hasNext() && words.get(next).equals(word);
        if (found) {
            next++;
        }
        return found;
    }

    /** Takes a word. */
    String word(String what) {
        if (!hasNext()) {
            throw new ScenarioException(line, endColumn, "expected " + what + ", found the end of the line");
        }
        return words.get(next++);
    }

    /** Takes one of several words. */
    String oneOf(List<String> allowed) {
        String word = word(allowed.size() == 1 ? allowed.get(0) : "one of " + String.join(", ", allowed));
        if (!allowed.contains(word)) {
            throw error(Nearest.expected(allowed, word));
        }
        return word;
    }

    /** Takes a duration such as {@code 200us}, at least 0 and at most {@code nanosMax}. */
    long duration(String what, long nanosMax) {
        return duration(word(what + " such as 200us"), what, nanosMax);
    }

    private long duration(String word, String what, long nanosMax) {
        int unit = 0;
        while (unit < word.length() && word.charAt(unit) >= '0' && word.charAt(unit) <= '9') {
            unit++;
        }
        long scale = switch (word.substring(unit)) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            default -> 0L;
        };
        if (scale == 0 || unit == 0 || unit > 18) {
            throw error("expected " + what + " such as 200us, 40ms or 3s, found '" + word + "'");
        }
        long count = Long.parseLong(word.substring(0, unit));
        if (count > nanosMax / scale) {
            throw error("expected " + what + " of at most " + Time.text(nanosMax) + ", found '" + word + "'");
        }
        return count * scale;
    }

    /** Takes a duration with its sign. */
    long signedDuration(String what, long nanosMax) {
        String word = word(what + " such as +3s");
        if (!word.startsWith("+") && !word.startsWith("-")) {
            throw error("expected " + what + " with its sign, such as +3s or -3s, found '" + word + "'");
        }
        long nanos = duration(word.substring(1), what, nanosMax);
        return word.startsWith("-") ? -nanos : nanos;
    }

    /** Takes two durations such as {@code 200us..3ms}, the first not above the second. */
    long[] durations(String what, long nanosMax) {
        String word = word(what + " such as 200us..3ms");
        int dots = word.indexOf("..");
        if (dots < 0) {
            throw error("expected " + what + " such as 200us..3ms, found '" + word + "'");
        }
        long low = duration(word.substring(0, dots), what, nanosMax);
        long high = duration(word.substring(dots + 2), what, nanosMax);
        if (low > high) {
            throw error("expected " + what + " whose first bound is not above its second, found '" + word + "'");
        }
        return new long[] {low, high};
    }

    /** Takes parts per million such as {@code 1000ppm}; a sign is allowed if {@code low} is negative. */
    int ppm(String what, int low, int high) {
        String word = word(what + " such as 1000ppm");
        String digits = word.endsWith("ppm") ? word.substring(0, word.length() - 3) : "";
        if (low < 0 && digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        long value = number(digits, word, what + " such as 1000ppm");
        if (value < low || value > high) {
            throw error("expected " + what + " from " + low + "ppm to " + high + "ppm, found '" + word + "'");
        }
        return (int) value;
    }

    /** Takes a number of bytes such as {@code 64KB}, with {@code suffix} behind it. */
    long bytes(String what, String suffix, long low, long high) {
        String example = what + " such as 64KB" + suffix;
        String word = word(example);
        long bytes = word.endsWith(suffix) ? Size.parse(word.substring(0, word.length() - suffix.length())) : -1;
        if (bytes < 0) {
            throw error("expected " + example + ", found '" + word + "'");
        }
        if (bytes < low || bytes > high) {
            throw error("expected " + what + " from " + Size.text(low) + suffix + " to " + Size.text(high) + suffix
                    + ", found '" + word + "'");
        }
        return bytes;
    }

    /** Takes a whole number. */
    long number(String what, long low, long high) {
        String word = word(what);
        long value = number(word, word, what);
        if (value < low || value > high) {
            throw error("expected " + what + " from " + low + " to " + high + ", found '" + word + "'");
        }
        return value;
    }

    long number(String digits, String word, String what) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException notANumber) {
            throw error("expected " + what + ", found '" + word + "'");
        }
    }

    /** Takes a node's name. */
    NodeId node(List<NodeId> nodes) {
        return node(word("a node"), nodes);
    }

    private NodeId node(String name, List<NodeId> nodes) {
        for (NodeId node : nodes) {
            if (node.name().equals(name)) {
                return node;
            }
        }
        throw error("expected a node from n1 to n" + nodes.size() + ", found '" + name + "'");
    }

    /** Takes one or more nodes joined by commas. */
    List<NodeId> nodeList(List<NodeId> nodes) {
        List<NodeId> found = new ArrayList<>();
        for (String name : word("nodes such as n1,n2").split(",", -1)) {
            found.add(node(name, nodes));
        }
        return found;
    }

    /** Takes a direction such as {@code n1>n2}. */
    List<NodeId> direction(List<NodeId> nodes) {
        String word = word("a direction such as n1>n2");
        int arrow = word.indexOf('>');
        if (arrow < 0) {
            throw error("expected a direction such as n1>n2, found '" + word + "'");
        }
        NodeId from = node(word.substring(0, arrow), nodes);
        NodeId to = node(word.substring(arrow + 1), nodes);
        if (from.equals(to)) {
            throw error("expected a direction between two nodes, found '" + word + "'");
        }
        return List.of(from, to);
    }

    void end() {
        if (hasNext()) {
            String word = word("");
            throw error("expected the end of the line, found '" + word + "'");
        }
    }

    /** An error at the word taken last. */
    ScenarioException error(String message) {
        return new ScenarioException(line, columns.get(next - 1), message);
    }

    /** An error at the end of the line. */
    ScenarioException errorAtEnd(String message) {
        return new ScenarioException(line, endColumn, message);
    }
}
