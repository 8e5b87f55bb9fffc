package io.orrery.server.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a long command end in order at Ctrl-C or SIGTERM: it asks now and then whether it should, prints what it has so
 * far, and closes this; only then does the JVM end, with the signal's exit code. A command that does not come to that in
 * time is ended all the same.
 */
final class EarlyEnd implements AutoCloseable {
    /** 128 and the number of SIGINT; SIGTERM gives 143. */
    static final int EXIT_INTERRUPTED = 130;

    private static final long WAIT_SECONDS = 20;

    private final Thread waiting;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onSignal, "orrery-early-end");
    private volatile boolean isAsked;

    private EarlyEnd(Thread waiting) {
        this.waiting = waiting;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** For a command that asks {@link #isAsked}. */
    static EarlyEnd asked() {
        return new EarlyEnd(null);
    }

    /** For a command that waits: the calling thread is interrupted as well. */
    static EarlyEnd interrupting() {
        return new EarlyEnd(Thread.currentThread());
    }

    /** Whether a signal came. */
    boolean isAsked() {
        return isAsked;
    }

    private void onSignal() {
        isAsked = true;
        if (waiting != null) {
            waiting.interrupt();
        }
        try {
            over.await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All is printed. */
    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The signal came: the hook runs, and has been told.
            return;
        }
    }
}
