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
 * @param one commits of one group
 * @param all commits with all groups active, each with clients of its own
 * @param inTurn the same where each proposal is for the next group
 * @param inFlight proposals under way in each
 * @param syncsPerBatch syncs of the disk for each batch of the log, with all groups active
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
        Activity one,
        Activity all,
        Activity inTurn,
        int inFlight,
        double syncsPerBatch,
        long failoverMillis,
        int groupsLost,
        long electionMillis) {
    /**
     * What a load gave, in the median of the rounds.
     *
     * @param perSecond commits a second
     * @param cpuMicros processor time of the process for a commit
     * @param ratio to the commits a second of one group, of rounds that took turns
     */
    public record Activity(double perSecond, double cpuMicros, Spread ratio) {
        static Activity of(GroupsRounds.Series series) {
            return new Activity(series.median(), series.cpuMicrosMedian(), series.ratio());
        }
    }
}
