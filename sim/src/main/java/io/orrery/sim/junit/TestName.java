package io.orrery.sim.junit;

import java.util.Locale;

/**
 * A test method, as commands, folders and scenarios name it.
 *
 * @param type the name of its class, nested ones after a dollar sign
 */
record TestName(String type, String method) {
    /** For folders: {@code com.example.CounterTest.losesNothing}. */
    String folder() {
        return type.replace('$', '.') + "." + method;
    }

    /** For the command line of build tools: {@code com.example.CounterTest#losesNothing}. */
    String selector(char separator) {
        return type + separator + method;
    }

    /** For the workload line of scenarios: {@code counter-test-loses-nothing}. */
    String word() {
        String simple = type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
        return (simple + "-" + method)
                .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
    }
}
