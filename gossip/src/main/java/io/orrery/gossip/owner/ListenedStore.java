package io.orrery.gossip.owner;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.arena.ByteArena;
import io.orrery.kernel.codec.Bytes;

/**
 * Keeps the rows itself, in one arena per owner, and tells a listener of them.
 *
 * <ul>
 *   <li>L1: what the listener was told of an owner adds up to its rows in sight. So rows that come into sight again are told
 *       one by one, and this is for small tables; a large one is a {@link RowStore} itself.
 * </ul>
 */
final class ListenedStore implements RowStore {
    private final OwnerLogListener listener;

    ListenedStore(OwnerLogListener listener) {
        this.listener = listener;
    }

    @Override
    public Shelf open(NodeId owner, long generation) {
        return new ArenaShelf(owner, listener);
    }

    /** L1. */
    private static final class ArenaShelf implements Shelf {
        private final NodeId owner;
        private final OwnerLogListener listener;
        private final ByteArena arena = new ByteArena();
        private boolean hidden;

        ArenaShelf(NodeId owner, OwnerLogListener listener) {
            this.owner = owner;
            this.listener = listener;
        }

        @Override
        public int add(Bytes row) {
            int name = arena.add(row);
            if (!hidden) {
                listener.onAdded(owner, arena.copy(name));
            }
            return name;
        }

        @Override
        public void remove(int name) {
            Bytes row = arena.copy(name);
            arena.remove(name);
            if (!hidden) {
                listener.onRemoved(owner, row);
            }
        }

        @Override
        public Bytes row(int name) {
            return arena.copy(name);
        }

        @Override
        public boolean is(int name, Bytes row) {
            return arena.is(name, row);
        }

        @Override
        public void hide() {
            hidden = true;
            listener.onCleared(owner);
        }

        @Override
        public void show(Iterable<Bytes> rows) {
            hidden = false;
            rows.forEach(row -> listener.onAdded(owner, row));
        }

        @Override
        public void drop() {
            if (!hidden && arena.count() > 0) {
                listener.onCleared(owner);
            }
        }
    }
}
