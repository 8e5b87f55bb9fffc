package io.orrery.kernel.loop;

/** What can be asked of a {@link io.orrery.kernel.Storage}. The order is part of the journal's format. */
public enum StorageAction {
    WRITE,
    SYNC,
    READ,
    TRUNCATE,
    RENAME,
    DELETE,
    LIST
}
