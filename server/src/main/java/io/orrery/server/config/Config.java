package io.orrery.server.config;

import java.util.Map;

/** The effective configuration: a value and its origin for each key. Immutable. Made by {@link ConfigReader}. */
public final class Config {
    /** A text that was given, its value and where it was given. */
    record Setting(String text, Object value, Origin origin) {}

    private final Map<Key<?>, Setting> settings;

    Config(Map<Key<?>, Setting> settings) {
        this.settings = Map.copyOf(settings);
    }

    /** All defaults. */
    public static Config defaults() {
        return new ConfigReader().read();
    }

    /** The key's value; null if neither set nor defaulted. */
    @SuppressWarnings("unchecked")
    public <T> T value(Key<T> key) {
        Setting setting = settings.get(key);
        return setting == null ? null : (T) setting.value();
    }

    /** Whether any source but the default sets the key. */
    public boolean isSet(Key<?> key) {
        return origin(key).kind() != Origin.Kind.DEFAULT;
    }

    public Origin origin(Key<?> key) {
        Setting setting = settings.get(key);
        return setting == null ? Origin.DEFAULT : setting.origin();
    }

    /** The value as one writes it, secrets hidden, empty if not set. */
    public String text(Key<?> key) {
        Setting setting = settings.get(key);
        if (setting == null) {
            return "";
        }
        return key.type().isSecret() ? "***" : setting.text();
    }
}
