package io.orrery.server.mqtt;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Watches that a client is not silent for longer than one and a half times its keep-alive (section 3.1.2.10). Time during
 * which the server itself does not read does not count. For the connection's event loop.
 */
final class KeepAlive {
    private final EventLoop loop;
    private final Runnable onSilence;
    private long patienceNanos;
    private long lastHeardNanos;
    private boolean isReading = true;
    private Future<?> check;

    KeepAlive(EventLoop loop, Runnable onSilence) {
        this.loop = loop;
        this.onSilence = onSilence;
    }

    /**
     * @param seconds 0 for no end
     */
    void start(int seconds) {
        lastHeardNanos = System.nanoTime();
        if (seconds > 0) {
            patienceNanos = TimeUnit.MILLISECONDS.toNanos(1500L * seconds);
            check = loop.schedule(this::check, patienceNanos, TimeUnit.NANOSECONDS);
        }
    }

    void onHeard() {
        lastHeardNanos = System.nanoTime();
    }

    /** The server stops or resumes reading. */
    void reading(boolean reads) {
        isReading = reads;
        lastHeardNanos = System.nanoTime();
    }

    void stop() {
        if (check != null) {
            check.cancel(false);
        }
    }

    private void check() {
        long left = lastHeardNanos + patienceNanos - System.nanoTime();
        if (isReading && left <= 0) {
            onSilence.run();
        } else {
            check = loop.schedule(this::check, isReading ? left : patienceNanos, TimeUnit.NANOSECONDS);
        }
    }
}
