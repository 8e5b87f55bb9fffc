package io.orrery.server.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Ends a command with one or more problems and an exit code; its stack trace is of no interest to users. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient List<Problem> problems;

    public ProblemException(int exitCode, List<Problem> problems) {
        super(problems.stream().map(Problem::what).collect(Collectors.joining("; ")));
        this.exitCode = exitCode;
        this.problems = List.copyOf(problems);
    }

    public ProblemException(int exitCode, String what, String why, String next) {
        this(exitCode, List.of(new Problem(what, why, next)));
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }

    /** At least one. */
    public List<Problem> problems() {
        return problems;
    }

    /** All problems as text, for stderr. */
    public String text() {
        return problems.stream().map(Problem::text).collect(Collectors.joining(System.lineSeparator()));
    }
}
