package io.orrery.raft.message;

import io.orrery.kernel.NodeId;

/** What replicas say to one that may have forgotten something, and it to them; in any role and term. */
public sealed interface MemoryMessage extends RaftMessage permits Recall, RecallReply {
    /** Drawn by the incarnation that asks. */
    long nonce();

    @Override
    default void dispatch(NodeId from, Handler handler) {
        handler.onMemoryMessage(from, this);
    }
}
