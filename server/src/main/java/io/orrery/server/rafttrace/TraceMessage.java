package io.orrery.server.rafttrace;

import io.orrery.kernel.NodeId;
import io.orrery.raft.message.RaftMessage;
import java.util.List;

/**
 * A message on its way.
 *
 * @param number of the frame in the run
 * @param entries those of an AppendEntries; else empty
 */
public record TraceMessage(long number, NodeId from, NodeId to, RaftMessage body, List<TraceEntry> entries) {}
