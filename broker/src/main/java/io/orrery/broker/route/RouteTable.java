package io.orrery.broker.route;

import io.orrery.broker.topic.FilterOrder;
import io.orrery.broker.topic.IntCollector;
import io.orrery.broker.topic.TopicFilter;
import io.orrery.broker.topic.TopicIndex;
import io.orrery.broker.topic.TopicName;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * Which nodes have a subscriber for which filter, in the whole cluster, this node included.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>I1 a node is live as an owner at most once, with the rows of one generation;
 *   <li>I2 a row is in the index exactly if its owner lists it;
 *   <li>I3 rows of an owner that was cleared are never seen again, though they are erased little by little.
 * </ul>
 *
 * <p>Clearing a node costs nothing; {@link #sweep} erases what it left, in slices, so that losing a node with millions of
 * rows stalls nobody. For one thread.
 */
public final class RouteTable {
    private final TopicIndex index;
    private final TreeMap<NodeId, RouteOwner> live = new TreeMap<>();
    /** The same as a list, for those who ask again and again; null when it is to be made anew. */
    private List<RouteOwner> owners;

    private final ArrayList<RouteOwner> slots = new ArrayList<>();
    private final ArrayList<RouteOwner> cleared = new ArrayList<>();
    private final IntCollector hits = new IntCollector();
    private long matches;
    private long rowCount;
    private long changes;

    /**
     * @param salt see {@link TopicIndex}
     */
    public RouteTable(long salt) {
        index = new TopicIndex(salt);
    }

    /**
     * Adds a row.
     *
     * @return false if it was there
     */
    public boolean add(NodeId node, long generation, TopicFilter filter) {
        RouteOwner owner = live.get(node);
        if (owner != null && owner.generation() != generation) {
            clear(node);
            owner = null;
        }
        if (owner == null) {
            owner = newOwner(node, generation);
        }
        int handle = index.add(filter, owner.slot());
        if (handle == TopicIndex.NONE) {
            return false;
        }
        owner.rows.add(handle);
        rowCount++;
        changes++;
        return true;
    }

    private RouteOwner newOwner(NodeId node, long generation) {
        int slot = 0;
        while (slot < slots.size() && slots.get(slot) != null) {
            slot++;
        }
        RouteOwner owner = new RouteOwner(node, generation, slot);
        if (slot == slots.size()) {
            slots.add(owner);
        } else {
            slots.set(slot, owner);
        }
        RouteOwner before = live.put(node, owner);
        owners = null;
        Check.that(before == null, "I1: a node is one live owner", slot);
        return owner;
    }

    /**
     * Removes a row.
     *
     * @return false if it was not there
     */
    public boolean remove(NodeId node, TopicFilter filter) {
        RouteOwner owner = live.get(node);
        if (owner == null) {
            return false;
        }
        int handle = index.find(filter);
        if (handle == TopicIndex.NONE || !index.removeAt(handle, owner.slot())) {
            return false;
        }
        boolean listed = owner.rows.remove(handle);
        Check.that(listed, "I2: an owner lists its rows", owner.slot(), handle);
        rowCount--;
        changes++;
        return true;
    }

    /**
     * Makes all rows of a node vanish at once.
     *
     * @return the owner they belonged to, no longer live; null if the node had none
     */
    public RouteOwner clear(NodeId node) {
        RouteOwner owner = live.remove(node);
        owners = null;
        if (owner == null) {
            return null;
        }
        owner.live = false;
        cleared.add(owner);
        rowCount -= owner.rowCount();
        changes++;
        Check.that(rowCount >= 0, "I2: rows are counted once", rowCount);
        return owner;
    }

    /**
     * Erases up to {@code limit} rows of owners that were cleared.
     *
     * @return whether there is more to do
     */
    public boolean sweep(int limit) {
        int left = limit;
        while (left > 0 && !cleared.isEmpty()) {
            RouteOwner owner = cleared.get(cleared.size() - 1);
            hits.clear();
            owner.rows.drain(left, hits);
            for (int i = 0; i < hits.size(); i++) {
                boolean removed = index.removeAt(hits.at(i), owner.slot());
                Check.that(removed, "I2: an owner's row is in the index", owner.slot(), hits.at(i));
            }
            left -= hits.size();
            if (owner.rowCount() == 0) {
                cleared.remove(cleared.size() - 1);
                slots.set(owner.slot(), null);
            }
        }
        return !cleared.isEmpty();
    }

    /** Adds the live owners of all filters that match the topic, each once. */
    public void match(TopicName topic, List<RouteOwner> out) {
        hits.clear();
        index.match(topic.text(), hits);
        matches++;
        for (int i = 0; i < hits.size(); i++) {
            RouteOwner owner = slots.get(hits.at(i));
            if (owner.live && owner.matchedIn != matches) {
                owner.matchedIn = matches;
                out.add(owner);
            }
        }
    }

    /** Whether the node has a row for the filter. */
    public boolean contains(NodeId node, TopicFilter filter) {
        RouteOwner owner = live.get(node);
        if (owner == null) {
            return false;
        }
        int handle = index.find(filter);
        if (handle == TopicIndex.NONE) {
            return false;
        }
        hits.clear();
        index.values(handle, hits);
        for (int i = 0; i < hits.size(); i++) {
            if (hits.at(i) == owner.slot()) {
                return true;
            }
        }
        return false;
    }

    /** The node as a live owner, or null if it has had no row since it was cleared. */
    public RouteOwner owner(NodeId node) {
        return live.get(node);
    }

    /** The live owners by name, as they are now. */
    public List<RouteOwner> owners() {
        if (owners == null) {
            owners = List.copyOf(live.values());
        }
        return owners;
    }

    /** Rows of live owners. */
    public long rowCount() {
        return rowCount;
    }

    /** How often the table changed: while it is the same, so is the table. */
    public long changes() {
        return changes;
    }

    /** The filters of one node, in listing order; linear in their number. */
    public List<TopicFilter> filters(NodeId node) {
        RouteOwner owner = live.get(node);
        List<TopicFilter> filters = new ArrayList<>();
        if (owner != null) {
            IntCollector handles = new IntCollector();
            owner.rows.collect(handles);
            for (int i = 0; i < handles.size(); i++) {
                filters.add(index.filter(handles.at(i)));
            }
            filters.sort(FilterOrder.BY_LEVEL);
        }
        return filters;
    }

    /** The whole table in listing order; linear in its size. */
    public List<Route> routes() {
        IntCollector handles = new IntCollector();
        index.handles(handles);
        List<Route> routes = new ArrayList<>();
        IntCollector owners = new IntCollector();
        for (int i = 0; i < handles.size(); i++) {
            owners.clear();
            index.values(handles.at(i), owners);
            List<NodeId> nodes = new ArrayList<>();
            for (int j = 0; j < owners.size(); j++) {
                RouteOwner owner = slots.get(owners.at(j));
                if (owner.live) {
                    nodes.add(owner.node());
                }
            }
            if (!nodes.isEmpty()) {
                Collections.sort(nodes);
                routes.add(new Route(index.filter(handles.at(i)), nodes));
            }
        }
        routes.sort((one, other) -> FilterOrder.BY_LEVEL.compare(one.filter(), other.filter()));
        return routes;
    }

    /** The trie and the table as the documentation of emqttd draws them. */
    public String describe() {
        return RouteBox.draw(routes());
    }

    /** Whether nothing is held of any owner. */
    public boolean isClean() {
        return index.isClean() && rowCount == 0 && cleared.isEmpty();
    }
}
