package io.orrery.server.cli;

import java.io.PrintWriter;
import java.util.Map;

/**
 * The world of a command: where it writes, and what its environment says.
 *
 * @param out data
 * @param err words
 * @param environment variables
 */
public record Console(PrintWriter out, PrintWriter err, Map<String, String> environment) {
    public Console {
        environment = Map.copyOf(environment);
    }

    /** Prints a line of data. */
    public void print(String line) {
        out.print(line);
        out.print('\n');
        out.flush();
    }

    /** Prints data as it is, without a line end. */
    public void write(String text) {
        out.print(text);
        out.flush();
    }

    /** Prints a line of words. */
    public void say(String line) {
        err.print(line);
        err.print('\n');
        err.flush();
    }
}
