package io.orrery.kernel.host;

/** A node cannot start, or cannot be asked: the text says what, why, and what to do. */
public final class HostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HostException(String what) {
        super(what);
    }

    public HostException(String what, Throwable cause) {
        super(what, cause);
    }
}
