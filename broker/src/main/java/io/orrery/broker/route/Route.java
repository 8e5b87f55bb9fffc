package io.orrery.broker.route;

import io.orrery.broker.topic.TopicFilter;
import io.orrery.kernel.NodeId;
import java.util.List;

/**
 * A line of the route table.
 *
 * @param nodes that have a subscriber for the filter, by name
 */
public record Route(TopicFilter filter, List<NodeId> nodes) {
    /** The nodes as the table prints them: separated by comma and space. */
    public String nodesText() {
        StringBuilder text = new StringBuilder();
        for (NodeId node : nodes) {
            text.append(text.length() == 0 ? "" : ", ").append(node);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return filter + " -> " + nodesText();
    }
}
