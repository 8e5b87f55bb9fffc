package io.orrery.server.config;

import io.orrery.kernel.NodeId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The types of values that keys have. */
final class ValueTypes {
    static final ValueType<String> TEXT = single("text", text -> text);
    static final ValueType<String> SECRET = new ValueType<>("text (secret)", text -> text, false, true);
    static final ValueType<NodeId> NODE = single("name@host", ValueTypes::node);
    static final ValueType<Path> PATH = single("path", ValueTypes::path);
    static final ValueType<Integer> PORT = number("port", 0, 65_535);
    static final ValueType<String> HOST = single("host name or IP address", ValueTypes::host);
    static final ValueType<List<Address>> ADDRESSES = list("list of host[:port]", Address::parse);
    static final ValueType<List<Seed>> SEEDS = list("list of name@host[:port] or name=host:port", Seed::parse);

    private ValueTypes() {}

    static ValueType<Integer> number(String what, int min, int max) {
        return single(what + " (" + min + ".." + max + ")", text -> {
            long value = Quantity.whole(text);
            requireRange(value, min, max, Integer.toString(min), Integer.toString(max));
            return (int) value;
        });
    }

    /** A duration in nanoseconds, written with a unit. */
    static ValueType<Long> duration(String min, String max) {
        return single("duration (" + min + ".." + max + ")", text -> {
            long nanos = Quantity.durationNanos(text);
            requireRange(nanos, Quantity.durationNanos(min), Quantity.durationNanos(max), min, max);
            return nanos;
        });
    }

    /** A size in bytes, written with a unit. */
    static ValueType<Integer> size(String min, String max) {
        return single("size (" + min + ".." + max + ")", text -> {
            long bytes = Quantity.bytes(text);
            requireRange(bytes, Quantity.bytes(min), Quantity.bytes(max), min, max);
            return (int) bytes;
        });
    }

    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            words.add(word(constant));
        }
        return single(String.join("|", words), text -> {
            for (E constant : type.getEnumConstants()) {
                if (word(constant).equals(text)) {
                    return constant;
                }
            }
            String nearest = NearestMatch.among(words, text);
            throw new IllegalArgumentException("is not one of " + String.join(", ", words)
                    + (nearest.isEmpty() ? "" : "; did you mean '" + nearest + "'?"));
        });
    }

    /** An enum constant as the configuration writes it: {@code in-memory} for IN_MEMORY. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T> ValueType<T> single(String label, Function<String, T> parser) {
        return new ValueType<>(label, parser, false, false);
    }

    private static <T> ValueType<List<T>> list(String label, Function<String, T> item) {
        return new ValueType<>(
                label,
                text -> {
                    List<T> values = new ArrayList<>();
                    for (String part : text.split(",", -1)) {
                        if (!part.isBlank()) {
                            values.add(item.apply(part.trim()));
                        }
                    }
                    return List.copyOf(values);
                },
                true,
                false);
    }

    private static NodeId node(String text) {
        try {
            return NodeId.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not a node's name: " + e.getMessage(), e);
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is not a path: " + e.getReason(), e);
        }
    }

    private static String host(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && ".:-_%[]".indexOf(c) < 0) {
                throw new IllegalArgumentException("has '" + c + "', which no host name or IP address has");
            }
        }
        return text;
    }

    private static void requireRange(long value, long min, long max, String minText, String maxText) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("is not between " + minText + " and " + maxText);
        }
    }
}
