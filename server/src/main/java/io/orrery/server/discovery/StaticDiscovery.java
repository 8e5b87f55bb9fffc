package io.orrery.server.discovery;

import java.util.List;

/** A list that the configuration gives. */
public final class StaticDiscovery implements Discovery {
    private final List<Suggestion> suggestions;

    public StaticDiscovery(List<Suggestion> suggestions) {
        this.suggestions = List.copyOf(suggestions);
    }

    @Override
    public List<Suggestion> suggestions() {
        return suggestions;
    }
}
