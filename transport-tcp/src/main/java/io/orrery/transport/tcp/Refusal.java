package io.orrery.transport.tcp;

import io.orrery.kernel.seal.SealFault;

/** Why a node will not talk to another. Both ends count and log it; only the number crosses the wire. */
public enum Refusal {
    /** The other end speaks a version of this protocol that this end does not. */
    VERSION(1, "the other node speaks another version of the transport protocol; upgrade the older of the two"),
    /** The other end belongs to another cluster. */
    CLUSTER(2, "the other node belongs to a cluster of another name; check the cluster's name on both"),
    /** The cookies differ. */
    COOKIE(3, "the cookies differ; give all nodes of the cluster the same cookie"),
    /** Another living node has the caller's name. */
    NAME_TAKEN(
            4, "two nodes of the same name run; rename one of them or, if it has moved, wait until the other is gone"),
    /** The caller reached itself. */
    SELF(5, "a node connected to itself"),
    /** The address belongs to another node than the caller expects. */
    OTHER_NODE(6, "the address belongs to another node now"),
    /** No room for another connection. */
    FULL(7, "the other node has no room for more connections; raise connectionsMax there"),
    /** One end demands encryption, the other has none. */
    UNSEALED(
            8,
            "one of the two nodes demands encryption and the other does not encrypt; give it the cluster's key and set"
                    + " cluster.encryption to 'prefer' or 'require'"),
    /** An end seals with a key that the other does not have. */
    KEY(9, "one of the two nodes encrypts with a key that the other does not have; compare 'orrery keys list' on both"),
    /** A frame was changed on its way. */
    BROKEN_SEAL(10, "a frame arrived that was changed on its way, or that somebody without the key made"),
    /** A frame was not the next one. */
    OUT_OF_ORDER(11, "a frame of the connection is missing, repeated or moved: somebody between the nodes does that");

    private final int code;
    private final String text;

    Refusal(int code, String text) {
        this.code = code;
        this.text = text;
    }

    int code() {
        return code;
    }

    /** For people: what is wrong and what to do. */
    public String text() {
        return text;
    }

    /** What the sender of a stream frame is told of its fault. */
    static Refusal of(SealFault fault) {
        return switch (fault) {
            case WRONG_KEY -> KEY;
            case UNSEALED, SEALED -> UNSEALED;
            case OUT_OF_ORDER -> OUT_OF_ORDER;
            default -> BROKEN_SEAL;
        };
    }

    /** Null for a number that no refusal has. */
    static Refusal of(int code) {
        for (Refusal refusal : values()) {
            if (refusal.code == code) {
                return refusal;
            }
        }
        return null;
    }
}
