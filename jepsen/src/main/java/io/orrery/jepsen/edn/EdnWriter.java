package io.orrery.jepsen.edn;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes EDN on one line, with commas between the members of a map, as Jepsen prints it. */
public final class EdnWriter {
    private EdnWriter() {}

    /**
     * The value's text.
     *
     * @throws IllegalArgumentException if there is something in it that is no EDN value
     */
    public static String text(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    /** Appends the value's text; see {@link #text}. */
    public static void write(Object value, StringBuilder out) {
        if (value == null) {
            out.append("nil");
        } else if (value instanceof String string) {
            writeString(string, out);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, out);
        } else if (value instanceof List<?> list) {
            writeAll(list.iterator(), "[", "]", out);
        } else if (value instanceof Set<?> set) {
            writeAll(set.iterator(), "#{", "}", out);
        } else if (value instanceof Tagged tagged) {
            out.append('#').append(tagged.tag()).append(' ');
            write(tagged.value(), out);
        } else {
            out.append(atom(value));
        }
    }

    private static String atom(Object value) {
        if (value instanceof Integer
                || value instanceof Long
                || value instanceof Boolean
                || value instanceof Double
                || value instanceof Keyword
                || value instanceof Symbol) {
            return value.toString();
        }
        if (value instanceof BigInteger) {
            return value + "N";
        }
        if (value instanceof BigDecimal) {
            return value + "M";
        }
        if (value instanceof Character character) {
            return character(character);
        }
        throw new IllegalArgumentException("no EDN value: " + value.getClass());
    }

    private static String character(char c) {
        return switch (c) {
            case '\n' -> "\\newline";
            case '\r' -> "\\return";
            case '\t' -> "\\tab";
            case ' ' -> "\\space";
            default -> c > ' ' && c < 0x7F ? "\\" + c : "\\u" + hex(c);
        };
    }

    private static void writeMap(Map<?, ?> map, StringBuilder out) {
        out.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            write(entry.getKey(), out);
            out.append(' ');
            write(entry.getValue(), out);
            if (entries.hasNext()) {
                out.append(", ");
            }
        }
        out.append('}');
    }

    private static void writeAll(Iterator<?> items, String open, String close, StringBuilder out) {
        out.append(open);
        while (items.hasNext()) {
            write(items.next(), out);
            if (items.hasNext()) {
                out.append(' ');
            }
        }
        out.append(close);
    }

    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || Character.isSurrogate(c)) {
                        out.append("\\u").append(hex(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static String hex(char c) {
        String digits = Integer.toHexString(c);
        return "0".repeat(4 - digits.length()) + digits;
    }
}
