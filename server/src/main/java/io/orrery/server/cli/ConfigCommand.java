package io.orrery.server.cli;

import io.orrery.server.config.Config;
import io.orrery.server.config.Key;
import io.orrery.server.config.Keys;
import io.orrery.server.json.JsonWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery config ...}: what the configuration would be, and what there is to configure. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Show or validate the configuration.",
        subcommands = {ConfigCommand.Show.class, ConfigCommand.Validate.class, ConfigCommand.ListKeys.class})
final class ConfigCommand implements Runnable {
    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which one: show, validate or keys?");
    }

    /** {@code config show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Print the effective configuration, secrets hidden.")
    static final class Show implements Runnable, ConfigFlags.Holder {
        @ParentCommand
        private ConfigCommand parent;

        @Spec
        private CommandSpec spec;

        @Option(names = "--origins", description = "Say where each value comes from.")
        private boolean withOrigins;

        @Mixin
        private OutputOption output;

        @Override
        public void run() {
            Console console = parent.root.console();
            Config config = ConfigFlags.config(spec, console);
            console.print(output.isJson() ? json(config) : text(config));
        }

        private String text(Config config) {
            Table table = withOrigins ? new Table("KEY", "VALUE", "ORIGIN") : new Table("KEY", "VALUE");
            for (Key<?> key : Keys.all()) {
                String origin = config.origin(key).place();
                if (withOrigins) {
                    table.row(key.name(), config.text(key), origin);
                } else {
                    table.row(key.name(), config.text(key));
                }
            }
            return table.text();
        }

        private String json(Config config) {
            JsonWriter out = new JsonWriter().object();
            for (Key<?> key : Keys.all()) {
                if (withOrigins) {
                    out.name(key.name()).object().field("value", config.text(key));
                    out.field("origin", config.origin(key).place()).end();
                } else {
                    out.field(key.name(), config.text(key));
                }
            }
            return out.end().toString();
        }
    }

    /** {@code config validate}. */
    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description = "Say whether the configuration can be used; exit code 2 if not.")
    static final class Validate implements Runnable, ConfigFlags.Holder {
        @ParentCommand
        private ConfigCommand parent;

        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            ConfigFlags.config(spec, parent.root.console());
            parent.root.console().say("The configuration is valid.");
        }
    }

    /** {@code config keys}. */
    @Command(name = "keys", mixinStandardHelpOptions = true, description = "List all keys with their meaning.")
    static final class ListKeys implements Runnable {
        @ParentCommand
        private ConfigCommand parent;

        @Override
        public void run() {
            for (Key<?> key : Keys.all()) {
                Console console = parent.root.console();
                console.print(key.name() + "   " + key.type().label()
                        + (key.fallback().isEmpty() ? "" : "   default " + key.fallback()));
                console.print("    " + key.doc());
                if (!key.aliases().isEmpty()) {
                    console.print("    also: " + String.join(", ", key.aliases()));
                }
            }
        }
    }
}
