package io.orrery.server.discovery;

import io.orrery.kernel.NodeId;
import io.orrery.server.config.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Nodes of one process find each other: all that were given the same object. */
public final class InMemoryDiscovery implements Discovery {
    private final NavigableMap<NodeId, Address> nodes = new ConcurrentSkipListMap<>();

    @Override
    public List<Suggestion> suggestions() {
        List<Suggestion> suggestions = new ArrayList<>();
        nodes.forEach((node, address) -> suggestions.add(new Suggestion(node, address)));
        return suggestions;
    }

    @Override
    public void announce(NodeId node, Address address) {
        nodes.put(node, address);
    }

    @Override
    public void withdraw(NodeId node) {
        nodes.remove(node);
    }
}
