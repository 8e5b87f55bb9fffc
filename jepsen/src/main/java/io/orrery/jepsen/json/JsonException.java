package io.orrery.jepsen.json;

/** A text that is not JSON, or is beyond a limit. Carries no stack trace, as it is cheap to provoke. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    JsonException(String reason, int position) {
        super(reason + " at character " + position, null, false, false);
        this.position = position;
    }

    /** Where the reader stood, in UTF-16 code units from the text's start. */
    public int position() {
        return position;
    }
}
