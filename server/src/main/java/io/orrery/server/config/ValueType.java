package io.orrery.server.config;

import java.util.function.Function;

/**
 * How a key's text becomes a value.
 *
 * @param label what to write, for people: {@code duration}, {@code port (0..65535)}
 * @param parser throws IllegalArgumentException whose message completes "because it ..."
 * @param isList whether a YAML sequence may be given; its items are joined by commas
 * @param isSecret whether the value is hidden when the configuration is shown
 * @param <T> the value's type
 */
public record ValueType<T>(String label, Function<String, T> parser, boolean isList, boolean isSecret) {
    /**
     * @throws IllegalArgumentException with a reason for people
     */
    public T parse(String text) {
        return parser.apply(text);
    }
}
