package io.orrery.gossip.owner;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;

/**
 * Hears how peers' rows change, in order per owner: replaying the calls yields exactly the rows that the log holds. Own rows
 * are not announced: the caller knows them.
 *
 * <p>Called inside the event that changed the rows, so a call must not call back into the log. Rows are slices that may be
 * kept.
 */
public interface OwnerLogListener {
    /** {@code owner} now has the row, which it did not have before. */
    void onAdded(NodeId owner, Bytes row);

    /** {@code owner} no longer has the row. */
    void onRemoved(NodeId owner, Bytes row);

    /** All rows of {@code owner} are gone at once: it is DEAD, has LEFT, or lives again under a new generation. */
    void onCleared(NodeId owner);
}
