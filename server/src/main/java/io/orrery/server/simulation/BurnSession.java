package io.orrery.server.simulation;

import io.orrery.sim.run.Burn;
import io.orrery.sim.run.BurnSummary;
import io.orrery.sim.run.RunResult;
import java.util.function.Predicate;

/**
 * A burn with its cost: what it came to, and the time it took.
 *
 * @param wallNanos from the first seed to the last
 * @param cpuNanos of all threads that ran seeds
 */
public record BurnSession(BurnSummary summary, long wallNanos, long cpuNanos, int threadCount) {
    /** Ends when {@code progress} wants no more; see {@link Burn#runWhile}. */
    public static BurnSession runWhile(
            Burn burn, long firstSeed, long count, int threadCount, Predicate<RunResult> progress) {
        long start = System.nanoTime();
        try (ThreadWorkers workers = new ThreadWorkers(threadCount)) {
            BurnSummary summary = burn.runWhile(firstSeed, count, workers, progress);
            return new BurnSession(summary, System.nanoTime() - start, workers.cpuNanos(), threadCount);
        }
    }

    public double simulatedSeconds() {
        return summary.simulatedNanos() / 1e9;
    }

    public double wallSeconds() {
        return wallNanos / 1e9;
    }

    public double cpuSeconds() {
        return cpuNanos / 1e9;
    }

    /** Events per second of processor time: per core, whatever else the machine does. */
    public double eventsPerCpuSecond() {
        return cpuNanos == 0 ? 0 : summary.events() * 1e9 / cpuNanos;
    }
}
