package io.orrery.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery server}: one node, until it is told to stop. */
@Command(name = "server", mixinStandardHelpOptions = true, description = "Run one node.")
final class ServerCommand implements Runnable, ConfigFlags.Holder {
    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        ConfigFlags.config(spec, root.console());
    }
}
