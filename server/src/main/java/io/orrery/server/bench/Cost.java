package io.orrery.server.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a round of work took. Processor time, not wall time: on a machine shared with others the second says more of them.
 *
 * @param cpuNanos processor time of the thread that worked
 * @param processNanos processor time of the whole process meanwhile: the collector's and the compiler's with it
 * @param bytes allocated by the thread
 */
record Cost(SimWork work, long cpuNanos, long processNanos, long bytes) {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    static Cost of(SimLoad load) {
        long self = Thread.currentThread().getId();
        long bytes = THREADS.getThreadAllocatedBytes(self);
        long process = SYSTEM.getProcessCpuTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        SimWork work = load.round().get();
        return new Cost(
                work,
                Math.max(1, THREADS.getCurrentThreadCpuTime() - cpu),
                Math.max(1, SYSTEM.getProcessCpuTime() - process),
                THREADS.getThreadAllocatedBytes(self) - bytes);
    }

    double eventsPerSecond() {
        return work.events() * 1e9 / cpuNanos;
    }

    double simulatedToCpu() {
        return (double) work.simulatedNanos() / cpuNanos;
    }

    double bytesPerEvent() {
        return (double) bytes / Math.max(1, work.events());
    }

    /** By two cores that do nothing else, at the price of the whole process. */
    double seedsPerHourOnTwoCores() {
        return work.seeds() * 2 * 3600e9 / processNanos;
    }
}
