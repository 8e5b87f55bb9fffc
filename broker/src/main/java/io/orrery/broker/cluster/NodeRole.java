package io.orrery.broker.cluster;

import java.util.Locale;

/** What a node does for the cluster's state. */
public enum NodeRole {
    /** Votes in Raft group 0. */
    PRIMARY,
    /** Receives the cluster's state, and does not vote. */
    SECONDARY;

    /** As it stands in metadata and tables: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
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
