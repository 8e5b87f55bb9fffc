package io.orrery.sim;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.TreeMap;

/**
 * Which release of the program each node runs from its next boot on, by the newest version of any format, on the wire or on
 * disk, that the release knows. Nodes run the newest unless said otherwise, which may be before they are added.
 */
public final class Releases {
    /** The newest version that any format has. */
    public static final int NEWEST = 4;

    private final TreeMap<NodeId, Integer> formats = new TreeMap<>();

    Releases() {}

    /**
     * From its next boot on the node knows no later version than this.
     *
     * @param formatsMax from 1 to {@link #NEWEST}
     */
    public void put(NodeId node, int formatsMax) {
        Check.argument(formatsMax >= 1 && formatsMax <= NEWEST, "a version that there is");
        formats.put(node, formatsMax);
    }

    /** The newest version that the node knows if it boots now. */
    public int formatsMax(NodeId node) {
        return formats.getOrDefault(node, NEWEST);
    }
}
