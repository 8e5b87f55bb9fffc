package io.orrery.broker.boot;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a node boots for the first time.
 *
 * @param electorate who forms a cluster; the same on all nodes that may
 * @param seeds nodes to ask, of a cluster or of none
 * @param helloNanos between two greetings of the same node; default 250 ms. A node that was silent for four of them counts as
 *     absent
 * @param patienceNanos for how long a majority of those that are named waits for the others, so that all of them are voters
 *     from the start; default 5 s
 * @param ballotNanos after which the first ballot without an end is given up; default 2 s. Later ones have twice as long each
 *     time, up to 10 s
 * @param isOlder whether this node has data of a cluster that formed before clusters had ids: it forms none, and is of the one
 *     whose id is made of the name
 */
public record BootConfig(
        Electorate electorate,
        List<NodeId> seeds,
        long helloNanos,
        long patienceNanos,
        long ballotNanos,
        boolean isOlder) {
    public BootConfig {
        Check.argument(helloNanos > 0 && patienceNanos >= 0 && ballotNanos > 0, "times are positive");
        seeds = Collections.unmodifiableList(new ArrayList<>(seeds));
    }

    public static BootConfig of(Electorate electorate, List<NodeId> seeds) {
        return new BootConfig(electorate, seeds, Time.millis(250), Time.seconds(5), Time.seconds(2), false);
    }

    /** Five times as fast. */
    public BootConfig fast() {
        return new BootConfig(electorate, seeds, helloNanos / 5, patienceNanos / 5, ballotNanos / 5, isOlder);
    }

    /** Of a node that has data and no record of a first boot. */
    public BootConfig older() {
        return new BootConfig(electorate, seeds, helloNanos, patienceNanos, ballotNanos, true);
    }
}
