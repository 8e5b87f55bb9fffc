package io.orrery.server.problem;

/** What a command's end says to a script. */
public final class ExitCode {
    public static final int OK = 0;
    /** The command worked, and its verdict is no. */
    public static final int FALSE = 1;
    /** The command line or the configuration is wrong. */
    public static final int USAGE = 2;
    /** A node, port or file cannot be reached. */
    public static final int UNREACHABLE = 3;
    /** A node answered and refused. */
    public static final int REFUSED = 4;

    public static final int TIMEOUT = 5;
    /** A fault of this program. */
    public static final int BUG = 70;

    private ExitCode() {}
}
