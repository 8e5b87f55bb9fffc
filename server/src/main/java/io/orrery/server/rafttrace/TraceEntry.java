package io.orrery.server.rafttrace;

import io.orrery.raft.Configuration;
import io.orrery.raft.log.Entry;

/**
 * An entry of a log, as traces name it.
 *
 * @param number equal for two entries of a run exactly when all of them is equal, but for their place
 * @param configuration that it puts in force; null if it is none
 */
public record TraceEntry(long number, long term, Entry.Kind kind, Configuration configuration) {}
