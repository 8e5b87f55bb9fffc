package io.orrery.server.view;

import io.orrery.server.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is another way in one picture than in the one before it, a JSON object each:
 *
 * <ul>
 *   <li>{@code answers}: a node answers, or no longer does, and why, or does not for another reason than before;
 *   <li>{@code belief}: what one node believes of another;
 *   <li>{@code difference}: a new difference between nodes, or one of other words; {@code agreement}: one that is over;
 *   <li>{@code converged}: whether there is any difference.
 * </ul>
 */
public final class ViewChanges {
    private final List<String> lines = new ArrayList<>();
    private final ClusterView before;
    private final ClusterView after;

    private ViewChanges(ClusterView before, ClusterView after) {
        this.before = before;
        this.after = after;
    }

    /**
     * The changes, in the order of the list above and then of the names.
     *
     * @param before null for the first picture: then all is new
     */
    public static List<String> between(ClusterView before, ClusterView after) {
        ViewChanges changes = new ViewChanges(before, after);
        changes.answers();
        changes.beliefs();
        changes.differences();
        return changes.lines;
    }

    private JsonWriter line(String kind) {
        JsonWriter line = new JsonWriter().object().field("atMillis", after.atMillis());
        return line.field("wallMillis", after.wallMillis()).field("kind", kind);
    }

    private void answers() {
        for (Observed node : after.nodes().values()) {
            Observed earlier = before == null ? null : before.nodes().get(node.node());
            boolean isSame = earlier != null
                    && earlier.answers() == node.answers()
                    && earlier.trouble().equals(node.trouble());
            if (!isSame) {
                JsonWriter line = line("answers").field("node", node.node()).field("is", node.answers());
                if (!node.answers()) {
                    line.field("why", node.trouble());
                }
                lines.add(line.end().toString());
            }
        }
    }

    private void beliefs() {
        for (Observed node : after.nodes().values()) {
            if (!node.answers()) {
                continue;
            }
            Observed earlier = before == null ? null : before.nodes().get(node.node());
            NodeView earlierView = earlier == null ? null : earlier.view();
            for (Belief belief : node.view().beliefs().values()) {
                belief(
                        node.node(),
                        earlierView == null ? null : earlierView.beliefs().get(belief.member()),
                        belief);
            }
            if (earlierView != null) {
                earlierView.beliefs().keySet().stream()
                        .filter(member -> !node.view().beliefs().containsKey(member))
                        .forEach(member ->
                                forgotten(node.node(), earlierView.beliefs().get(member)));
            }
        }
    }

    private void belief(String observer, Belief was, Belief is) {
        boolean isSame = was != null
                && was.status().equals(is.status())
                && was.incarnation().equals(is.incarnation())
                && was.suspectedBy().equals(is.suspectedBy());
        if (isSame) {
            return;
        }
        JsonWriter line = line("belief").field("observer", observer).field("member", is.member());
        line.field("was", was == null ? null : was.status()).field("is", is.status());
        line.field("incarnation", is.incarnation());
        if (!is.suspectedBy().isEmpty()) {
            line.field("by", is.suspectedBy());
        }
        lines.add(line.end().toString());
    }

    private void forgotten(String observer, Belief was) {
        JsonWriter line = line("belief").field("observer", observer).field("member", was.member());
        line.field("was", was.status()).field("is", (String) null);
        lines.add(line.field("incarnation", was.incarnation()).end().toString());
    }

    private void differences() {
        Map<String, Difference> earlier = byPlace(before);
        Map<String, Difference> now = byPlace(after);
        now.forEach((place, difference) -> {
            Difference was = earlier.get(place);
            if (was == null || !Objects.equals(was.words(), difference.words())) {
                lines.add(difference("difference", difference)
                        .field("words", difference.words())
                        .end()
                        .toString());
            }
        });
        earlier.forEach((place, difference) -> {
            if (!now.containsKey(place)) {
                lines.add(difference("agreement", difference).end().toString());
            }
        });
        if (before == null || earlier.isEmpty() != now.isEmpty()) {
            lines.add(line("converged").field("is", now.isEmpty()).end().toString());
        }
    }

    private JsonWriter difference(String kind, Difference difference) {
        return line(kind).field("of", difference.kind()).field("about", difference.about());
    }

    private static Map<String, Difference> byPlace(ClusterView picture) {
        Map<String, Difference> byPlace = new LinkedHashMap<>();
        if (picture != null) {
            Convergence.differences(picture)
                    .forEach(difference -> byPlace.put(difference.kind() + " " + difference.about(), difference));
        }
        return byPlace;
    }
}
