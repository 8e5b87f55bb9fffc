package io.orrery.server.view;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether the nodes of a cluster agree, and on what they do not. Converged means:
 *
 * <ul>
 *   <li>V1: every node that is live to anybody answers, so that its view is known;
 *   <li>V2: each member is to all of them alive at the same incarnation, or to all of them gone; nobody is suspect;
 *   <li>V3: all hold of each live owner exactly the rows that it has itself: generation, sequence, count and hash;
 *   <li>V4: all have seen the same writes of the registry, hold nothing else, and hold the same: settings and sessions;
 *   <li>V5: all know the same leader of Raft group 0, and have applied it up to the same index.
 * </ul>
 */
public final class Convergence {
    private static final int NAMES_MAX = 6;

    private Convergence() {}

    /** What keeps a picture from being one of a cluster that has converged; empty if it has. */
    public static List<Difference> differences(ClusterView picture) {
        List<Difference> all = new ArrayList<>();
        List<NodeView> views = picture.views();
        if (views.isEmpty()) {
            all.add(new Difference("silent", "all", "no node answers"));
            return all;
        }
        members(picture, views, all);
        for (String owner : picture.live()) {
            rows(owner, views, all);
        }
        registry(views, all);
        group(views, all);
        silent(picture, all);
        return all;
    }

    /**
     * Why group 0 cannot decide anything, as far as the nodes that answer know: empty if a leader is known to a majority of
     * the voters, itself among them.
     */
    public static String whyNoQuorum(ClusterView picture) {
        SortedMap<String, List<String>> followers = new TreeMap<>();
        SortedSet<String> voters = new TreeSet<>();
        for (NodeView view : picture.views()) {
            voters.addAll(view.voters());
        }
        for (NodeView view : picture.views()) {
            if (voters.contains(view.node()) && !view.leader().isEmpty()) {
                followers
                        .computeIfAbsent(view.leader(), none -> new ArrayList<>())
                        .add(view.node());
            }
        }
        for (String leader : followers.keySet()) {
            List<String> following = followers.get(leader);
            if (following.contains(leader) && following.size() > voters.size() / 2) {
                return "";
            }
        }
        String who = followers.isEmpty() ? "none of them knows a leader" : "the leader is " + sides(followers);
        long answering = picture.views().stream()
                .filter(view -> voters.contains(view.node()))
                .count();
        return "of the voters " + names(List.copyOf(voters)) + " " + answering + " answer; " + who;
    }

    /** V1. */
    private static void silent(ClusterView picture, List<Difference> all) {
        for (String name : picture.live()) {
            Observed node = picture.nodes().get(name);
            if (node == null || !node.answers()) {
                String why = node == null || node.api().isEmpty()
                        ? "it told nobody where its admin interface is"
                        : node.trouble() + " at " + node.api() + advice(node);
                all.add(new Difference("silent", name, name + " does not say what it believes: " + why));
            }
        }
    }

    /** On many machines each node's admin interface listens on loopback unless it is told otherwise. */
    private static String advice(Observed node) {
        return node.trouble().startsWith(Observed.ANOTHER)
                ? ": start each node with an admin.host that this one reaches"
                : "";
    }

    /** V2. */
    private static void members(ClusterView picture, List<NodeView> views, List<Difference> all) {
        for (String name : picture.members()) {
            SortedMap<String, List<String>> byEssence = new TreeMap<>();
            List<String> accusers = new ArrayList<>();
            for (NodeView view : views) {
                Belief belief = view.beliefs().get(name);
                String essence = belief == null ? "gone" : belief.essence();
                byEssence.computeIfAbsent(essence, none -> new ArrayList<>()).add(view.node());
                if (belief != null) {
                    belief.suspectedBy().stream()
                            .filter(by -> !accusers.contains(by))
                            .forEach(accusers::add);
                }
            }
            String by = accusers.isEmpty() ? "" : " (by " + names(accusers) + ")";
            if (byEssence.size() > 1) {
                all.add(new Difference("member", name, name + " is " + sides(byEssence) + by));
            } else if (byEssence.firstKey().startsWith("SUSPECT")) {
                all.add(new Difference("suspect", name, name + " is " + byEssence.firstKey() + " to all" + by));
            }
        }
    }

