package io.orrery.jepsen.edn;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads EDN: a text of any number of values, as a history is one map a line. Comments and discarded values are skipped. Not
 * known: namespaced maps, symbolic values ({@code ##NaN}).
 */
public final class EdnReader {
    private static final int DEPTH_MAX = 256;
    private static final Pattern INTEGER = Pattern.compile("[+-]?(0|[1-9][0-9]*)N?");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(0|[1-9][0-9]*)(\\.[0-9]*)?([eE][+-]?[0-9]{1,6})?M?");

    /** Says that a closing bracket or the end was met instead of a value; never escapes this class. */
    private static final Object NOTHING = new Object();

    private final String text;
    private int position;
    private int depth;

    private EdnReader(String text) {
        this.text = text;
    }

    /**
     * Reads all values of a text.
     *
     * @throws EdnException if it is not EDN; nothing else is ever thrown
     */
    public static List<Object> readAll(String text) throws EdnException {
        EdnReader reader = new EdnReader(text);
        List<Object> values = new ArrayList<>();
        for (Object value = reader.next(); value != NOTHING; value = reader.next()) {
            values.add(value);
        }
        if (reader.position < text.length()) {
            throw reader.error("a closing bracket that closes nothing");
        }
        return values;
    }

    /** Reads a text that is one value. */
    public static Object read(String text) throws EdnException {
        List<Object> values = readAll(text);
        if (values.size() != 1) {
            throw new EdnException("one value was expected, not " + values.size(), 1, 1);
        }
        return values.get(0);
    }

    /** The next value, or NOTHING before a closing bracket and at the end. */
    private Object next() throws EdnException {
        while (true) {
            skipSpace();
            int c = peek();
            switch (c) {
                case -1, ')', ']', '}' -> {
                    return NOTHING;
                }
                case '(' -> {
                    return Collections.unmodifiableList(readUntil(')'));
                }
                case '[' -> {
                    return Collections.unmodifiableList(readUntil(']'));
                }
                case '{' -> {
                    return readMap();
                }
                case '"' -> {
                    return readString();
                }
                case '\\' -> {
                    return readCharacter();
                }
                case '#' -> {
                    Object value = readDispatch();
                    if (value != NOTHING) {
                        return value;
                    }
                }
                default -> {
                    return readAtom();
                }
            }
        }
    }

    private Object need() throws EdnException {
        Object value = next();
        if (value == NOTHING) {
            throw error("a value was expected");
        }
        return value;
    }

    private List<Object> readUntil(char close) throws EdnException {
        depth++;
        if (depth > DEPTH_MAX) {
            throw error("more than " + DEPTH_MAX + " levels");
        }
        position++;
        List<Object> items = new ArrayList<>();
        for (Object item = next(); item != NOTHING; item = next()) {
            items.add(item);
        }
        if (peek() != close) {
            throw error("'" + close + "' was expected");
        }
        position++;
        depth--;
        return items;
    }

    private Object readMap() throws EdnException {
        List<Object> items = readUntil('}');
        if (items.size() % 2 != 0) {
            throw error("a key without a value");
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i += 2) {
            if (map.containsKey(items.get(i))) {
                throw error("a key that the map has already");
            }
            map.put(items.get(i), items.get(i + 1));
        }
        return Collections.unmodifiableMap(map);
    }

    /** What follows a hash: a set, a discarded value (then NOTHING), or a tag and its value. */
    private Object readDispatch() throws EdnException {
        position++;
        int c = peek();
        if (c == '{') {
            List<Object> items = readUntil('}');
            LinkedHashSet<Object> set = new LinkedHashSet<>(items);
            if (set.size() < items.size()) {
                throw error("an item that the set has already");
            }
            return Collections.unmodifiableSet(set);
        }
        if (c == '_') {
            position++;
            deeper();
            return NOTHING;
        }
        if (!Character.isLetter(c)) {
            throw error("a tag was expected");
        }
        String tag = token();
        return new Tagged(tag, deeper());
    }

    private Object deeper() throws EdnException {
        depth++;
        if (depth > DEPTH_MAX) {
            throw error("more than " + DEPTH_MAX + " levels");
        }
        Object value = need();
        depth--;
        return value;
    }

    private Object readAtom() throws EdnException {
        int start = position;
        String token = token();
        switch (token) {
            case "nil" -> {
                return null;
            }
            case "true" -> {
                return true;
            }
            case "false" -> {
                return false;
            }
            default -> {
                if (token.startsWith(":") && token.length() > 1) {
                    return new Keyword(token.substring(1));
                }
                if (token.matches("[+-]?[0-9].*")) {
                    return number(token, start);
                }
                if (token.isEmpty() || token.startsWith(":")) {
                    position = start;
                    throw error("a value was expected");
                }
                return new Symbol(token);
            }
        }
    }

    private Object number(String token, int start) throws EdnException {
        String digits = token.substring(0, token.length() - (token.endsWith("N") || token.endsWith("M") ? 1 : 0));
        if (INTEGER.matcher(token).matches()) {
            BigInteger value = new BigInteger(digits);
            return token.endsWith("N") || value.bitLength() > 63 ? value : (Object) value.longValueExact();
        }
        if (DECIMAL.matcher(token).matches()) {
            return token.endsWith("M") ? new BigDecimal(digits) : (Object) Double.parseDouble(digits);
        }
        position = start;
        throw error("not a number");
    }

    private String readString() throws EdnException {
        position++;
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            if (peek() < 0) {
                throw error("the text ends inside a string");
            }
            char c = text.charAt(position++);
            string.append(c == '\\' ? readEscape() : c);
        }
        position++;
        return string.toString();
    }

    private char readEscape() throws EdnException {
        int c = peek();
        position++;
        return switch (c) {
            case '"', '\\' -> (char) c;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                int end = Math.min(text.length(), position + 4);
                char hex = hex(text.substring(position, end));
                position = end;
                yield hex;
            }
            default -> {
                position--;
                throw error("an escape was expected");
            }
        };
    }

    private Object readCharacter() throws EdnException {
        position++;
        int start = position;
        if (peek() < 0) {
            throw error("a character was expected");
        }
        position++;
        while (isToken(peek())) {
            position++;
        }
        String name = text.substring(start, position);
        return switch (name) {
            case "newline" -> '\n';
            case "return" -> '\r';
            case "tab" -> '\t';
            case "space" -> ' ';
            default -> {
                if (name.length() == 1) {
                    yield name.charAt(0);
                }
                if (name.length() == 5 && name.charAt(0) == 'u') {
                    yield hex(name.substring(1));
                }
                position = start;
                throw error("no such character");
            }
        };
    }

    private char hex(String digits) throws EdnException {
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            throw error("four hexadecimal digits were expected");
        }
        return (char) Integer.parseInt(digits, 16);
    }

    private String token() {
        int start = position;
        while (isToken(peek())) {
            position++;
        }
        return text.substring(start, position);
    }

    private static boolean isToken(int c) {
        return c > ' ' && "()[]{}\",;\\".indexOf(c) < 0;
    }

    private void skipSpace() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == ';') {
                int end = text.indexOf('\n', position);
                position = end < 0 ? text.length() : end;
            } else if (c <= ' ' || c == ',') {
                position++;
            } else {
                return;
            }
        }
    }

    private int peek() {
        return position < text.length() ? text.charAt(position) : -1;
    }

    private EdnException error(String reason) {
        int at = Math.min(position, text.length());
        int line =
                1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
        return new EdnException(reason, line, at - text.lastIndexOf('\n', at - 1));
    }
}
