package io.orrery.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery dev}: a cluster in this process, for trying things out. */
@Command(name = "dev", mixinStandardHelpOptions = true, description = "Run a cluster of several nodes on this machine.")
final class DevCommand implements Runnable, ConfigFlags.Holder {
    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Option(names = "--nodes", defaultValue = "3", description = "How many; default 3.")
    private int nodes;

    @Override
    public void run() {
        ConfigFlags.config(spec, root.console());
    }
}
