package io.orrery.server.discovery;

import io.orrery.kernel.NodeId;
import io.orrery.server.config.Address;
import java.util.List;
import java.util.Optional;

/** Suggests addresses of nodes. Safe for use by several threads. */
public interface Discovery {
    /** What is known now; asked again before every attempt, so that a changed answer is used. May hold the asker. */
    List<Suggestion> suggestions();

    /** Tells others, if this kind can, where this node listens. */
    default void announce(NodeId node, Address address) {}

    /** Takes that back. */
    default void withdraw(NodeId node) {}

    /** Where the node of a name is, if this kind knows. */
    default Optional<Suggestion> find(NodeId node) {
        return suggestions().stream()
                .filter(suggestion -> node.equals(suggestion.node()))
                .findFirst();
    }
}
