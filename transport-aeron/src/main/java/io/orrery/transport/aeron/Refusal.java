package io.orrery.transport.aeron;

import io.orrery.kernel.seal.SealFault;

/** Why an inbound session was not accepted. The text goes to both ends' logs. */
public enum Refusal {
    /** The first message was not a hello: the sender has spoken to an earlier incarnation of this node. */
    NO_HELLO("the session did not begin with a hello"),
    /** A hello that does not decode. */
    MALFORMED("the hello does not decode"),
    /** A hello of a wire version that this node does not speak. */
    WRONG_VERSION("another version of the wire protocol"),
    /** The sender belongs to another cluster. */
    WRONG_CLUSTER("another cluster's name"),
    /** The sender does not know the cluster's cookie. */
    WRONG_COOKIE("the cookie's proof is wrong"),
    /** The sender wanted another node: this one has inherited its address. */
    WRONG_TARGET("meant for another node"),
    /** The sender has this node's name: a name given twice. */
    SAME_NAME("the sender has this node's own name"),
    /** A later boot of the sender, or a later connection of the same boot, has been accepted already. */
    SUPERSEDED("superseded by a later session of that node"),
    /** More sessions than {@link AeronConfig#sessionsMax()}. */
    TOO_MANY("too many sessions"),
    /** The sender does not seal, and this node demands it. */
    UNSEALED(
            "it does not encrypt, and this node demands it: give it the cluster's key and set cluster.encryption there"),
    /** The sender seals, and this node has no keys. */
    SEALED("it encrypts, and this node does not: give this one the cluster's key and set cluster.encryption"),
    /** The sender seals with a key that this node does not have. */
    WRONG_KEY("it encrypts with a key that this node does not have; compare 'orrery keys list' on both"),
    /** A frame was changed on its way, or made by somebody without the key. */
    BROKEN_SEAL("a frame arrived that was changed on its way, or that somebody without the key made"),
    /** A frame of a stream was missing, repeated or moved. */
    OUT_OF_ORDER("a frame of the session is missing, repeated or moved: somebody between the nodes does that");

    private final String text;

    Refusal(String text) {
        this.text = text;
    }

    /** What the sender of a stream frame is told of its fault. */
    static Refusal of(SealFault fault) {
        return switch (fault) {
            case WRONG_KEY -> WRONG_KEY;
            case UNSEALED -> UNSEALED;
            case SEALED -> SEALED;
            case OUT_OF_ORDER -> OUT_OF_ORDER;
            default -> BROKEN_SEAL;
        };
    }

    /** What is wrong, for people. */
    public String text() {
        return text;
    }
}
