package io.orrery.kernel.journal;

/** What a record of a journal is. The order is part of the format. */
enum RecordKind {
    HEADER,
    BOOT,
    CYCLE,
    CHECKPOINT,
    END;

    private static final RecordKind[] ALL = values();

    /** The kind of a code, or null. */
    static RecordKind of(int code) {
        return code < ALL.length ? ALL[code] : null;
    }
}
