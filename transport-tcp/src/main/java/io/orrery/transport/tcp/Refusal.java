package io.orrery.transport.tcp;

/** Why a node will not talk to another. Both ends count and log it; only the number crosses the wire. */
public enum Refusal {
    /** The other end speaks a version of this protocol that this end does not. */
    VERSION(1, "the other node speaks another version of the transport protocol; upgrade the older of the two"),
    /** The other end belongs to another cluster. */
    CLUSTER(2, "the other node belongs to a cluster of another name; check the cluster's name on both"),
    /** The cookies differ. */
    COOKIE(3, "the cookies differ; give all nodes of the cluster the same cookie"),
    /** Another living node has the caller's name. */
    NAME_TAKEN(4, "two nodes have the same name; rename one of them"),
    /** The caller reached itself. */
    SELF(5, "a node connected to itself"),
    /** The address belongs to another node than the caller expects. */
    OTHER_NODE(6, "the address belongs to another node now"),
    /** No room for another connection. */
    FULL(7, "the other node has no room for more connections; raise connectionsMax there");

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
