package io.orrery.server.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON text into maps, lists, strings, numbers (Long or BigDecimal), Booleans and null. */
final class JsonReader {
    private static final int DEPTH_MAX = 64;
    private static final int NUMBER_LENGTH_MAX = 64;

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    Object document() {
        Object value = value();
        blanks();
        if (at < text.length()) {
            throw wrong("text after the end");
        }
        return value;
    }

    private Object value() {
        blanks();
        if (at == text.length()) {
            throw wrong("the text ends early");
        }
        char c = text.charAt(at);
        if (c == '{') {
            return object();
        }
        if (c == '[') {
            return array();
        }
        if (c == '"') {
            return string();
        }
        if (c == '-' || (c >= '0' && c <= '9')) {
            return number();
        }
        return word();
    }

    private Map<String, Object> object() {
        enter();
        Map<String, Object> fields = new LinkedHashMap<>();
        if (!skip('}')) {
            do {
                blanks();
                if (at == text.length() || text.charAt(at) != '"') {
                    throw wrong("a field has no name");
                }
                String name = string();
                require(':');
                fields.put(name, value());
            } while (skip(','));
            require('}');
        }
        depth--;
        return fields;
    }

    private List<Object> array() {
        enter();
        List<Object> items = new ArrayList<>();
        if (!skip(']')) {
            do {
                items.add(value());
            } while (skip(','));
            require(']');
        }
        depth--;
        return items;
    }

    private String string() {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
            char c = next();
            if (c == '"') {
                return value.toString();
            }
            if (c < ' ') {
                throw wrong("a control character in a string");
            }
            value.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw wrong("an unknown escape");
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw wrong("four hexadecimal digits must follow \\u");
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    private Number number() {
        int from = at;
        while (at < text.length() && "+-0123456789.eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(from, at);
        if (digits.length() > NUMBER_LENGTH_MAX || !digits.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,4})?")) {
            throw wrong("not a number");
        }
        BigDecimal value = new BigDecimal(digits);
        boolean isWhole = digits.chars().allMatch(c -> c == '-' || Character.isDigit(c));
        return isWhole && value.precision() <= 18 ? (Number) value.longValueExact() : value;
    }

    private Boolean word() {
        if (text.startsWith("true", at)) {
            at += 4;
            return Boolean.TRUE;
        }
        if (text.startsWith("false", at)) {
            at += 5;
            return Boolean.FALSE;
        }
        if (text.startsWith("null", at)) {
            at += 4;
            return null;
        }
        throw wrong("not a value");
    }

    private void enter() {
        at++;
        if (++depth > DEPTH_MAX) {
            throw wrong("nested more than " + DEPTH_MAX + " deep");
        }
    }

    private boolean skip(char c) {
        blanks();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void require(char c) {
        if (!skip(c)) {
            throw wrong("'" + c + "' is missing");
        }
    }

    private char next() {
        if (at == text.length()) {
            throw wrong("the text ends early");
        }
        return text.charAt(at++);
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private JsonException wrong(String why) {
        return new JsonException("not JSON at character " + (at + 1) + ": " + why);
    }
}
