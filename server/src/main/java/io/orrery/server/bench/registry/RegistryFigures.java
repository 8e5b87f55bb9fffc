package io.orrery.server.bench.registry;

/**
 * What the benchmark of the registry gave.
 *
 * @param entries connected or registered clients, one write each
 * @param textBytes of an entry: its key and its value
 * @param besideTextBytes of heap that a peer takes for an entry of another node, beside the text
 * @param changesPerSecond that a node makes and a peer takes, of processor time of both and of the simulated network
 * @param digestNanos to write an entry and to say by a digest what is held, with that many entries
 * @param digestNanosFew the same with a thousand
 */
public record RegistryFigures(
        int entries,
        double textBytes,
        double besideTextBytes,
        double changesPerSecond,
        double digestNanos,
        double digestNanosFew,
        Sync sync,
        Disk disk) {
    /**
     * A node that begins with nothing until it has all, over loopback TCP, two nodes in one process.
     *
     * @param longestCycleMillis for which either node's thread did nothing else
     */
    public record Sync(double seconds, double longestCycleMillis) {}

    /**
     * A snapshot on this machine's disk.
     *
     * @param writeSeconds until it was synced and renamed
     * @param loadSeconds until it was read, checked and held again
     */
    public record Disk(long bytes, double writeSeconds, double loadSeconds) {}
}
