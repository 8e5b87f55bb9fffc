package io.orrery.kernel.journal;

/** Bytes that are not a journal, with where they stop being one. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long offset;
    private final long record;

    /**
     * @param offset in bytes from the file's start
     * @param record its number, from 1: the header is the first
     */
    public JournalException(long offset, long record, String what) {
        super("byte " + offset + ", record " + record + ": " + what);
        this.offset = offset;
        this.record = record;
    }

    public long offset() {
        return offset;
    }

    public long record() {
        return record;
    }
}
