package io.orrery.broker.cluster;

/** Hears how the removal of a node ended, in a later event. */
@FunctionalInterface
public interface RemovalCallback {
    /**
     * @param reason why it failed, for people; empty if the node is forgotten
     */
    void onRemoved(String reason);
}
