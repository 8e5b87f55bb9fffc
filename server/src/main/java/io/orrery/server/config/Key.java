package io.orrery.server.config;

import java.util.List;
import java.util.Locale;

/**
 * One thing that can be configured.
 *
 * @param name dotted, lower case: {@code cluster.static.seeds}
 * @param type how its text becomes a value
 * @param fallback the default as one would write it in the file; empty text means "not set"
 * @param doc what it means, and the hazard of changing it, for the reference
 * @param aliases other names, those of the systems whose operators should feel at home
 * @param <T> the value's type
 */
public record Key<T>(String name, ValueType<T> type, String fallback, String doc, List<String> aliases) {
    public Key {
        aliases = List.copyOf(aliases);
    }

    static <T> Key<T> of(String name, ValueType<T> type, String fallback, String doc, String... aliases) {
        return new Key<>(name, type, fallback, doc, List.of(aliases));
    }

    /** The environment variable that sets it: {@code ORRERY_CLUSTER_STATIC_SEEDS}. */
    public String environmentName() {
        return environmentName(name);
    }

    static String environmentName(String dotted) {
        return "ORRERY_" + dotted.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
