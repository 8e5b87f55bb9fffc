package io.orrery.transport.aeron;

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
    TOO_MANY("too many sessions");

    private final String text;

    Refusal(String text) {
        this.text = text;
    }

    /** What is wrong, for people. */
    public String text() {
        return text;
    }
}
