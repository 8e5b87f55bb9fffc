package io.orrery.jepsen.maelstrom;

/** A message that is not what its place or type demands. Carries no stack trace, as it is cheap to provoke. */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String reason) {
        super(reason, null, false, false);
    }
}
