package io.orrery.broker.cluster;

/** What a node does for the cluster's state. */
public enum NodeRole {
    /** Votes in Raft group 0. */
    PRIMARY("primary"),
    /** Receives the cluster's state, and does not vote. */
    SECONDARY("secondary");

    private final String text;

    NodeRole(String text) {
        this.text = text;
    }

    /** As it stands in metadata and tables. */
    public String text() {
        return text;
    }

    /** The role of this text; null if it is none. */
    public static NodeRole parse(String text) {
        for (NodeRole role : values()) {
            if (role.text().equals(text)) {
                return role;
            }
        }
        return null;
    }
}
