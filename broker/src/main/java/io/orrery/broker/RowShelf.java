package io.orrery.broker;

import io.orrery.broker.route.RouteOwner;
import io.orrery.broker.route.RowCodec;
import io.orrery.broker.topic.TopicIndex;
import io.orrery.gossip.owner.RowStore;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.arena.ByteArena;
import io.orrery.kernel.codec.Bytes;

/**
 * The rows of one life of one peer.
 *
 * <ul>
 *   <li>S1: a filter's row is in the route table and nowhere else: its name is the filter's handle there. All other rows lie in
 *       an arena, clients among them; their names are negative.
 *   <li>S2: routes and clients are in sight, or out of it, together.
 * </ul>
 */
final class RowShelf implements RowStore.Shelf {
    private final RowFeed feed;
    private final NodeId owner;
    private final ByteArena others = new ByteArena();
    private RouteOwner routes;
    /** By the log: the owner is taken for dead. */
    private boolean hidden;

    private boolean inSight = true;

    RowShelf(RowFeed feed, NodeId owner, long generation) {
        this.feed = feed;
        this.owner = owner;
        this.routes = feed.routes.open(owner, generation);
        look();
    }

    NodeId owner() {
        return owner;
    }

    RouteOwner routes() {
        return routes;
    }

    @Override
    public int add(Bytes bytes) {
        RowCodec.Row row = RowCodec.decode(bytes);
        if (row != null && row.filter() != null) {
            int handle = feed.routes.add(routes, row.filter());
            Check.that(handle != TopicIndex.NONE, "S1: a new row is a new route", routes.slot());
            return handle;
        }
        if (row == null) {
            feed.counters.malformedRows++;
        } else {
            feed.directory.add(owner, row.clientId(), row.stamp());
            if (inSight) {
                feed.onClient(owner, row.clientId(), row.stamp());
            }
        }
        return -1 - others.add(bytes);
    }

    @Override
    public void remove(int name) {
        if (name >= 0) {
            feed.routes.removeAt(routes, name);
            return;
        }
        RowCodec.Row row = RowCodec.decode(others.copy(-1 - name));
        others.remove(-1 - name);
        if (row != null) {
            feed.directory.remove(owner, row.clientId(), row.stamp());
        }
    }

    @Override
    public Bytes row(int name) {
        return name >= 0 ? RowCodec.ofFilter(feed.routes.filter(name)) : others.copy(-1 - name);
    }

    @Override
    public boolean is(int name, Bytes row) {
        return name >= 0 ? row(name).equals(row) : others.is(-1 - name, row);
    }

    @Override
    public void hide() {
        hidden = true;
        look();
    }

    @Override
    public void show(Iterable<Bytes> rows) {
        hidden = false;
        look();
    }

    /** S2: in sight or not, as it is to be now. */
    void look() {
        boolean wanted = !hidden && !feed.isDetached();
        if (wanted == inSight) {
            return;
        }
        inSight = wanted;
        if (wanted) {
            routes = feed.routes.show(routes);
            feed.directory.show(owner);
            feed.onShown(this);
            feed.onClientsShown(owner, null);
        } else {
            feed.routes.hide(routes);
            feed.directory.hide(owner);
            feed.onHidden(this);
        }
    }

    @Override
    public void drop() {
        feed.routes.drop(routes);
        feed.directory.clear(owner);
        if (inSight) {
            feed.onHidden(this);
        }
        feed.onDropped(this);
    }
}
