package io.orrery.server.bench.gossip;

import com.sun.management.OperatingSystemMXBean;
import io.orrery.gossip.traffic.Traffic;
import io.orrery.sim.Simulation;
import java.lang.management.ManagementFactory;

/** What a run costs this machine, from the meter's making on: the collector's work and the compiler's with it. */
final class Meter {
    private static final long MILLION = 1_000_000L;

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long startNanos = System.nanoTime();
    private final long startCpuNanos = SYSTEM.getProcessCpuTime();

    CrowdRow read(int n, Simulation sim, long sentBytes, String outcome) {
        long wallMillis = wallMillis();
        long cpuMillis = (SYSTEM.getProcessCpuTime() - startCpuNanos) / MILLION;
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long heap = runtime.totalMemory() - runtime.freeMemory();
        return new CrowdRow(
                n,
                sim.nowNanos() / MILLION,
                sim.eventCount(),
                wallMillis,
                cpuMillis,
                heap,
                sentBytes / MILLION,
                outcome);
    }

    long wallMillis() {
        return (System.nanoTime() - startNanos) / MILLION;
    }

    /** All that was sent. */
    static long sentBytes(Traffic traffic) {
        long sum = 0;
        for (int kind = 0; kind < traffic.kinds().size(); kind++) {
            sum += traffic.sentBytes(kind);
        }
        return sum;
    }
}
