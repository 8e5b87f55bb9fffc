package io.orrery.server;

import io.orrery.server.cli.CommandRunner;
import io.orrery.server.cli.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The {@code orrery} command. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
        Console console = new Console(out, err, System.getenv());
        System.exit(new CommandRunner(console).run(arguments));
    }
}
