package io.orrery.server.view;

import io.orrery.server.json.Json;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one node says of its cluster, at one instant of it.
 *
 * @param stuck why its thread does not answer, though its process does; empty if it does, and then the rest is known
 * @param beliefs of each member that it knows, itself included, by name
 * @param rows of each owner that it holds rows of, itself included, by name
 * @param registry of each of the registry's sets, by name; none of a release that has no registry
 * @param leader of Raft group 0; empty if it knows none
 * @param voters of Raft group 0, as it knows them
 */
public record NodeView(
        String node,
        String cluster,
        String stuck,
        SortedMap<String, Belief> beliefs,
        SortedMap<String, OwnedRows> rows,
        SortedMap<String, RegistryDigest> registry,
        String leader,
        List<String> voters,
        long term,
        long commitIndex,
        long appliedIndex) {
    public NodeView {
        beliefs = Collections.unmodifiableSortedMap(new TreeMap<>(beliefs));
        voters = List.copyOf(voters);
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        registry = Collections.unmodifiableSortedMap(new TreeMap<>(registry));
    }

    /** Reads what {@code GET /v1/view} answers. */
    public static NodeView of(Json json) {
        SortedMap<String, Belief> beliefs = new TreeMap<>();
        for (Json member : json.list("members")) {
            beliefs.put(member.text("name"), Belief.of(member));
        }
        SortedMap<String, OwnedRows> rows = new TreeMap<>();
        for (Json owner : json.list("owners")) {
            rows.put(owner.text("owner"), OwnedRows.of(owner));
        }
        SortedMap<String, RegistryDigest> registry = new TreeMap<>();
        for (Json set : json.list("registry")) {
            registry.put(set.text("set"), RegistryDigest.of(set));
        }
        Json group = json.at("group");
        return new NodeView(
                json.text("node"),
                json.text("cluster"),
                json.truth("answers") ? "" : json.text("why"),
                beliefs,
                rows,
                registry,
                group.text("leader"),
                group.texts("voters"),
                group.number("term"),
                group.number("commitIndex"),
                group.number("appliedIndex"));
    }

    public boolean isStuck() {
        return !stuck.isEmpty();
    }

    /** Whether it takes a node for a member that lives. */
    public boolean takesForLive(String member) {
        Belief belief = beliefs.get(member);
        return belief != null && belief.isLive();
    }
}
