package io.orrery.server.json;

import java.util.Collection;
import java.util.Map;

/**
 * Writes one JSON text, commas and escapes included. Calls must nest properly: {@code object().field("a", 1).end()}. For
 * one thread.
 */
public final class JsonWriter {
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder closers = new StringBuilder();
    private boolean needsComma;

    public JsonWriter object() {
        return open('{', '}');
    }

    public JsonWriter array() {
        return open('[', ']');
    }

    /** Closes the innermost object or array. */
    public JsonWriter end() {
        int last = closers.length() - 1;
        out.append(closers.charAt(last));
        closers.setLength(last);
        needsComma = true;
        return this;
    }

    /** A field's name; the next call writes its value. */
    public JsonWriter name(String name) {
        comma();
        string(name);
        out.append(':');
        needsComma = false;
        return this;
    }

    public JsonWriter field(String name, String value) {
        return name(name).value(value);
    }

    public JsonWriter field(String name, long value) {
        return name(name).value(value);
    }

    public JsonWriter field(String name, boolean value) {
        return name(name).value(value);
    }

    /** A field that is an array of strings. */
    public JsonWriter field(String name, Collection<?> values) {
        name(name).array();
        values.forEach(value -> value(String.valueOf(value)));
        return end();
    }

    /** A string, or null. */
    public JsonWriter value(String value) {
        comma();
        if (value == null) {
            out.append("null");
        } else {
            string(value);
        }
        return this;
    }

    public JsonWriter value(long value) {
        comma();
        out.append(value);
        return this;
    }

    public JsonWriter value(boolean value) {
        comma();
        out.append(value);
        return this;
    }

    /** A value as {@link Json} holds it: text, number, truth, null, list or map. */
    public JsonWriter tree(Object value) {
        if (value instanceof Map<?, ?> map) {
            object();
            map.forEach((name, inner) -> name((String) name).tree(inner));
            return end();
        }
        if (value instanceof Collection<?> list) {
            array();
            list.forEach(this::tree);
            return end();
        }
        if (value instanceof String text) {
            return value(text);
        }
        comma();
        out.append(value);
        return this;
    }

    /** The text written so far. */
    @Override
    public String toString() {
        return out.toString();
    }

    private JsonWriter open(char opener, char closer) {
        comma();
        out.append(opener);
        closers.append(closer);
        needsComma = false;
        return this;
    }

    private void comma() {
        if (needsComma) {
            out.append(',');
        }
        needsComma = true;
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == '\u007f' || c == '\u2028' || c == '\u2029') {
                        unicode(c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private void unicode(char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >> shift & 15, 16));
        }
    }
}
