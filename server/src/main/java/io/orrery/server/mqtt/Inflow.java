package io.orrery.server.mqtt;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a connection has for the node: in order, one task for all that came in one read. When the node has no room the
 * connection stops reading and tries again; so what waits is bounded by one read.
 *
 * <p>For the connection's event loop.
 */
final class Inflow {
    private static final long RETRY_MILLIS = 2;

    private final NodeGate gate;
    private final EventLoop loop;
    private final MqttCounters counters;
    private final Runnable onStall;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private List<Runnable> batch = new ArrayList<>();
    private boolean isRetrying;

    /**
     * @param onStall runs when {@link #isStalled} changed
     */
    Inflow(NodeGate gate, EventLoop loop, MqttCounters counters, Runnable onStall) {
        this.gate = gate;
        this.loop = loop;
        this.counters = counters;
        this.onStall = onStall;
    }

    /** Adds a step, which will run on the node's thread after those before it. */
    void add(Runnable step) {
        batch.add(step);
    }

    /** Hands over what was added. */
    void flush() {
        if (batch.isEmpty()) {
            return;
        }
        List<Runnable> steps = batch;
        batch = new ArrayList<>();
        Runnable task = steps.size() == 1 ? steps.get(0) : () -> steps.forEach(Runnable::run);
        if (isRetrying || !gate.submit(task)) {
            waiting.add(task);
            stall();
        }
    }

    /** Whether the node has no room: nothing more should be read. */
    boolean isStalled() {
        return isRetrying;
    }

    private void stall() {
        if (isRetrying) {
            return;
        }
        isRetrying = true;
        counters.inboxFull.increment();
        retryLater();
        onStall.run();
    }

    private void retryLater() {
        loop.schedule(this::retry, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void retry() {
        while (!waiting.isEmpty() && gate.submit(waiting.peek())) {
            waiting.remove();
        }
        if (!waiting.isEmpty() && !gate.isClosed()) {
            retryLater();
            return;
        }
        waiting.clear();
        isRetrying = false;
        onStall.run();
    }
}
