package io.orrery.sim.state;

import io.orrery.kernel.Check;
import io.orrery.kernel.Description;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A described state as names and values: {@code raft.term} is {@code 7}. Names of parts are joined by dots. For one thread;
 * made for one description.
 */
public final class StateText implements Description {
    private final LinkedHashMap<String, String> values = new LinkedHashMap<>();
    private final List<String> prefixes = new ArrayList<>(List.of(""));

    @Override
    public void value(String name, long value) {
        value(name, Long.toString(value));
    }

    @Override
    public void value(String name, String value) {
        values.put(prefix() + name, value == null ? "-" : value);
    }

    @Override
    public void begin(String part) {
        prefixes.add(prefix() + part + ".");
    }

    @Override
    public void end() {
        Check.that(prefixes.size() > 1, "a part that ends has begun");
        prefixes.remove(prefixes.size() - 1);
    }

    private String prefix() {
        return prefixes.get(prefixes.size() - 1);
    }

    /** Full names with their values, in the order described. */
    public Map<String, String> values() {
        return Collections.unmodifiableMap(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values.forEach(
                (name, value) -> text.append(name).append(" = ").append(value).append('\n'));
        return text.toString();
    }
}
