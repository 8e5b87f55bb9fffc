package io.orrery.sim.journal;

import io.orrery.kernel.Time;

/**
 * Where a replay first did otherwise than the live node.
 *
 * @param event its number, from 1
 * @param nowNanos the node's monotonic clock
 * @param cause what the event was
 * @param what differs
 */
public record Divergence(long event, long nowNanos, String cause, String what) {
    @Override
    public String toString() {
        return "event " + event + " at " + Time.text(nowNanos) + ", " + cause + ": " + what;
    }
}
