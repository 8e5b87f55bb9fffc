package io.orrery.kernel;

/**
 * A node stops because of its disk: what it needs was refused, or is not what it wrote. Thrown by protocols that cannot go on
 * without it; the world halts the node, and knows that no rule of the node's own is broken.
 *
 * <p>What helps depends on the kind: space, another disk, a copy from a peer. Another try does not.
 */
public class StorageHaltException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What the disk did. */
    public enum Kind {
        /** A write found no space: the node may be started again when there is some. */
        FULL,
        /** The device refused a read or a write. */
        IO,
        /** A sync failed: what the disk holds of the last writes is unknown. */
        SYNC,
        /** What was read is not what was written. */
        CORRUPT
    }

    public StorageHaltException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** A protocol's need that the disk did not meet. */
    public static StorageHaltException of(Storage.Failure failure, String need) {
        Kind kind = failure.kind() == Storage.Failure.Kind.FULL ? Kind.FULL : Kind.IO;
        return new StorageHaltException(kind, need + ": " + failure.reason());
    }

    public final Kind kind() {
        return kind;
    }
}
