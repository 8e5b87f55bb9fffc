package io.orrery.server.simulation;

import io.orrery.sim.run.RunResult;
import java.util.Locale;
import java.util.function.Consumer;

/** One line for whoever waits for a burn: on a terminal it is rewritten in place, elsewhere printed now and then. */
public final class BurnProgress implements Consumer<RunResult> {
    private static final long TERMINAL_NANOS = 100_000_000L;
    private static final long FIRST_LOG_NANOS = 1_000_000_000L;
    private static final long LOG_NANOS = 5_000_000_000L;

    private final long seeds;
    private final boolean isTerminal;
    private final Consumer<String> sink;
    private final long startNanos = System.nanoTime();
    private long shownNanos = startNanos;
    private long done;
    private long failed;
    private long simulatedNanos;
    private boolean hasLine;

    /**
     * @param isTerminal whether a carriage return goes back to the line's start
     * @param sink takes text as it is, line ends included
     */
    public BurnProgress(long seeds, boolean isTerminal, Consumer<String> sink) {
        this.seeds = seeds;
        this.isTerminal = isTerminal;
        this.sink = sink;
    }

    @Override
    public void accept(RunResult result) {
        done++;
        failed += result.isOk() ? 0 : 1;
        simulatedNanos += result.simulatedNanos();
        long now = System.nanoTime();
        long logNanos = shownNanos == startNanos ? FIRST_LOG_NANOS : LOG_NANOS;
        if (now - shownNanos >= (isTerminal ? TERMINAL_NANOS : logNanos) && done < seeds) {
            shownNanos = now;
            hasLine = isTerminal;
            sink.accept((isTerminal ? "\r" : "") + line(now - startNanos) + (isTerminal ? "\u001b[K" : "\n"));
        }
    }

    /** Wipes the line, if there is one. */
    public void end() {
        if (hasLine) {
            sink.accept("\r\u001b[K");
            hasLine = false;
        }
    }

    private String line(long wallNanos) {
        double perSecond = done * 1e9 / Math.max(1, wallNanos);
        long left = (long) ((seeds - done) / Math.max(0.001, perSecond));
        return String.format(
                Locale.ROOT,
                "%d/%d seeds  %d failed  %.1f simulated minutes  %.1f seeds/s  %d s left",
                done,
                seeds,
                failed,
                simulatedNanos / 60e9,
                perSecond,
                left);
    }
}
