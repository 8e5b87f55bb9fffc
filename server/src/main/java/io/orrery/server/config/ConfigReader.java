package io.orrery.server.config;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects settings from all sources and makes a {@link Config} of them, or names everything that is wrong at once.
 * Precedence is by kind of source, not by order of calls; within the flags the last wins.
 */
public final class ConfigReader {
    private static final String SHOW = "orrery config keys   lists all keys with their meaning";

    private final Map<Key<?>, Config.Setting> settings = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /** Reads a YAML file, nested or with dotted keys. */
    public ConfigReader file(Path path) {
        new YamlFile(path, this).read();
        return this;
    }

    /** Reads variables that begin with ORRERY_, but for those that other parts of the program read. */
    public ConfigReader environment(Map<String, String> variables) {
        variables.forEach((name, text) -> {
            if (EnvironmentNames.isForConfig(name, text)) {
                environment(name, text);
            }
        });
        return this;
    }

    /** A flag such as {@code --node.name=a@b}, or one of {@code --set}. */
    public ConfigReader flag(String flag, String name, String text) {
        set(name, text, new Origin(Origin.Kind.FLAG, flag));
        return this;
    }

    /** A value that a program gives when nobody said otherwise; it counts as a default. */
    public ConfigReader fallback(Key<?> key, String text) {
        set(key, text, Origin.DEFAULT);
        return this;
    }

    /**
     * The configuration.
     *
     * @throws ProblemException with exit code 2 and one problem for each wrong setting
     */
    public Config read() {
        for (Key<?> key : Keys.all()) {
            if (!settings.containsKey(key)
                    && !(key.fallback().isEmpty() && !key.type().isList())) {
                set(key, key.fallback(), Origin.DEFAULT);
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(ExitCode.USAGE, problems);
        }
        return new Config(settings);
    }

    void set(String name, String text, Origin origin) {
        Key<?> key = Keys.find(name);
        if (key == null) {
            String nearest = Keys.nearest(name);
            problem("unknown configuration key '" + name + "' (" + origin.place() + ")", didYouMean(nearest), SHOW);
        } else {
            set(key, text, origin);
        }
    }

    void problem(String what, String why, String next) {
        problems.add(new Problem(what, why, next));
    }

    private void environment(String variable, String text) {
        Key<?> key = Keys.findByEnvironment(variable);
        if (key == null) {
            String nearest = Keys.nearestEnvironment(variable);
            problem("unknown configuration variable '" + variable + "' (environment)", didYouMean(nearest), SHOW);
        } else {
            set(key, text, new Origin(Origin.Kind.ENVIRONMENT, variable));
        }
    }

    private void set(Key<?> key, String text, Origin origin) {
        Config.Setting earlier = settings.get(key);
        if (earlier != null && earlier.origin().kind().compareTo(origin.kind()) > 0) {
            return;
        }
        String trimmed = text.trim();
        if (trimmed.isEmpty() && !key.type().isList()) {
            problem(
                    key.name() + " has no value (" + origin.place() + ")",
                    "it takes " + key.type().label(),
                    "");
            return;
        }
        try {
            settings.put(key, new Config.Setting(trimmed, key.type().parse(trimmed), origin));
        } catch (IllegalArgumentException e) {
            String shown = key.type().isSecret() ? "***" : trimmed;
            problem(
                    key.name() + ": '" + shown + "' " + e.getMessage() + " (" + origin.place() + ")",
                    "it takes " + key.type().label(),
                    "");
        }
    }

    private static String didYouMean(String nearest) {
        return nearest.isEmpty() ? "" : "did you mean '" + nearest + "'?";
    }
}
