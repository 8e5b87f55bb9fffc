package io.orrery.raft.message;

/**
 * Answers {@link Recall}, in any role.
 *
 * @param nonce of the question
 * @param lastIndex of the answering replica's log
 * @param leads whether it leads in its term: then whatever the asking replica has acknowledged to it is at or before lastIndex
 */
public record RecallReply(long term, long nonce, long lastIndex, boolean leads) implements MemoryMessage {}
