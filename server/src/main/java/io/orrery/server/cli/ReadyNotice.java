package io.orrery.server.cli;

import java.util.function.Supplier;

/** Says once when something is ready, and from time to time why it is not. */
final class ReadyNotice {
    private static final long PAUSE_MILLIS = 20;

    private final Console console;
    private final Supplier<String> whyNot;
    private final long patienceNanos;

    /**
     * @param whyNot empty text once it is ready
     * @param patienceNanos after which the reason is said
     */
    ReadyNotice(Console console, Supplier<String> whyNot, long patienceNanos) {
        this.console = console;
        this.whyNot = whyNot;
        this.patienceNanos = patienceNanos;
    }

    /** Watches from a thread of its own. */
    void start(Supplier<String> words) {
        Thread thread = new Thread(() -> watch(words), "orrery-ready");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch(Supplier<String> words) {
        long said = System.nanoTime();
        while (true) {
            String why = reason();
            if (why.isEmpty()) {
                console.print(words.get());
                return;
            }
            if (System.nanoTime() - said > patienceNanos) {
                said = System.nanoTime();
                console.say("not ready: " + why);
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
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
