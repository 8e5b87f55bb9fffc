package io.orrery.jepsen.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text, strictly: nothing before or after the value but white space, no comments, no trailing commas, no
 * leading zeros, no raw control characters in strings, no name twice in an object. By recursive descent, one method per
 * rule of the grammar in RFC 8259; the depth limit bounds the stack.
 */
public final class JsonReader {
    private final String text;
    private final JsonLimits limits;
    private int position;
    private int depth;

    private JsonReader(String text, JsonLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    /** Reads a text within the default limits. */
    public static Json read(String text) throws JsonException {
        return read(text, JsonLimits.DEFAULT);
    }

    /**
     * Reads a whole text.
     *
     * @throws JsonException if it is not one JSON value, or beyond a limit; nothing else is ever thrown
     */
    public static Json read(String text, JsonLimits limits) throws JsonException {
        if (text.length() > limits.charsMax()) {
            throw new JsonException("a text of more than " + limits.charsMax() + " characters", limits.charsMax());
        }
        JsonReader reader = new JsonReader(text, limits);
        reader.skipSpace();
        Json value = reader.readValue();
        reader.skipSpace();
        if (reader.position < text.length()) {
            throw reader.error("more text after the value");
        }
        return value;
    }

    private Json readValue() throws JsonException {
        int c = peek();
        return switch (c) {
            case '{' -> readObject();
            case '[' -> readArray();
            case '"' -> new Json.Str(readString());
            case 't' -> readWord("true", new Json.Bool(true));
            case 'f' -> readWord("false", new Json.Bool(false));
            case 'n' -> readWord("null", Json.Null.VALUE);
            default -> {
                if (c == '-' || isDigit(c)) {
                    yield readNumber();
                }
                throw error("a value was expected");
            }
        };
    }

    private Json readObject() throws JsonException {
        enter();
        Map<String, Json> members = new LinkedHashMap<>();
        if (!maybeSkip('}')) {
            do {
                skipSpace();
                int at = position;
                String name = readString();
                skipSpace();
                expect(':');
                skipSpace();
                if (members.putIfAbsent(name, readValue()) != null) {
                    throw new JsonException("a name that the object has already", at);
                }
                skipSpace();
            } while (maybeSkip(','));
            expect('}');
        }
        depth--;
        return new Json.Obj(Collections.unmodifiableMap(members));
    }

    private Json readArray() throws JsonException {
        enter();
        List<Json> items = new ArrayList<>();
        if (!maybeSkip(']')) {
            do {
                skipSpace();
                items.add(readValue());
                skipSpace();
            } while (maybeSkip(','));
            expect(']');
        }
        depth--;
        return new Json.Arr(Collections.unmodifiableList(items));
    }

    private void enter() throws JsonException {
        depth++;
        if (depth > limits.depthMax()) {
            throw error("more than " + limits.depthMax() + " levels");
        }
        position++;
        skipSpace();
    }

    private Json readNumber() throws JsonException {
        int start = position;
        maybeSkip('-');
        if (!maybeSkip('0')) {
            skipDigits();
        }
        if (maybeSkip('.')) {
            skipDigits();
        }
        if (maybeSkip('e') || maybeSkip('E')) {
            if (!maybeSkip('+')) {
                maybeSkip('-');
            }
            skipDigits();
        }
        return new Json.Num(text.substring(start, position));
    }

    private void skipDigits() throws JsonException {
        if (!isDigit(peek())) {
            throw error("a digit was expected");
        }
        while (isDigit(peek())) {
            position++;
        }
    }

    private String readString() throws JsonException {
        expect('"');
        int start = position;
        StringBuilder unescaped = null;
        while (true) {
            int c = peek();
            if (c < 0) {
                throw error("the text ends inside a string");
            }
            if (c < ' ') {
                throw error("a control character inside a string");
            }
            if (c == '"') {
                String tail = text.substring(start, position++);
                return unescaped == null ? tail : unescaped.append(tail).toString();
            }
            position++;
            if (c == '\\') {
                unescaped = unescaped == null ? new StringBuilder() : unescaped;
                unescaped.append(text, start, position - 1).append(readEscape());
                start = position;
            }
        }
    }

    private char readEscape() throws JsonException {
        int c = peek();
        position++;
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> readHex();
            default -> {
                position--;
                throw error("an escape was expected");
            }
        };
    }

    private char readHex() throws JsonException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int c = peek();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw error("four hexadecimal digits were expected");
            }
            value = value << 4 | digit;
            position++;
        }
        return (char) value;
    }

    private Json readWord(String word, Json value) throws JsonException {
        if (!text.startsWith(word, position)) {
            throw error("a value was expected");
        }
        position += word.length();
        return value;
    }

    private void skipSpace() {
        while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private boolean maybeSkip(char c) {
        if (peek() != c) {
            return false;
        }
        position++;
        return true;
    }

    private void expect(char c) throws JsonException {
        if (!maybeSkip(c)) {
            throw error("'" + c + "' was expected");
        }
    }

    /** The next character, or -1 at the end. */
    private int peek() {
        return position < text.length() ? text.charAt(position) : -1;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private JsonException error(String reason) {
        return new JsonException(reason, position);
    }
}
