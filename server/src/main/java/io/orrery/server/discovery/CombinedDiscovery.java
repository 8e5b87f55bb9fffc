package io.orrery.server.discovery;

import io.orrery.kernel.NodeId;
import io.orrery.server.config.Address;
import java.util.ArrayList;
import java.util.List;

/** Several kinds at once: what any suggests. */
public final class CombinedDiscovery implements Discovery {
    private final List<Discovery> parts;

    public CombinedDiscovery(List<Discovery> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public List<Suggestion> suggestions() {
        List<Suggestion> suggestions = new ArrayList<>();
        parts.forEach(part -> suggestions.addAll(part.suggestions()));
        return suggestions;
    }

    @Override
    public void announce(NodeId node, Address address) {
        parts.forEach(part -> part.announce(node, address));
    }

    @Override
    public void withdraw(NodeId node) {
        parts.forEach(part -> part.withdraw(node));
    }
}
