package io.orrery.server.bench.routes;

import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.server.bench.routes.RoutesFigures.Apply;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** How many changes of an owner's routes a peer applies: an upper bound of the cost, since owner and network count too. */
public final class RouteApply {
    private static final int CHANGES_AT_ONCE = 10_000;

    private RouteApply() {}

    /** One figure for each of the shapes. */
    public static List<Apply> measure(List<RouteShape> shapes, int rows, int changes) {
        List<Apply> figures = new ArrayList<>();
        for (RouteShape shape : shapes) {
            figures.add(measure(shape, rows, changes));
        }
        return figures;
    }

    /**
     * @param rows that are there before
     * @param changes half of them new routes, half withdrawn ones
     */
    private static Apply measure(RouteShape shape, int rows, int changes) {
        RoutePair pair = new RoutePair();
        pair.add(shape, 0, rows);
        pair.join();
        churn(pair, shape, rows, changes / 4);
        long applied = applied(pair);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        churn(pair, shape, rows, changes);
        double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        long done = applied(pair) - applied;
        return new Apply(shape.name(), rows, done, done / seconds);
    }

    private static void churn(RoutePair pair, RouteShape shape, int rows, int changes) {
        for (int done = 0; done < changes; done += 2 * CHANGES_AT_ONCE) {
            pair.add(shape, rows, rows + CHANGES_AT_ONCE);
            pair.settle();
            pair.remove(shape, rows, rows + CHANGES_AT_ONCE);
            pair.settle();
        }
    }

    private static long applied(RoutePair pair) {
        return pair.peer().ownerLog().counters().of(Counter.OPERATIONS_APPLIED);
    }
}
