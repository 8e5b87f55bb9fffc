package io.orrery.jepsen.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value: immutable, in one of six forms. Numbers keep their literal and objects their order, so that what is
 * read and written again is the same text but for white space and escapes.
 */
public sealed interface Json {
    static Json of(String text) {
        return new Str(text);
    }

    static Json of(long number) {
        return new Num(Long.toString(number));
    }

    static Json of(boolean value) {
        return new Bool(value);
    }

    static Json of(List<? extends Json> items) {
        return new Arr(List.copyOf(items));
    }

    /** An object to be filled by {@link Obj#with}. */
    static Obj object() {
        return new Obj(Collections.emptyMap());
    }

    /** The value's text, on one line. */
    default String text() {
        StringBuilder out = new StringBuilder();
        JsonWriter.write(this, out);
        return out.toString();
    }

    /** The value {@code null}. */
    enum Null implements Json {
        VALUE
    }

    record Bool(boolean value) implements Json {}

    /** A string; may hold unpaired surrogates, which are written as escapes. */
    record Str(String value) implements Json {}

    /**
     * A number by its literal: {@code 1}, {@code 1.0} and {@code 1e0} are three values.
     *
     * @param literal as RFC 8259 section 6 has it
     */
    record Num(String literal) implements Json {
        /** Whether it is written as an integer that a long holds. */
        public boolean isLong() {
            try {
                Long.parseLong(literal);
                return true;
            } catch (NumberFormatException beyond) {
                return false;
            }
        }

        /** The number, if {@link #isLong()}. */
        public long asLong() {
            return Long.parseLong(literal);
        }

        /** The number exactly; an exponent beyond an int is an ArithmeticException or NumberFormatException. */
        public BigDecimal asDecimal() {
            return new BigDecimal(literal);
        }
    }

    record Arr(List<Json> items) implements Json {}

    /** An object with unique names, in their order in the text. */
    record Obj(Map<String, Json> members) implements Json {
        /** The named member, or null if there is none; a member that is JSON's null is {@link Null#VALUE}. */
        public Json member(String name) {
            return members.get(name);
        }

        /** The named member's text, or null if there is none or it is no string. */
        public String string(String name) {
            return members.get(name) instanceof Str str ? str.value() : null;
        }

        /** The named member's number, or null if there is none or it is no long. */
        public Long number(String name) {
            return members.get(name) instanceof Num num && num.isLong() ? (Long) num.asLong() : null;
        }

        /** This object with one member more, or one replaced. */
        public Obj with(String name, Json value) {
            Map<String, Json> more = new LinkedHashMap<>(members);
            more.put(name, value);
            return new Obj(Collections.unmodifiableMap(more));
        }

        public Obj with(String name, String value) {
            return with(name, Json.of(value));
        }

        public Obj with(String name, long value) {
            return with(name, Json.of(value));
        }
    }
}
