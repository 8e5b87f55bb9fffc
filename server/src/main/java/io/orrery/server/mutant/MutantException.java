package io.orrery.server.mutant;

/** A mutant's text that cannot be read, or a mutant that does not fit the sources; the message names mutant and line. */
public final class MutantException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    /**
     * @param name of the mutant's file
     * @param line of its text, from 1
     */
    MutantException(String name, int line, String reason) {
        super(name + ", line " + line + ": " + reason);
        this.line = line;
    }

    /** Of the mutant's text, from 1. */
    public int line() {
        return line;
    }
}
