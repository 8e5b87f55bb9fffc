package io.orrery.server.bench.raft;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the whole process has spent: nodes, client, and what else the system runs. Unlike time on the wall it says little of
 * whoever else uses the machine.
 *
 * @param allocatedBytes by all threads that there are; what a thread allocated that has ended since is not counted
 * @param cpuNanos processor time, the collector's and the compiler's with it
 */
record Expense(long allocatedBytes, long cpuNanos) {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    static Expense soFar() {
        long bytes = 0;
        for (long each : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            bytes += Math.max(0, each);
        }
        return new Expense(bytes, SYSTEM.getProcessCpuTime());
    }

    Expense since(Expense before) {
        return new Expense(Math.max(0, allocatedBytes - before.allocatedBytes), cpuNanos - before.cpuNanos);
    }
}
