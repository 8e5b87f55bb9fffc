package io.orrery.sim.junit;

import io.orrery.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What a test's annotation says, and what overrides it from outside.
 *
 * @param onlySeed null if all are run
 * @param onlyScenario a file's name; null if there is none
 * @param directory where files go; null for the usual place
 */
record Settings(
        long seeds,
        long firstSeed,
        int nodes,
        int threads,
        long eventsMax,
        int shrinkSecondsMax,
        Long onlySeed,
        String onlyScenario,
        String directory) {
    private static final long SEEDS_MAX = 100_000_000;

    /**
     * Reads the settings.
     *
     * @param property the value of a property, null if it is not set; it goes before the environment
     * @param environment the value of a variable, null if it is not set
     */
    static Settings of(SimulationTest test, Function<String, String> property, Function<String, String> environment) {
        Overrides overrides = new Overrides(property, environment);
        Long onlySeed = overrides.number("seed", Long.MIN_VALUE, Long.MAX_VALUE, null);
        return new Settings(
                overrides.number("seeds", 0, SEEDS_MAX, within("seeds", test.seeds(), 0, SEEDS_MAX)),
                overrides.number("first-seed", Long.MIN_VALUE, Long.MAX_VALUE, test.firstSeed()),
                (int) within("nodes", test.nodes(), 1, Scenario.NODES_MAX),
                test.parallel() ? Runtime.getRuntime().availableProcessors() : 1,
                within("eventsMax", test.eventsMax(), 1, Long.MAX_VALUE),
                (int) within("shrinkSecondsMax", test.shrinkSecondsMax(), 0, 3_600),
                onlySeed,
                overrides.text("scenario"),
                overrides.text("directory"));
    }

    /** Where each test has its folder of files about failures. */
    Path directory(Project project) {
        return directory == null ? project.output() : Path.of(directory);
    }

    private static long within(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new ExtensionConfigurationException(
                    "@SimulationTest: " + name + " is " + value + "; it must be " + min + " to " + max);
        }
        return value;
    }

    /** Looks a name up as {@code orrery.first-seed}, then as {@code ORRERY_FIRST_SEED}. */
    private record Overrides(Function<String, String> property, Function<String, String> environment) {
        String text(String name) {
            String value = property.apply("orrery." + name);
            if (value == null || value.isBlank()) {
                value = environment.apply(variable(name));
            }
            return value == null || value.isBlank() ? null : value.strip();
        }

        Long number(String name, long min, long max, Long otherwise) {
            String value = text(name);
            if (value == null) {
                return otherwise;
            }
            try {
                long number = Long.parseLong(value);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // Said below, with what was expected.
            }
            throw new ExtensionConfigurationException("orrery." + name + " or " + variable(name) + " is '" + value
                    + "': expected a whole number from " + min + " to " + max);
        }

        private static String variable(String name) {
            return "ORRERY_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
        }
    }
}
