package io.orrery.server.bench;

/**
 * What a cluster of many groups cost.
 *
 * @param groups on each of three nodes
 * @param startMillis until all were led
 * @param silenceMillis from there until all were silent
 * @param idleCorePercent processor time of the process while all were silent, per node, in per cent of a core
 * @param messagesPerSecond from one node to all others meanwhile
 * @param heapBytesPerGroup live heap over that of a cluster of one group, for each replica
 * @param perSecondOne commits a second of one group
 * @param perSecondAll commits a second with all groups active
 * @param ratio of the latter to the former, of rounds that took turns
 * @param cpuMicrosOne processor time of the process for a commit of one group
 * @param cpuMicrosAll the same with all groups active
 * @param inFlight proposals under way in both
 * @param syncsPerBatch syncs of the disk for each batch of the log, in the latter
 * @param failoverMillis from the stop of a node until all groups that it led were led again
 * @param groupsLost that the node had led
 * @param electionMillis the election timeout
 */
public record GroupsFigures(
        int groups,
        long startMillis,
        long silenceMillis,
        double idleCorePercent,
        double messagesPerSecond,
        long heapBytesPerGroup,
        double perSecondOne,
        double perSecondAll,
        Spread ratio,
        double cpuMicrosOne,
        double cpuMicrosAll,
        int inFlight,
        double syncsPerBatch,
        long failoverMillis,
        int groupsLost,
        long electionMillis) {}
