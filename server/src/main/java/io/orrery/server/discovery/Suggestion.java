package io.orrery.server.discovery;

import io.orrery.kernel.NodeId;
import io.orrery.server.config.Address;

/**
 * A place where a node may be.
 *
 * @param node null if only the address is known: whoever dials it learns the name
 */
public record Suggestion(NodeId node, Address address) {
    @Override
    public String toString() {
        return node == null ? address.toString() : node + " at " + address;
    }
}
