package io.orrery.server.cli;

import picocli.CommandLine.Option;

/** {@code -o} of commands that print a table for people or JSON for scripts. */
final class OutputOption {
    /** How data is printed. */
    enum Form {
        table,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json.")
    private Form form;

    boolean isJson() {
        return form == Form.json;
    }
}
