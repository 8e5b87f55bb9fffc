package io.orrery.server.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Says once when something is ready, and from time to time why it is not. */
final class ReadyNotice {
    private static final long PAUSE_MILLIS = 20;

    private final Console console;
    private final Supplier<String> whyNot;
    private final long patienceNanos;
    private long saidNanos;

    /**
     * @param whyNot empty text once it is ready
     * @param patienceNanos after which the reason is said
     */
    ReadyNotice(Console console, Supplier<String> whyNot, long patienceNanos) {
        this.console = console;
        this.whyNot = whyNot;
        this.patienceNanos = patienceNanos;
    }

    /** Looks again and again, on a thread of its own, until it is ready. */
    void start(Supplier<String> words) {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "orrery-ready");
            thread.setDaemon(true);
            return thread;
        });
        saidNanos = System.nanoTime();
        watch.scheduleWithFixedDelay(() -> look(words, watch), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look(Supplier<String> words, ScheduledExecutorService watch) {
        String why = reason();
        if (why.isEmpty()) {
            console.print(words.get());
            watch.shutdown();
        } else if (System.nanoTime() - saidNanos > patienceNanos) {
            saidNanos = System.nanoTime();
            console.say("not ready: " + why);
        }
    }

    private String reason() {
        try {
            return whyNot.get();
        } catch (RuntimeException e) {
            return e.getMessage();
        }
    }
}
