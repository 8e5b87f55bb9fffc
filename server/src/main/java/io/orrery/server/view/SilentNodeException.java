package io.orrery.server.view;

/** A node that was asked for its view did not give one. Its message says why in a word or two. */
public final class SilentNodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SilentNodeException(String trouble, Throwable cause) {
        super(trouble, cause);
    }
}
