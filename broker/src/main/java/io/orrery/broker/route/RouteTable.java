package io.orrery.broker.route;

import io.orrery.broker.topic.FilterOrder;
import io.orrery.broker.topic.IndexMemory;
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
 *   <li>I2 an owner counts its rows, and the table those of all that are live;
 *   <li>I3 rows of an owner that was cleared are never seen again, though they are erased little by little.
 * </ul>
 *
 * <p>Clearing a node costs nothing, nor does hiding one whose rows may count again; {@link #sweep} erases what cleared ones
 * left, in slices of a walk along the whole index, so that losing a node with millions of rows stalls nobody, and no list of
 * an owner's rows need be kept: a row takes no more than its value in the index. For one thread.
 */
public final class RouteTable {
    private final TopicIndex index;
    private final TreeMap<NodeId, RouteOwner> live = new TreeMap<>();
    /** The same as a list, for those who ask again and again; null when it is to be made anew. */
    private List<RouteOwner> owners;
    /** Who was asked for last, and its answer, until owners come or go: each event of a node asks for its own rows. */
    private NodeId asked;

    private RouteOwner answered;

    private final ArrayList<RouteOwner> slots = new ArrayList<>();
    private final ArrayList<RouteOwner> cleared = new ArrayList<>();
    private final IntCollector hits = new IntCollector();
    private final IntCollector handles = new IntCollector();
    private long sweepCursor;
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
        return add(owner, filter) != TopicIndex.NONE;
    }

    /** The owner of the rows that {@code node} writes in one life; it becomes the live one of that node. */
    public RouteOwner open(NodeId node, long generation) {
        Check.that(!live.containsKey(node), "I1: a node is one live owner");
        return newOwner(node, generation);
    }

    /** Adds a row; returns the filter's handle, or {@link TopicIndex#NONE} if it was there. */
    public int add(RouteOwner owner, TopicFilter filter) {
        Check.that(!owner.dropped, "I3: nothing is added to what is erased", owner.slot());
        int handle = index.add(filter, owner.slot());
        if (handle != TopicIndex.NONE) {
            count(owner, 1);
        }
        return handle;
    }

    /** Removes the row of a filter's handle, which must be there. */
    public void removeAt(RouteOwner owner, int handle) {
        boolean removed = index.removeAt(handle, owner.slot());
        Check.that(removed, "I2: an owner's row is in the index", owner.slot(), handle);
        count(owner, -1);
    }

    private void count(RouteOwner owner, int change) {
        owner.rows += change;
        rowCount += owner.live ? change : 0;
        changes++;
    }

    /** The filter of a row. */
    public TopicFilter filter(int handle) {
        return index.filter(handle);
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
        asked = null;
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
        count(owner, -1);
        return true;
    }

    /**
     * Makes all rows of a node vanish at once.
     *
     * @return the owner they belonged to, no longer live; null if the node had none
     */
    public RouteOwner clear(NodeId node) {
        RouteOwner owner = live.get(node);
        if (owner != null) {
            drop(owner);
        }
        return owner;
    }

    /** Puts an owner's rows out of sight: they may go on changing, and be shown again. */
    public void hide(RouteOwner owner) {
        if (!owner.live) {
            return;
        }
        live.remove(owner.node());
        owners = null;
        asked = null;
        owner.live = false;
        rowCount -= owner.rows;
        changes++;
        Check.that(rowCount >= 0, "I2: rows are counted once", rowCount);
    }

    /**
     * Puts the rows of an owner that was hidden in sight again.
     *
     * @return who owns them now: whoever held on to the owner before still sees that it was gone meanwhile
     */
    public RouteOwner show(RouteOwner hidden) {
        Check.that(!hidden.live && !hidden.dropped, "I3: what is erased is not seen again", hidden.slot());
        RouteOwner owner = new RouteOwner(hidden.node(), hidden.generation(), hidden.slot());
        owner.rows = hidden.rows;
        slots.set(owner.slot(), owner);
        RouteOwner before = live.put(owner.node(), owner);
        Check.that(before == null, "I1: a node is one live owner", owner.slot());
        owners = null;
        asked = null;
        rowCount += owner.rows;
        changes++;
        return owner;
    }

    /** Makes an owner's rows vanish for good: {@link #sweep} erases them. */
    public void drop(RouteOwner owner) {
        hide(owner);
        Check.that(!owner.dropped, "I3: what is erased is erased once", owner.slot());
        owner.dropped = true;
        owner.lapsLeft = cleared.isEmpty() ? 1 : 2;
        cleared.add(owner);
        changes++;
    }

    /**
     * Erases what owners that were cleared left among the next {@code limit} filters of the index.
     *
     * @return whether there is more to do
     */
    public boolean sweep(int limit) {
        if (cleared.isEmpty()) {
            return false;
        }
        handles.clear();
        sweepCursor = index.handles(sweepCursor, limit, handles);
        for (int i = 0; i < handles.size(); i++) {
            eraseAt(handles.at(i));
        }
        if (sweepCursor == 0) {
            cleared.removeIf(this::isSwept);
        }
        return !cleared.isEmpty();
    }

    private void eraseAt(int handle) {
        hits.clear();
        index.values(handle, hits);
        for (int i = 0; i < hits.size(); i++) {
            RouteOwner owner = slots.get(hits.at(i));
            if (owner.dropped) {
                boolean removed = index.removeAt(handle, owner.slot());
                Check.that(removed, "I2: an owner's row is in the index", owner.slot(), handle);
                owner.rows--;
            }
        }
    }

    /** A lap is over: whether it was the owner's last. */
    private boolean isSwept(RouteOwner owner) {
        if (--owner.lapsLeft > 0) {
            return false;
        }
        Check.that(owner.rows == 0, "I2: an owner counts its rows", owner.rows);
        slots.set(owner.slot(), null);
        return true;
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
        if (node != asked) {
            answered = live.get(node);
            asked = node;
        }
        return answered;
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

    /** What the rows take, the text of their filters included. */
    public IndexMemory memory() {
        return index.memory();
    }

    /** How often the table changed: while it is the same, so is the table. */
    public long changes() {
        return changes;
    }

    /** The filters of one node, in listing order; linear in the size of the whole table: for checks. */
    public List<TopicFilter> filters(NodeId node) {
        RouteOwner owner = live.get(node);
        List<TopicFilter> filters = new ArrayList<>();
        if (owner != null && owner.rows > 0) {
            for (Route route : routes()) {
                if (route.nodes().contains(node)) {
                    filters.add(route.filter());
                }
            }
        }
        return filters;
    }

    /** The whole table in listing order; linear in its size. */
    public List<Route> routes() {
        IntCollector all = new IntCollector();
        index.handles(all);
        List<Route> routes = new ArrayList<>();
        IntCollector owners = new IntCollector();
        for (int i = 0; i < all.size(); i++) {
            owners.clear();
            index.values(all.at(i), owners);
            List<NodeId> nodes = new ArrayList<>();
            for (int j = 0; j < owners.size(); j++) {
                RouteOwner owner = slots.get(owners.at(j));
                if (owner.live) {
                    nodes.add(owner.node());
                }
            }
            if (!nodes.isEmpty()) {
                Collections.sort(nodes);
                routes.add(new Route(index.filter(all.at(i)), nodes));
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
