package io.orrery.server.cli;

import io.orrery.server.problem.ExitCode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps a process of nodes alive until a signal or a halt ends it. SIGTERM and Ctrl-C close what runs and end the process
 * with exit code 0.
 */
final class Daemon {
    private final AutoCloseable nodes;
    private final Console console;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger(ExitCode.OK);
    private final Thread hook = new Thread(this::onSignal, "orrery-stop");

    Daemon(AutoCloseable nodes, Console console) {
        this.nodes = nodes;
        this.console = console;
    }

    /** From now on a signal closes the nodes. */
    void watch() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Ends the process with the code of a bug, from any thread. */
    void halt() {
        exitCode.set(ExitCode.BUG);
        over.countDown();
    }

    /** Waits for the end; the exit code comes back. */
    int await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (Runtime.getRuntime().removeShutdownHook(hook)) {
            close();
        }
        return exitCode.get();
    }

    private void onSignal() {
        console.say("stopping");
        close();
        // The JVM would end with the signal's number; an orderly stop is no failure.
        Runtime.getRuntime().halt(exitCode.get());
    }

    private void close() {
        try {
            nodes.close();
        } catch (Exception e) {
            console.say("error: not everything stopped in order: " + e.getMessage());
            exitCode.compareAndSet(ExitCode.OK, ExitCode.BUG);
        }
    }
}
