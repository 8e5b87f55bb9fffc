package io.orrery.gossip.registry;

import io.orrery.kernel.NodeId;

/**
 * Hears what changes in the registry. Each call is in a deferred event; by then the registry may know more, and changes of one
 * thing may have become one call: look at what is.
 */
public interface RegistryListener {
    /** A namespace, or one of its fields, was changed or removed. */
    default void onNamespace(String name) {}

    /** A registered client was changed or removed. */
    default void onClient(String namespace, String clientId) {}

    /** A session was opened, taken over or ended. */
    default void onSession(String namespace, String clientId) {}

    /** All sessions of a node's earlier lives are gone. */
    default void onSessionsGone(NodeId node) {}
}
