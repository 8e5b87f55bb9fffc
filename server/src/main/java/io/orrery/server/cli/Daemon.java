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

    /** Starts the nodes; from now on a signal closes them. If they cannot start, all is as before. */
    void start(Runnable starting) {
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            starting.run();
        } catch (RuntimeException | Error e) {
            Runtime.getRuntime().removeShutdownHook(hook);
            throw e;
        }
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
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            close();
        } catch (IllegalStateException e) {
            // A signal came first: its hook closes the nodes.
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
