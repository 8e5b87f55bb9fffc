package io.orrery.server.bench.routes;

import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.server.bench.routes.RoutesFigures.Apply;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** How many changes of an owner's routes a peer applies: an upper bound of the cost, since owner and network count too. */
public final class RouteApply {
    private static final int CHANGES_AT_ONCE = 10_000;

    private RouteApply() {}

    /**
     * @param rows that are there before
     * @param changes half of them new routes, half withdrawn ones
     */
    public static Apply measure(int rows, int changes) {
        RoutePair pair = new RoutePair();
        pair.add(RouteShape.EXACT, 0, rows);
        pair.join();
        churn(pair, rows, changes / 4);
        long applied = applied(pair);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        churn(pair, rows, changes);
        double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        long done = applied(pair) - applied;
        return new Apply(rows, done, done / seconds);
    }

    private static void churn(RoutePair pair, int rows, int changes) {
        for (int done = 0; done < changes; done += 2 * CHANGES_AT_ONCE) {
            pair.add(RouteShape.EXACT, rows, rows + CHANGES_AT_ONCE);
            pair.settle();
            pair.remove(RouteShape.EXACT, rows, rows + CHANGES_AT_ONCE);
            pair.settle();
        }
    }

    private static long applied(RoutePair pair) {
        return pair.peer().ownerLog().counters().of(Counter.OPERATIONS_APPLIED);
    }
}
