package io.orrery.server.bench.snapshot;

import io.orrery.kernel.host.EventWatch;
import io.orrery.kernel.loop.NodeEvent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** How long a node's events take, in processor time of its thread and by the wall. Taken by any thread, fed by the node's. */
final class EventMeter implements EventWatch {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long LONG_NANOS = 5_000_000;
    private static final int KINDS_MAX = 8;
    private static final Pattern DIGITS = Pattern.compile("[0-9]+(-[0-9]+)?");

    private long startNanos;
    private long startCpuNanos;
    private long cpuNanosMax;
    private String what = "";
    private long wallNanosMax;
    private long overLimit;
    private final TreeMap<String, Integer> overLimitByKind = new TreeMap<>();
    private long events;

    /**
     * The longest events of a span of time.
     *
     * @param cpuNanos processor time of the longest one
     * @param what that was
     * @param wallNanos of the longest by the wall, pauses of the collector and of the scheduler included
     * @param overLimit events that took more than 5 ms of processor time
     * @param kinds what those were, and how often; not all if there are many kinds
     * @param events in all
     */
    record Longest(
            long cpuNanos, String what, long wallNanos, long overLimit, TreeMap<String, Integer> kinds, long events) {}

    @Override
    public void onEvent() {
        startNanos = System.nanoTime();
        startCpuNanos = THREADS.getCurrentThreadCpuTime();
    }

    @Override
    public void onEventEnd(NodeEvent event) {
        long cpuNanos = THREADS.getCurrentThreadCpuTime() - startCpuNanos;
        long wallNanos = System.nanoTime() - startNanos;
        note(cpuNanos, wallNanos, event);
    }

    private synchronized void note(long cpuNanos, long wallNanos, NodeEvent event) {
        if (cpuNanos > cpuNanosMax) {
            cpuNanosMax = cpuNanos;
            what = event == null ? "invariants" : event.kind() + " " + event.subject();
        }
        wallNanosMax = Math.max(wallNanosMax, wallNanos);
        events++;
        if (cpuNanos > LONG_NANOS) {
            overLimit++;
            String kind = event == null
                    ? "invariants"
                    : event.kind() + " " + DIGITS.matcher(event.subject()).replaceAll("N");
            if (overLimitByKind.size() < KINDS_MAX || overLimitByKind.containsKey(kind)) {
                overLimitByKind.merge(kind, 1, Integer::sum);
            }
        }
    }

    /** Of the events since this was last called. */
    synchronized Longest take() {
        Longest taken = new Longest(cpuNanosMax, what, wallNanosMax, overLimit, new TreeMap<>(overLimitByKind), events);
        overLimitByKind.clear();
        cpuNanosMax = 0;
        what = "";
        wallNanosMax = 0;
        overLimit = 0;
        events = 0;
        return taken;
    }
}
