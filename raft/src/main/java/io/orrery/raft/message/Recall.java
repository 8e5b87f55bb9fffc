package io.orrery.raft.message;

/**
 * A replica whose disk was damaged asks each voter how far the group has come: it may have voted, or acknowledged entries, and
 * not know it.
 *
 * @param nonce drawn by this incarnation of the replica
 */
public record Recall(long term, long nonce) implements MemoryMessage {}
