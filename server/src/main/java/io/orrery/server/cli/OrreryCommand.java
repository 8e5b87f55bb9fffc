package io.orrery.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself; its subcommands do the work. */
@Command(
        name = "orrery",
        mixinStandardHelpOptions = true,
        description = "A simulation-first cluster kernel and message broker.",
        subcommands = {
            ServerCommand.class,
            DevCommand.class,
            SimCommand.class,
            BenchCommand.class,
            ClusterCommand.class,
            GroupCommand.class,
            KeysCommand.class,
            GetCommand.class,
            DescribeCommand.class,
            NamespaceCommand.class,
            ClientCommand.class,
            AddVpnCommand.class,
            GetAllVpnCommand.class,
            CheckCommand.class,
            ConfigCommand.class,
            WalCommand.class,
            VersionCommand.class,
        },
        footer = {
            "",
            "Exit codes: 0 ok, 1 false verdict, 2 usage, 3 unreachable, 4 refused, 5 timeout, 70 bug.",
            "First steps:  orrery dev --nodes 3    then, in another terminal:  orrery get members"
        })
public final class OrreryCommand implements Runnable {
    private final Console console;

    /** Taken off the command line by {@link CommandRunner}, wherever it stands; declared here for the help. */
    @Option(names = "--debug", description = "With any command: print stack traces of failures.")
    private boolean isDebug;

    @Spec
    private CommandSpec spec;

    public OrreryCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    /** Where a subcommand writes. */
    public Console console() {
        return console;
    }
}
