package io.orrery.kernel.journal;

/** The first byte of each item of a cycle. */
final class ItemTag {
    static final int FRAME = 1;
    static final int TASK = 2;
    static final int CALL = 3;
    static final int DISK_BROKEN = 4;

    /** And the storage action's ordinal: it succeeded. */
    static final int DONE = 16;

    /** And the storage action's ordinal: it failed. */
    static final int FAILED = 32;

    private ItemTag() {}
}
