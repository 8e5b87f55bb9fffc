package io.orrery.kernel.journal;

/** The bytes of a journal, wherever they lie. */
public interface JournalSource {
    /** How many there are. Constant. */
    long length();

    /**
     * Reads bytes that are there.
     *
     * @return an array of exactly {@code count} bytes, which passes to the caller
     */
    byte[] read(long offset, int count);
}
