package io.orrery.kernel.seal;

/** Whether a node seals what it sends and takes what is not sealed. */
public enum EncryptionMode {
    /** Seals nothing; refuses what is sealed. */
    OFF,
    /** Seals to whoever is known to open it, and takes both: while a cluster is changed over, node by node. */
    PREFER,
    /** Seals everything; refuses what is not sealed. */
    REQUIRE;

    /** Whether such a node has keys. */
    public boolean seals() {
        return this != OFF;
    }

    /** Whether two such nodes talk at all. */
    public boolean agreesWith(EncryptionMode other) {
        return this != REQUIRE && other != REQUIRE || seals() && other.seals();
    }
}
