package io.orrery.gossip.owner;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;

/**
 * Hears how peers' rows change, in order per owner: replaying the calls yields exactly the rows in sight. Own rows are not
 * announced: the caller knows them. For small tables: a large one is better a {@link RowStore}.
 *
 * <p>Called inside the event that changed the rows, so a call must not call back into the log. Rows are slices that may be
 * kept.
 */
public interface OwnerLogListener {
    /** Hears nothing. */
    OwnerLogListener NONE = new OwnerLogListener() {
        @Override
        public void onAdded(NodeId owner, Bytes row) {}

        @Override
        public void onRemoved(NodeId owner, Bytes row) {}

        @Override
        public void onCleared(NodeId owner) {}
    };

    /** {@code owner} now has the row, which it did not have before. */
    void onAdded(NodeId owner, Bytes row);

    /** {@code owner} no longer has the row. */
    void onRemoved(NodeId owner, Bytes row);

    /** All rows of {@code owner} are gone at once: it is DEAD, has LEFT, or lives again under a new generation. If it was taken
     * for dead wrongly, those that it still has are added again. */
    void onCleared(NodeId owner);
}
