package io.orrery.gossip.registry.message;

/** How a replica goes through what it holds to tell another. Its ordinal is its byte: never reorder. */
public enum Mode {
    /** Not begun: the one that is asked decides. */
    START,
    /** What changed since a position; the cursor is a position. */
    CHANGES,
    /** All that the asker has not seen, by hash of key; the cursor is a hash. */
    MISSING,
    /** All that is held, by hash of key: the asker drops what is not among it. The cursor is a hash. */
    WHOLE
}
