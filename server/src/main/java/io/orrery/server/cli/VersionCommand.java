package io.orrery.server.cli;

import io.orrery.server.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code orrery version}. */
@Command(name = "version", mixinStandardHelpOptions = true, description = "Print the version.")
final class VersionCommand implements Runnable {
    @ParentCommand
    private OrreryCommand root;

    @Override
    public void run() {
        root.console()
                .print("orrery " + Version.text() + " (Java "
                        + Runtime.version().feature() + ")");
    }
}
