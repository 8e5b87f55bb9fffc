package io.orrery.gossip.owner;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;

/**
 * Where the rows of peers are kept, and seen by whoever uses them. The log itself holds of a row no more than half its hash
 * and the int by which the store names it: so a store that has a row's text anyway, in an index of its own, is the only place
 * that has it.
 *
 * <p>Called inside the event that changes the rows, so a call must not call back into the log. For the node's thread.
 */
public interface RowStore {
    /** Where the rows that {@code owner} writes in one of its lives go. They are in sight until {@link Shelf#hide}. */
    Shelf open(NodeId owner, long generation);

    /** The rows of one life of an owner. */
    interface Shelf {
        /**
         * Takes a row that is not here.
         *
         * @return its name, any int: the same until the row is removed
         */
        int add(Bytes row);

        void remove(int name);

        /** The row of a name, made anew if need be. */
        Bytes row(int name);

        default boolean is(int name, Bytes row) {
            return row(name).equals(row);
        }

        /** The owner is taken for dead: its rows count no longer, though they go on changing. Takes the same time for any number. */
        void hide();

        /**
         * The owner lives after all.
         *
         * @param rows all that are here, each made as it is asked for
         */
        void show(Iterable<Bytes> rows);

        /** The rows are given up, and the shelf with them. Takes the same time for any number. */
        void drop();
    }
}
