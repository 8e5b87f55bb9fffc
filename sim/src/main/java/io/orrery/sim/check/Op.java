package io.orrery.sim.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of a history: the begin or the end of an operation.
 *
 * @param index position in the history, from 0; this is the real-time order
 * @param timeNanos since the start of the test; for plots only
 * @param process who: a client's number, or {@link #NEMESIS}. A process does one thing at a time
 * @param f what, such as {@code read}
 * @param value arguments and results: texts, numbers, booleans, lists, maps or null; an invocation has the arguments already
 * @param extra further members by name, such as {@code error}
 */
public record Op(
        long index, long timeNanos, Type type, long process, String f, Object value, Map<String, Object> extra) {
    /** The process that breaks things. */
    public static final long NEMESIS = -1;

    /** What a line says. */
    public enum Type {
        INVOKE,
        /** It happened, at some moment since its invocation. */
        OK,
        /** It did not happen, and never will. */
        FAIL,
        /** It may have happened, or may happen at any later moment. */
        INFO;

        /** As histories write it. */
        public String text() {
            return switch (this) {
                case INVOKE -> "invoke";
                case OK -> "ok";
                case FAIL -> "fail";
                case INFO -> "info";
            };
        }
    }

    public Op {
        extra = copyOf(extra);
    }

    public Op(long index, long timeNanos, Type type, long process, String f, Object value) {
        this(index, timeNanos, type, process, f, value, Collections.emptyMap());
    }

    /** A read-only copy; most have no member or one. */
    private static Map<String, Object> copyOf(Map<String, Object> members) {
        if (members.isEmpty()) {
            return Collections.emptyMap();
        }
        if (members.size() == 1) {
            Map.Entry<String, Object> only = members.entrySet().iterator().next();
            return Collections.singletonMap(only.getKey(), only.getValue());
        }
        return Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public boolean isClient() {
        return process != NEMESIS;
    }

    /** This line with another value. */
    public Op withValue(Object other) {
        return new Op(index, timeNanos, type, process, f, other, extra);
    }
}
