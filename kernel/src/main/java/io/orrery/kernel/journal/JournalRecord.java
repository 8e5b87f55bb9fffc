package io.orrery.kernel.journal;

/** A record of a journal after its header, as read. */
public sealed interface JournalRecord permits Cycle, Checkpoint, JournalEnd {}
