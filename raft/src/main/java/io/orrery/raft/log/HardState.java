package io.orrery.raft.log;

import io.orrery.kernel.NodeId;

/**
 * What a replica must remember beside its log (Figure 2, "persistent state").
 *
 * @param term the latest it has seen
 * @param vote whom it voted for in that term; null for nobody
 * @param forgot whether it may have voted, or acknowledged entries, and does not know: its disk was damaged or is another
 */
public record HardState(long term, NodeId vote, boolean forgot) {
    public static final HardState INITIAL = new HardState(0, null);

    /** Of a replica that remembers. */
    public HardState(long term, NodeId vote) {
        this(term, vote, false);
    }
}
