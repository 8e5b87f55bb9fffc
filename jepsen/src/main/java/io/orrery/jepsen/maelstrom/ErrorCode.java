package io.orrery.jepsen.maelstrom;

/**
 * Maelstrom's error codes. A definite error says that the operation did not and will not happen; an indefinite one leaves
 * it open, so a client must never be given a definite one for what may have happened.
 */
public enum ErrorCode {
    /** Indefinite: the operation took too long. */
    TIMEOUT(0),
    NOT_SUPPORTED(10),
    TEMPORARILY_UNAVAILABLE(11),
    MALFORMED_REQUEST(12),
    /** Indefinite: this node broke while it worked on the request. */
    CRASH(13),
    ABORT(14),
    KEY_DOES_NOT_EXIST(20),
    PRECONDITION_FAILED(22);

    private final int code;

    ErrorCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public boolean isDefinite() {
        return this != TIMEOUT && this != CRASH;
    }
}
