package io.orrery.raft.log;

import io.orrery.kernel.NodeId;

/**
 * What a replica must remember beside its log (Figure 2, "persistent state").
 *
 * @param term the latest it has seen
 * @param vote whom it voted for in that term; null for nobody
 */
public record HardState(long term, NodeId vote) {
    public static final HardState INITIAL = new HardState(0, null);
}
