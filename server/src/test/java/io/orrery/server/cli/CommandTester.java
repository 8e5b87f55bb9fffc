package io.orrery.server.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** Runs command lines in this process and keeps what they wrote. */
public final class CommandTester {
    private final Map<String, String> environment;
    private volatile StringWriter data = new StringWriter();
    private String out = "";
    private String err = "";

    public CommandTester(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The exit code. */
    public int run(String... arguments) {
        data = new StringWriter();
        StringWriter words = new StringWriter();
        Console console = new Console(new PrintWriter(data), new PrintWriter(words), environment);
        int exitCode = new CommandRunner(console).run(arguments);
        out = data.toString();
        err = words.toString();
        return exitCode;
    }

    /** What the command that runs has written to stdout; from any thread. */
    public String outSoFar() {
        return data.toString();
    }

    /** What the last command wrote to stdout. */
    public String out() {
        return out;
    }

    /** What the last command wrote to stderr. */
    public String err() {
        return err;
    }
}
