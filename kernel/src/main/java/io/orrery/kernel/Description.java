package io.orrery.kernel;

/**
 * Takes down a protocol's state as named values, for digests, for people, and for coverage. Names and order are fixed by
 * the protocol, so that two descriptions of equal states are equal; nothing whose order depends on history is described.
 *
 * <p>For one thread.
 */
public interface Description {
    /** A value that is a number, such as {@code term}. */
    void value(String name, long value);

    /** A value that is a word, such as {@code role}; null where there is none, such as no leader. */
    void value(String name, String value);

    /** As {@link #value(String, String)}, for a node or none. */
    default void value(String name, NodeId node) {
        value(name, node == null ? null : node.name());
    }

    /** As {@link #value(String, String)}. */
    default void value(String name, boolean value) {
        value(name, value ? "yes" : "no");
    }

    /** Values up to the matching {@link #end} belong to a part of that name, such as {@code raft} or a member's name. */
    void begin(String part);

    /** Ends the part begun last. */
    void end();
}
