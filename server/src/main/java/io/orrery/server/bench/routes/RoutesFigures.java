package io.orrery.server.bench.routes;

import java.util.List;

/**
 * What the benchmark of routes gave.
 *
 * @param join null if it was not measured
 */
public record RoutesFigures(List<Memory> memory, List<Apply> apply, Visibility visibility, Join join) {
    /**
     * Heap that a peer takes for rows of another node, in bytes a row.
     *
     * @param shape of the filters
     * @param textBytes of a filter
     * @param tableBytes of the route table, the text of the filters included
     * @param logBytes of the owner log beside it
     */
    public record Memory(String shape, int rows, double textBytes, double tableBytes, double logBytes) {
        /** What is not text. */
        public double besideTextBytes() {
            return tableBytes + logBytes - textBytes;
        }
    }

    /**
     * Changes that an owner makes and a peer applies to its route table, both and the simulated network on one core.
     *
     * @param shape of the filters
     * @param perSecond of processor time of all three
     */
    public record Apply(String shape, int rows, long changes, double perSecond) {}

    /**
     * How long after its first subscription a route is known to others, on a simulated cluster.
     *
     * @param nodeP50Millis over all routes and nodes
     * @param p99Millis over all routes, until the last node
     */
    public record Visibility(
            int nodes, int routes, double nodeP50Millis, double p50Millis, double p99Millis, double maxMillis) {}

    /** A node that joins, until it has all rows of another: over loopback TCP, two nodes in one process. */
    public record Join(int rows, double seconds, double perSecond, double longestCycleMillis) {}
}
