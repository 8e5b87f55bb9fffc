package io.orrery.kernel;

/**
 * Where nodes can be reached. Membership learns addresses from peers and tells the transport through this; the
 * simulator, where a name is enough, ignores it.
 */
@FunctionalInterface
public interface AddressBook {
    /**
     * Notes a node's address; the newest wins.
     *
     * @param address {@code host:port}, opaque to protocols; empty where the node has none
     */
    void learn(NodeId node, String address);

    /** For worlds in which a node's name is enough to reach it. */
    AddressBook BY_NAME = (node, address) -> {};
}
