package io.orrery.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery bench}: measures this build on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchCheckersCommand.class,
            BenchFailoverCommand.class,
            BenchGossipCommand.class,
            BenchGroupsCommand.class,
            BenchRaftCommand.class,
            BenchRegistryCommand.class,
            BenchRoutesCommand.class,
            BenchSealCommand.class,
            BenchSimCommand.class,
            BenchSnapshotCommand.class,
            BenchWalCommand.class
        },
        description =
                "Measure the simulator, its checkers, gossip, or Raft over real sockets and disks. Medians, with their spread.")
final class BenchCommand implements Runnable {
    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which one: checkers, gossip, groups, raft, routes, seal, sim, snapshot or wal?");
    }

    Console console() {
        return root.console();
    }
}
