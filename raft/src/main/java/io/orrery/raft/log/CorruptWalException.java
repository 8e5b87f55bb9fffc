package io.orrery.raft.log;

import io.orrery.kernel.StorageHaltException;

/**
 * The log on disk was durable once and is damaged now: cutting it would forget votes or acknowledged entries, so the node
 * does not start.
 */
public final class CorruptWalException extends StorageHaltException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    public CorruptWalException(String file, long offset, String reason) {
        super(Kind.CORRUPT, "write-ahead log is corrupt: " + file + " at offset " + offset + ": " + reason);
        this.file = file;
        this.offset = offset;
    }

    /** The damaged segment, in the log's folder. */
    public String file() {
        return file;
    }

    /** Where the damage begins, in bytes. */
    public long offset() {
        return offset;
    }
}
