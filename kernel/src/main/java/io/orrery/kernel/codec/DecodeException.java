package io.orrery.kernel.codec;

/** Bytes that are not a message of this codec. Caught and counted at the port; carries no stack trace, as it is cheap to provoke. */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DecodeException(String reason) {
        super(reason, null, false, false);
    }
}
