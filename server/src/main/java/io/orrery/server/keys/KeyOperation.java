package io.orrery.server.keys;

/** What is done to a node's keys. */
public enum KeyOperation {
    /** Nothing: it says which it has. */
    LIST,
    /** It opens with one key more. */
    INSTALL,
    /** It seals with another key. */
    USE,
    /** It forgets a key. */
    REMOVE
}