    /** V3. */
    private static void rows(String owner, List<NodeView> views, List<Difference> all) {
        OwnedRows own = views.stream()
                .filter(view -> view.node().equals(owner))
                .findFirst()
                .map(view -> view.rows().get(owner))
                .orElse(null);
        if (own == null) {
            return; // V1 or V2 says why
        }
        SortedMap<String, List<String>> byLag = new TreeMap<>();
        for (NodeView view : views) {
            OwnedRows held = view.rows().get(owner);
            boolean isSame = held == null ? own.isEmpty() : held.equals(own) || held.isEmpty() && own.isEmpty();
            if (!isSame) {
                byLag.computeIfAbsent(lag(held, own), none -> new ArrayList<>()).add(view.node());
            }
        }
        if (!byLag.isEmpty()) {
            List<String> holders = new ArrayList<>();
            byLag.forEach((what, nodes) -> holders.add(names(nodes) + (nodes.size() == 1 ? " has " : " have ") + what));
            String words = owner + " has " + own.count() + " rows up to operation " + own.sequence() + "; ";
            all.add(new Difference("rows", owner, words + String.join("; ", holders)));
        }
    }

    private static String lag(OwnedRows held, OwnedRows own) {
        if (held == null) {
            return "none";
        }
        if (!held.isComplete()) {
            return "a part of a snapshot";
        }
        if (held.generation() != own.generation()) {
            return "those of its life " + held.generation();
        }
        return held.sequence() == own.sequence()
                ? "others up to the same: hash " + held.hash() + ", not " + own.hash()
                : "those up to " + held.sequence();
    }

    /** V4. */
    private static void registry(List<NodeView> views, List<Difference> all) {
        SortedSet<String> sets = new TreeSet<>();
        views.forEach(view -> sets.addAll(view.registry().keySet()));
        for (String set : sets) {
            SortedMap<String, List<String>> byContent = new TreeMap<>();
            SortedMap<String, List<String>> bySeen = new TreeMap<>();
            for (NodeView view : views) {
                RegistryDigest digest = view.registry().get(set);
                if (digest != null) {
                    byContent
                            .computeIfAbsent(digest.words(), none -> new ArrayList<>())
                            .add(view.node());
                    bySeen.computeIfAbsent("the writes " + digest.seen(), none -> new ArrayList<>())
                            .add(view.node());
                }
            }
            boolean isUnderWay = views.stream()
                    .map(view -> view.registry().get(set))
                    .anyMatch(digest -> digest != null && !digest.isSettled());
            if (byContent.size() > 1 || isUnderWay) {
                all.add(new Difference("registry", set, set + " of the registry: " + sides(byContent)));
            } else if (bySeen.size() > 1) {
                String words = set + " of the registry are equal, what was seen of them is " + sides(bySeen);
                all.add(new Difference("registry", set, words));
            }
        }
    }

    /** V5. */
    private static void group(List<NodeView> views, List<Difference> all) {
        SortedMap<String, List<String>> leaders = new TreeMap<>();
        SortedMap<Long, List<String>> applied = new TreeMap<>();
        for (NodeView view : views) {
            String leader = view.leader().isEmpty() ? "unknown" : view.leader();
            leaders.computeIfAbsent(leader, none -> new ArrayList<>()).add(view.node());
            applied.computeIfAbsent(view.appliedIndex(), none -> new ArrayList<>())
                    .add(view.node());
        }
        if (leaders.size() > 1 || leaders.containsKey("unknown")) {
            all.add(new Difference("leader", "group 0", "the leader of group 0 is " + sides(leaders)));
        }
        if (applied.size() > 1) {
            all.add(new Difference("applied", "group 0", "group 0 is applied up to " + sides(applied)));
        }
    }

    /** {@code X to a, b; Y to c}: what the fewest say comes last. */
    private static String sides(SortedMap<?, List<String>> said) {
        List<String> sides = new ArrayList<>();
        said.entrySet().stream()
                .sorted((a, b) ->
                        Integer.compare(b.getValue().size(), a.getValue().size()))
                .forEach(side -> sides.add(side.getKey() + " to " + names(side.getValue())));
        return String.join("; ", sides);
    }

    private static String names(List<String> names) {
        if (names.size() <= NAMES_MAX) {
            return String.join(", ", names);
        }
        return String.join(", ", names.subList(0, NAMES_MAX)) + " and " + (names.size() - NAMES_MAX) + " more";
    }
}
