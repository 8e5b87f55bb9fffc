package io.orrery.kernel.seal;

/** Why a frame was not opened, or not taken. Each is counted by itself, under its {@link #metric}. */
public enum SealFault {
    /** Too short for a sealed frame, of an unknown version, or of the other delivery class. */
    MALFORMED("it is no sealed frame that this release reads"),
    /** Larger than any frame may be. */
    OVERSIZE("it is larger than any frame of this cluster: something else sends to this port"),
    /** The frame names a key that this node does not have. */
    WRONG_KEY("its key is not in this node's ring: compare 'orrery keys list' on both, then 'orrery keys install'"),
    /** It was sealed under one of our keys for a cluster of another name. */
    WRONG_CLUSTER("it belongs to a cluster of another name that uses the same key: check cluster.name on both"),
    /** It was sealed under one of our keys by a node with another cookie. */
    WRONG_COOKIE("its sender has another cookie: give all nodes of the cluster the same node.cookie"),
    /** The tag is wrong: changed on its way, meant for another node, or made by somebody without the key. */
    FORGED("it was changed on its way, or somebody without the key made it"),
    /** Seen before, or too old to tell. */
    REPLAYED("it came before: the network repeats packets, or somebody sends recorded ones again"),
    /** Not the next one of its connection: something between was lost, repeated or moved. */
    OUT_OF_ORDER("it is not the next one of its connection: somebody between the nodes drops or moves frames"),
    /** Not sealed, and without the proof that its sender knows the cluster's name and its cookie. */
    UNPROVED("it is of another cluster, or its sender has another cookie: check cluster.name and node.cookie on both"),
    /** Not sealed, where this node demands it. */
    UNSEALED("it is not encrypted, and cluster.encryption is 'require' here: set it to 'prefer' or 'require' there"),
    /** Sealed, where this node has no keys. */
    SEALED("it is encrypted, and cluster.encryption is 'off' here: give this node the key and set it to 'prefer'");

    private final String text;

    SealFault(String text) {
        this.text = text;
    }

    /** For people: what is wrong and what to do. */
    public String text() {
        return text;
    }

    /** As metrics spell it. */
    public String metric() {
        StringBuilder lower = new StringBuilder();
        for (int i = 0; i < name().length(); i++) {
            char c = name().charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }
}
