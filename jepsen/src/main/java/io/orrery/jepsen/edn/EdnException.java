package io.orrery.jepsen.edn;

/** A text that is not EDN, or uses more of it than this reader knows. */
public final class EdnException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param line from 1
     * @param column from 1, in UTF-16 code units
     */
    EdnException(String reason, int line, int column) {
        super(reason + " at line " + line + ", column " + column);
    }
}
