package io.orrery.server.admin;

import io.orrery.server.problem.Problem;

/** An admin request that cannot be met: an HTTP status and words. */
public final class AdminException extends RuntimeException {
    public static final int BAD_REQUEST = 400;
    public static final int NOT_FOUND = 404;
    public static final int METHOD_NOT_ALLOWED = 405;
    public static final int REFUSED = 409;
    public static final int TOO_LARGE = 413;
    public static final int BUG = 500;
    public static final int UNREACHABLE = 502;
    public static final int NOT_NOW = 503;
    public static final int TIMEOUT = 504;

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Problem problem;

    /**
     * @param status one of the constants above
     */
    public AdminException(int status, String what, String why, String next) {
        super(what);
        this.status = status;
        this.problem = new Problem(what, why, next);
    }

    public int status() {
        return status;
    }

    public Problem problem() {
        return problem;
    }
}
