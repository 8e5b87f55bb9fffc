package io.orrery.server.simulation;

import io.orrery.sim.shrink.Attempt;
import io.orrery.sim.shrink.ShrinkProgress;
import java.util.function.Consumer;

/** One line for whoever waits for a failure to shrink: on a terminal rewritten in place, elsewhere printed now and then. */
public final class ShrinkLine implements ShrinkProgress {
    private static final long TERMINAL_NANOS = 100_000_000L;
    private static final long LOG_NANOS = 10_000_000_000L;

    private final boolean isTerminal;
    private final Consumer<String> sink;
    private long shownNanos = System.nanoTime();
    private boolean hasLine;

    /**
     * @param isTerminal whether a carriage return goes back to the line's start
     * @param sink takes text as it is, line ends included
     */
    public ShrinkLine(boolean isTerminal, Consumer<String> sink) {
        this.isTerminal = isTerminal;
        this.sink = sink;
    }

    @Override
    public void onRun(String step, long runs, Attempt best) {
        long now = System.nanoTime();
        if (now - shownNanos >= (isTerminal ? TERMINAL_NANOS : LOG_NANOS)) {
            shownNanos = now;
            hasLine = isTerminal;
            String line = runs + " runs  " + step + "  left: " + best.faultCount() + " faults, " + best.operationCount()
                    + " operations, " + best.scenario().nodeCount() + " nodes";
            sink.accept((isTerminal ? "\r" : "") + line + (isTerminal ? "\u001b[K" : "\n"));
        }
    }

    /** Wipes the line, if there is one. */
    public void end() {
        if (hasLine) {
            sink.accept("\r\u001b[K");
            hasLine = false;
        }
    }
}
