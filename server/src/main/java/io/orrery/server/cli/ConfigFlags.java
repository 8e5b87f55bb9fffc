package io.orrery.server.cli;

import io.orrery.server.config.Config;
import io.orrery.server.config.ConfigReader;
import io.orrery.server.config.Key;
import io.orrery.server.config.Keys;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The configuration's flags: one for each key and alias, {@code --config FILE} and {@code --set key=value}. */
final class ConfigFlags {
    private static final String CONFIG_VARIABLE = "ORRERY_CONFIG";

    /** A command that takes the configuration's flags. */
    interface Holder {}

    private ConfigFlags() {}

    static void addTo(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--config", "-c")
                .type(Path.class)
                .paramLabel("FILE")
                .description("YAML file of the keys below, nested or dotted (or ORRERY_CONFIG).")
                .build());
        spec.addOption(OptionSpec.builder("--set")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("KEY=VALUE")
                .description("Sets any key; may be repeated.")
                .build());
        for (Key<?> key : Keys.all()) {
            OptionSpec.Builder option = OptionSpec.builder("--" + key.name(), names(key))
                    .type(String.class)
                    .paramLabel("VALUE")
                    .description(key.doc().split("(?<=\\.) ", 2)[0])
                    .userObject(key);
            spec.addOption(option.build());
        }
    }

    /** A reader that has seen file, environment and flags of a command line that was parsed. */
    static ConfigReader reader(CommandSpec spec, Console console) {
        ConfigReader reader = new ConfigReader();
        Path file = file(spec, console.environment());
        if (file != null) {
            reader.file(file);
        }
        reader.environment(console.environment());
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (option.userObject() instanceof Key<?> key) {
                reader.flag(option.longestName(), key.name(), option.getValue());
            }
        }
        for (String setting : settings(spec)) {
            if (!isForOneNode(setting)) {
                reader.flag("--set", name(setting), value(setting));
            }
        }
        return reader;
    }

    static Config config(CommandSpec spec, Console console) {
        return reader(spec, console).read();
    }

    /** What {@code --set} gave, in order. */
    static List<String> settings(CommandSpec spec) {
        return spec.commandLine().getParseResult().matchedOptionValue("--set", List.of());
    }

    /** Whether a setting is of the form {@code node2:key=value}. */
    static boolean isForOneNode(String setting) {
        int colon = setting.indexOf(':');
        int equals = setting.indexOf('=');
        return colon > 0 && colon < equals;
    }

    /** The key of {@code key=value}. */
    static String name(String setting) {
        int equals = setting.indexOf('=');
        if (equals <= 0) {
            throw new ProblemException(
                    ExitCode.USAGE, "'" + setting + "' is not key=value (--set)", "", "--set mqtt.port=1884");
        }
        return setting.substring(0, equals);
    }

    /** The value of {@code key=value}. */
    static String value(String setting) {
        return setting.substring(setting.indexOf('=') + 1);
    }

    private static String[] names(Key<?> key) {
        return key.aliases().stream().map(alias -> "--" + alias).toArray(String[]::new);
    }

    private static Path file(CommandSpec spec, Map<String, String> environment) {
        Path file = spec.commandLine().getParseResult().matchedOptionValue("--config", null);
        String variable = environment.getOrDefault(CONFIG_VARIABLE, "");
        return file != null || variable.isEmpty() ? file : Path.of(variable);
    }
}
